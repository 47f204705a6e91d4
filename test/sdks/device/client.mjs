import * as oidc from 'openid-client';
import { base, end } from '../common.mjs';

const metadata = {
  issuer: base,
  token_endpoint: `${base}/token`,
  device_authorization_endpoint: `${base}/device_authorization`,
};

await end(async () => {
  const config = new oidc.Configuration(metadata, 'tv', undefined, oidc.None());
  oidc.allowInsecureRequests(config);
  const device = await oidc.initiateDeviceAuthorization(config, { scope: 'openid' });
  return (await oidc.pollDeviceAuthorizationGrant(config, device)).token_type;
});
