import type { Pack } from '../../sandbox/pack.js';
import { CLINIC, DOCTORS, MIS } from '../people.js';
import { authenticate } from './authenticate.js';
import { authorizeApp } from './authorize.js';
import { keepPeople } from './clients.js';
import { endToken } from './end-token.js';
import { exchange } from './exchange.js';
import { handOutToken } from './hand-out-token.js';
import { login, logout } from './login.js';
import { seed } from './seed.js';
import { SETTINGS } from './settings.js';
import { approveSignIn, signIn } from './sign-in.js';
import { nonce, readUser } from './user.js';

/** Sign-in, codes and tokens, after the platform's public documents and its public source of 2019. */
export const oauth: Pack = {
  name: 'oauth',
  settings: SETTINGS,
  begin: (world) => {
    keepPeople(world);
    const [{ user, email, password }] = DOCTORS;
    return {
      client_id: CLINIC.id,
      client_secret: MIS.secret,
      mis_client_id: MIS.id,
      api_key: MIS.secret,
      user_id: user,
      email,
      password,
    };
  },
  authenticate,
  endToken,
  handOutToken,
  admit: () => undefined,
  complete: () => undefined,
  reads: {
    signIn,
    approveSignIn,
    login,
    loginByPut: login,
    logout,
    authorizeApp,
    createAccessToken: exchange,
    reissueAccessToken: exchange,
    getUser: readUser,
    getNonce: nonce,
    createNonce: nonce,
  },
  seed,
};
