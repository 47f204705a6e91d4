import { at, type Json, textOf } from '../../contract/json.js';
import type { ApiRequest, BusinessError, FinishedJob, Refusal, World } from '../../sandbox/pack.js';
import { admitSigned, badContainer, readSigned } from './admit-signed.js';
import { type Composition, find, revise, sameId, statusOf, typeOf } from './composition.js';
import { readConclusion } from './conclusion.js';
import { malformed, NOT_FOUND } from './refusals.js';
import { failBy } from './rules/apply.js';
import { OF_CANCELLATION } from './rules/index.js';
import { replacedBy } from './rules/replaced-conclusion.js';
import { newestErlnTask, planTask, sickLeaveNumber } from './tasks.js';

/** A cancellation names what it cancels, in its path and in its signed content. */
export function admitCancel(request: ApiRequest, world: World): Refusal | undefined {
  const refusal = admitSigned(request, world);
  if (refusal) return refusal;
  const read = readSigned(request.body, world);
  if ('problem' in read) return undefined;
  return misnamed(read.content, request.params.compositionId ?? '', world);
}

function misnamed(content: Json, id: string, world: World): Refusal | undefined {
  const named = textOf(at(content, 'identifier.value') ?? '');
  if (sameId(named, id)) return undefined;
  const refuse = (what: string) => malformed({ entry: '$.data' }, 'invalid', what);
  if (named === '') {
    return refuse(
      `the signed cancellation has no identifier.value; give the id of the composition, ${id}`,
    );
  }
  if (!find(world, named)) return refuse(`${NOT_FOUND}: Composition ${named} is not found`);
  return refuse(
    `the signed cancellation names composition ${named}, the path ${id}; give the same one`,
  );
}

export function judgeCancellation(job: FinishedJob, world: World): BusinessError | undefined {
  const composition = find(world, job.resource);
  if (!composition) return { code: NOT_FOUND };
  const read = readSigned(job.body, world);
  if ('problem' in read) return badContainer(read.problem);
  return failBy(OF_CANCELLATION, { composition, content: read.content }, world);
}

/** Makes a FINAL composition ENTERED_IN_ERROR, and what it had replaced FINAL again. */
export function cancel(job: FinishedJob, world: World): undefined {
  const composition = find(world, job.resource);
  if (!composition) return;
  for (const target of replacedBy(composition)) {
    const predecessor = find(world, target);
    if (predecessor && statusOf(predecessor) === 'AMENDED') {
      revise(world, predecessor, { document: { status: 'FINAL' } });
    }
  }
  noteMessage(composition, world);
  revise(world, composition, {
    document: { status: 'ENTERED_IN_ERROR' },
    facts: { tasks: [...composition.facts.tasks, ...withdrawal(composition, job, world)] },
  });
}

/** The patient is told by SMS, if the conclusion names a method for that; the sandbox sends none. */
function noteMessage({ document }: Composition, world: World): void {
  const method = readConclusion(document).extension.get('INFORM_WITH');
  if (method !== undefined) world.note(`the real service sends an SMS to INFORM_WITH, ${method}`);
}

/** The register of sick leaves is told; the cancelled record keeps its number. */
function withdrawal(composition: Composition, job: FinishedJob, world: World) {
  if (typeOf(composition.document) !== 'TEMP_DISABILITY') return [];
  const known = sickLeaveNumber(newestErlnTask(composition.facts.tasks, world.now));
  return [planTask('CANCEL_ERLN_RECORD', job.result, world, known)];
}
