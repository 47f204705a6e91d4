import type { BusinessError, FinishedJob, World } from '../../sandbox/pack.js';
import { type Composition, find, revise, statusOf, typeOf } from './composition.js';
import { NOT_FOUND } from './refusals.js';
import { makeTask, newestErlnTask, sickLeaveNumber } from './tasks.js';

const NOT_FINAL = '1003';
const REPLACED_IS_NOT_AMENDED = '1136';
const REPLACED_IS_NOT_FOUND = '1137';

/** Makes a FINAL composition ENTERED_IN_ERROR, and what it had replaced FINAL again. */
export function cancel(job: FinishedJob, world: World): BusinessError | undefined {
  const composition = find(world, job.resource);
  if (!composition) return { code: NOT_FOUND };
  if (statusOf(composition) !== 'FINAL') return { code: NOT_FINAL };
  const replaced: Composition[] = [];
  for (const { code, target } of composition.facts.relatesTo) {
    if (code !== 'replaces') continue;
    const predecessor = find(world, target);
    if (!predecessor) return { code: REPLACED_IS_NOT_FOUND };
    if (statusOf(predecessor) !== 'AMENDED') return { code: REPLACED_IS_NOT_AMENDED };
    replaced.push(predecessor);
  }
  for (const predecessor of replaced) revise(world, predecessor, { document: { status: 'FINAL' } });
  revise(world, composition, {
    document: { status: 'ENTERED_IN_ERROR' },
    facts: { tasks: [...composition.facts.tasks, ...withdrawal(composition, job, world)] },
  });
  return undefined;
}

/** The register of sick leaves is told; the cancelled record keeps its number. */
function withdrawal(composition: Composition, job: FinishedJob, world: World) {
  if (typeOf(composition.document) !== 'TEMP_DISABILITY') return [];
  const known = sickLeaveNumber(newestErlnTask(composition.facts.tasks));
  return [makeTask('CANCEL_ERLN_RECORD', job.result, world, known)];
}
