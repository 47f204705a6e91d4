import type { Pack } from '../../sandbox/pack.js';
import { withCodes } from './dictionaries/check.js';
import { DICTIONARIES } from './dictionaries/reads.js';
import { INSTITUTIONS } from './institutions.js';
import { PERSONS } from './persons.js';
import { PREPERSONS } from './prepersons.js';
import { PRESCRIPTIONS } from './prescriptions.js';
import { JOBS, REQUESTS, SETTINGS } from './requests/index.js';
import { seed } from './seed.js';
import { SERVICES } from './services.js';
import { prepareSigned } from './signed.js';
import { begin } from './world/begin.js';

const OPERATIONS: Pack['reads'] = {
  ...DICTIONARIES,
  ...PERSONS,
  ...PREPERSONS,
  ...INSTITUTIONS,
  ...SERVICES,
  ...PRESCRIPTIONS,
  ...REQUESTS,
};

/** What surrounds medical records, after the operator's public description of the General MIS API. */
export const general: Pack = {
  name: 'general',
  settings: [
    {
      name: 'UNKNOWN_CODES',
      type: 'choice',
      choices: ['known', 'refuse', 'take'],
      default: 'known',
      about:
        'Codes that are none of their dictionary are refused where the sandbox has the whole of it, always, or never.',
    },
    ...SETTINGS,
  ],
  begin,
  prepare: prepareSigned,
  ...JOBS,
  reads: Object.fromEntries(
    Object.entries(OPERATIONS).map(([id, operation]) => [id, withCodes(operation)]),
  ),
  seed,
};
