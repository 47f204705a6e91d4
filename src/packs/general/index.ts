import type { Pack } from '../../sandbox/pack.js';
import { READS } from './reads.js';
import { REQUESTS } from './requests/index.js';
import { seed } from './seed.js';
import { prepareSigned } from './signed.js';

/** What surrounds medical records, after the operator's public description of the General MIS API. */
export const general: Pack = {
  name: 'general',
  prepare: prepareSigned,
  admit: () => undefined,
  complete: () => undefined,
  reads: { ...READS, ...REQUESTS },
  seed,
};
