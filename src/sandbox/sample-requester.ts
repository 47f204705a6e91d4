import type { Requester } from './render.js';

/** An id of nobody. */
export const SAMPLE_ID = '00000000-0000-4000-8000-000000000000';

/** Who asks where answers are made and held to a contract before anybody has asked. */
export const SAMPLE_REQUESTER: Requester = {
  url: 'http://localhost/',
  request: SAMPLE_ID,
  where: () => ({ origin: 'http://localhost', api: '' }),
};
