import type { Pack } from '../../sandbox/pack.js';
import { one } from './read.js';

/** What shows the world as it is, by operationId. */
export const READS: Pack['reads'] = {
  getPreperson: one('preperson'),
};
