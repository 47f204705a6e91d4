import type { BusinessError, FinishedJob, World } from '../../sandbox/pack.js';
import { badContainer, readSigned } from './admit-signed.js';
import { find, revise, statusOf, typeOf } from './composition.js';
import { readConclusion } from './conclusion.js';
import { NOT_FOUND, uncoded } from './refusals.js';
import { failBy } from './rules/apply.js';
import { OF_SIGNING } from './rules/index.js';
import { oneConclusionASubject } from './rules/one-conclusion-a-subject.js';
import { planTask, type TaskType } from './tasks.js';

/** What a signed conclusion is told to whom. */
const ANNOUNCED: Record<string, TaskType> = {
  TEMP_DISABILITY: 'CREATE_ERLN_RECORD',
  NEWBORN: 'NEWBORN_GET_NEWBORN',
};

/** Makes a PRELIMINARY composition FINAL, and what it replaces or continues AMENDED. */
export function sign(job: FinishedJob, world: World): undefined {
  const composition = find(world, job.resource);
  if (!composition) return;
  const { relatesTo, tasks } = composition.facts;
  for (const { target } of relatesTo) {
    const predecessor = find(world, target);
    if (predecessor && statusOf(predecessor) === 'FINAL') {
      revise(world, predecessor, { document: { status: 'AMENDED' } });
    }
  }
  const announced = ANNOUNCED[typeOf(composition.document)];
  const planned = announced ? [planTask(announced, job.result, world)] : [];
  revise(world, composition, {
    document: { status: 'FINAL' },
    facts: { tasks: [...tasks, ...planned] },
  });
}

export function judgeSigning(job: FinishedJob, world: World): BusinessError | undefined {
  const composition = find(world, job.resource);
  if (!composition) return { code: NOT_FOUND };
  if (statusOf(composition) !== 'PRELIMINARY') {
    return uncoded('Only a conclusion in status PRELIMINARY can be signed');
  }
  const read = readSigned(job.body, world);
  if ('problem' in read) return badContainer(read.problem);
  // Of two drafts for the same days, one can be signed.
  return (
    failBy(OF_SIGNING, { composition, ...read }, world) ??
    failBy([oneConclusionASubject], readConclusion(composition.document), world)
  );
}
