import { declarationOf } from '../../../faults/index.js';
import type { Answer, Scenario } from '../../../scenario/scenario.js';
import type { Duration } from '../../../time/moments.js';

/** No client gives a request less than that. */
const SHORT: Duration = 1000;

/** Whether it is about an answer that does not come, or comes late: what a client's time-outs are for. */
export function needsLimits({ life, refuse }: Pick<Scenario, 'life' | 'refuse'>): boolean {
  return (
    (refuse !== undefined && isSlow(refuse)) ||
    life.some(
      ({ response, delay }) => delay >= SHORT || ('answer' in response && isSlow(response.answer)),
    )
  );
}

function isSlow({ fault }: Answer): boolean {
  if (fault === undefined) return false;
  const { endless, settings } = declarationOf(fault);
  return endless === true || settings.includes('bytes_per_second');
}
