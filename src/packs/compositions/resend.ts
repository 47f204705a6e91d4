import { textOf } from '../../contract/json.js';
import type { ApiRequest, BusinessError, FinishedJob, Refusal, World } from '../../sandbox/pack.js';
import type { Moment } from '../../time/moments.js';
import { type Composition, find, revise, statusOf, typeOf } from './composition.js';
import { readConclusion } from './conclusion.js';
import { NOT_FOUND, notFound, uncoded } from './refusals.js';
import { newestErlnTask, planTask } from './tasks.js';

export function admitResend({ params }: ApiRequest, world: World): Refusal | undefined {
  const composition = find(world, params.compositionId ?? '');
  return composition ? obstacle(composition, world.now) : notFound();
}

/** Another job may have come first. */
export function judgeResending(job: FinishedJob, world: World): BusinessError | undefined {
  const composition = find(world, job.resource);
  if (!composition) return { code: NOT_FOUND };
  const refused = obstacle(composition, world.now);
  return refused && uncoded(refused.message ?? '');
}

/** Hands the conclusion over once more: a new task follows the failed one, which stays in the list. */
export function resend(job: FinishedJob, world: World): undefined {
  const composition = find(world, job.resource);
  if (!composition) return;
  const task = planTask('CREATE_ERLN_RECORD', job.result, world);
  revise(world, composition, { facts: { tasks: [...composition.facts.tasks, task] } });
}

function obstacle(composition: Composition, now: Moment): Refusal | undefined {
  const type = typeOf(composition.document);
  if (type !== 'TEMP_DISABILITY') {
    return bad(`Only a TEMP_DISABILITY composition can be sent to ERLN again; this one is ${type}`);
  }
  const status = statusOf(composition);
  if (status !== 'FINAL') {
    return bad(`Only a FINAL composition can be sent to ERLN again; this one is ${status}`);
  }
  const { focus } = readConclusion(composition.document);
  if (focus.kind !== 'person') {
    return bad(
      `Only of a person a composition can be sent to ERLN again; the focus is a ${focus.kind}`,
    );
  }
  const task = newestErlnTask(composition.facts.tasks, now);
  if (!task) return notFound('The composition has no ERLN task');
  if (task.taskStatus === 'PENDING') return bad('The previous ERLN task is still running');
  if (task.integrationStatus !== 'ERROR') {
    const found = textOf(task.integrationStatus);
    return bad(`The integration status of the ERLN task is not ERROR but ${found}`);
  }
  if (task.statusMessage === undefined || task.statusMessage === '') {
    return bad('The ERLN task has no statusMessage: what went wrong is not known yet');
  }
  return undefined;
}

function bad(message: string): Refusal {
  return { status: 400, message };
}
