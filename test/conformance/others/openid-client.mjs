import { adapter, base, main } from './common.mjs';

export const entry = {
  name: 'openid-client, device flow',
  kind: 'other',
  what: 'asks after the interval of 5 s, and honours Retry-After of a 503',
  packages: ['openid-client'],
  pack: './test/conformance/apis/device',
  command: adapter('openid-client'),
  plays: [
    {
      scenarios: ['done', 'fails', 'busy', 'gone', 'forbidden'],
      finds: [],
      why: 'pollGrant waits before each request, goes on at authorization_pending, waits on at 503 with Retry-After, and throws what else comes',
    },
    {
      scenarios: ['reset'],
      finds: ['survives-a-blip'],
      may: ['reaches-the-end', 'expectations', 'gives-up'],
      why: 'what fetch throws goes through errorHandler and ends pollGrant',
    },
    {
      scenarios: ['lost-submission'],
      finds: [],
      why: 'initiateDeviceAuthorization is not repeated',
    },
  ],
};

await main(import.meta.url, async () => {
  const oidc = await import('openid-client');
  const metadata = {
    issuer: base,
    token_endpoint: `${base}/token`,
    device_authorization_endpoint: `${base}/device_authorization`,
  };
  const config = new oidc.Configuration(metadata, 'tv', undefined, oidc.None());
  oidc.allowInsecureRequests(config);
  const device = await oidc.initiateDeviceAuthorization(config, { scope: 'openid' });
  return oidc.pollDeviceAuthorizationGrant(config, device);
});
