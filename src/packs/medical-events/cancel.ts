import { at } from '../../contract/json.js';
import type { BusinessError, FinishedJob, World } from '../../sandbox/pack.js';
import { unprocessable } from './failures.js';
import { find, keep, stamps } from './resource.js';
import { contentOf } from './signed.js';

const STATUS = 'entered_in_error';

/** Marks an encounter as entered in error. */
export function cancel(job: FinishedJob, world: World): BusinessError | undefined {
  const { patient_id: patient = '' } = job.params;
  const wish = at(contentOf(job.body), 'encounter');
  const encounter = find(world, 'encounter', patient, job.resource);
  if (!encounter) return { code: 'encounter-not-found' };
  if (encounter.document.status === STATUS) return { code: 'already-cancelled' };
  const reason = at(wish, 'cancellation_reason');
  if (at(reason, 'coding.0.code') === undefined) {
    const what = 'required property cancellation_reason was not present';
    return unprocessable('$.encounter.cancellation_reason', 'required', what);
  }
  const letter = at(wish, 'explanatory_letter');
  keep(world, 'encounter', patient, {
    ...encounter.document,
    id: encounter.id,
    status: STATUS,
    cancellation_reason: reason,
    ...(typeof letter === 'string' ? { explanatory_letter: letter } : {}),
    updated_at: stamps(world).updated_at,
  });
  return undefined;
}
