import { at, type Json, textOf } from '../../contract/json.js';
import type { World } from '../../sandbox/pack.js';
import { parseDuration } from '../../time/duration.js';
import { formatMoment } from '../../time/format-moment.js';
import type { Duration, Moment } from '../../time/moments.js';
import { setting } from './settings.js';

export type TaskType =
  | 'CREATE_ERLN_RECORD'
  | 'CANCEL_ERLN_RECORD'
  | 'NEWBORN_GET_NEWBORN'
  | 'POST_COMPOSITION';

/** One exchange about a composition with another state register, as the API shows it. */
export interface IntegrationTask extends Json {
  component: string;
  type: string;
  taskStatus: string;
}

/** A task, and what becomes of it once the register has answered. */
export interface KeptTask {
  shown: IntegrationTask;
  /** Left out: nothing more will come. */
  answer?: { at: Moment; shown: IntegrationTask };
}

const COMPONENTS: Record<TaskType, string> = {
  CREATE_ERLN_RECORD: 'ERLN',
  CANCEL_ERLN_RECORD: 'ERLN',
  NEWBORN_GET_NEWBORN: 'MJU_DRACS',
  POST_COMPOSITION: 'DIIA',
};

/** What a register says that has failed, where nobody has said what. */
export const UNAVAILABLE = 'The register is not available';

const GOOD_NEWS: Record<TaskType, string> = {
  CREATE_ERLN_RECORD: 'The record is created',
  CANCEL_ERLN_RECORD: 'The record is cancelled',
  NEWBORN_GET_NEWBORN: 'The birth is taken over',
  POST_COMPOSITION: 'The conclusion is taken over',
};

/** Tasks as they stand at a moment. */
export function tasksAt(tasks: readonly KeptTask[], now: Moment): IntegrationTask[] {
  return tasks.map(({ shown, answer }) => (answer && answer.at <= now ? answer.shown : shown));
}

/**
 * A task that begins now. It is PENDING until its register answers, by the session's clock.
 * @param result of the scenario: `integrationStatus` is ERROR to let the register fail, PENDING to leave the
 *   task running for ever, any other text is shown as the register's answer; `integrationAfter` is how long it
 *   takes (`45s`); `statusCode` and `statusMessage` are what it says. What is left out is the settings', SUCCESS at once
 * @param number of the sick leave, where it is known already
 */
export function planTask(
  type: TaskType,
  result: Readonly<Json>,
  world: World,
  number?: string,
): KeptTask {
  const pending = {
    component: COMPONENTS[type],
    type,
    taskStatus: 'PENDING',
    updatedAt: formatMoment(world.now),
  };
  const register = pending.component === 'ERLN' ? 'ERLN' : 'DRACS';
  const status = textOf(result.integrationStatus ?? setting(world, `${register}_ANSWER`));
  if (status === 'PENDING') return { shown: pending };
  const usual = setting(world, `${register}_ANSWER_SECONDS`) * 1000;
  const after = waitOf(result, usual, world) / world.pace;
  const at = world.now + after;
  const shown = answered(type, status, result, at, () => number ?? makeSickLeaveNumber(world));
  return after > 0 ? { shown: pending, answer: { at, shown } } : { shown };
}

function waitOf({ integrationAfter }: Json, usual: Duration, world: World): Duration {
  if (integrationAfter === undefined) return usual;
  const wait = parseDuration(textOf(integrationAfter));
  if (wait !== undefined && wait >= 0) return wait;
  world.note(`integrationAfter is ${JSON.stringify(integrationAfter)}; write a time such as 45s`);
  return usual;
}

function answered(
  type: TaskType,
  status: string,
  { statusCode, statusMessage }: Json,
  at: Moment,
  number: () => string,
): IntegrationTask {
  const component = COMPONENTS[type];
  const failed = status === 'ERROR';
  const good = status === 'SUCCESS' ? GOOD_NEWS[type] : status;
  return {
    component,
    type,
    taskStatus: failed ? 'FAILED' : 'DONE',
    integrationStatus: status,
    statusCode: statusCode ?? (failed ? '503' : '200'),
    statusMessage: statusMessage ?? (failed ? UNAVAILABLE : good),
    ...(component === 'ERLN' && status === 'SUCCESS' ? { details: { SL_NUM: number() } } : {}),
    updatedAt: formatMoment(at),
  };
}

export function newestErlnTask(
  tasks: readonly KeptTask[],
  now: Moment,
): IntegrationTask | undefined {
  return tasksAt(tasks, now).findLast(({ component }) => component === 'ERLN');
}

export function sickLeaveNumber(task: IntegrationTask | undefined): string | undefined {
  const number = at(task, 'details.SL_NUM');
  return typeof number === 'string' ? number : undefined;
}

/** Number of the leave, of the insured case with its year, and of the leave within it: `1045822-2025123456-1`. */
function makeSickLeaveNumber({ ids, now }: World): string {
  const leave = 1_000_000 + (ids.number() % 9_000_000);
  const year = new Date(now).getUTCFullYear();
  return `${leave}-${year}${textOf(ids.number() % 1_000_000).padStart(6, '0')}-1`;
}
