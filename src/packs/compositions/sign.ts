import type { BusinessError, FinishedJob, World } from '../../sandbox/pack.js';
import { find, revise, statusOf, typeOf } from './composition.js';
import { NOT_FOUND, uncoded } from './refusals.js';
import { makeTask, type TaskType } from './tasks.js';

/** What a signed conclusion is told to whom. */
const ANNOUNCED: Record<string, TaskType> = {
  TEMP_DISABILITY: 'CREATE_ERLN_RECORD',
  NEWBORN: 'NEWBORN_GET_NEWBORN',
};

/** Makes a PRELIMINARY composition FINAL, and what it replaces or continues AMENDED. */
export function sign(job: FinishedJob, world: World): BusinessError | undefined {
  const composition = find(world, job.resource);
  if (!composition) return { code: NOT_FOUND };
  if (statusOf(composition) !== 'PRELIMINARY') {
    return uncoded('Only a conclusion in status PRELIMINARY can be signed');
  }
  const { relatesTo, tasks } = composition.facts;
  for (const { target } of relatesTo) {
    const predecessor = find(world, target);
    if (predecessor && statusOf(predecessor) === 'FINAL') {
      revise(world, predecessor, { document: { status: 'AMENDED' } });
    }
  }
  const announced = ANNOUNCED[typeOf(composition.document)];
  const planned = announced ? [makeTask(announced, job.result, world)] : [];
  revise(world, composition, {
    document: { status: 'FINAL' },
    facts: { tasks: [...tasks, ...planned] },
  });
  return undefined;
}
