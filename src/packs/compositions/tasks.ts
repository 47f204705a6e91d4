import { at, type Json } from '../../contract/json.js';
import type { World } from '../../sandbox/pack.js';

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

const COMPONENTS: Record<TaskType, string> = {
  CREATE_ERLN_RECORD: 'ERLN',
  CANCEL_ERLN_RECORD: 'ERLN',
  NEWBORN_GET_NEWBORN: 'MJU_DRACS',
  POST_COMPOSITION: 'DIIA',
};

const GOOD_NEWS: Record<TaskType, string> = {
  CREATE_ERLN_RECORD: 'The record is created',
  CANCEL_ERLN_RECORD: 'The record is cancelled',
  NEWBORN_GET_NEWBORN: 'The birth is taken over',
  POST_COMPOSITION: 'The conclusion is taken over',
};

/**
 * A task as it stands after the exchange.
 * @param result of the scenario; its `integrationStatus` is SUCCESS when left out, ERROR lets the
 *   register fail, PENDING leaves the task running, any other text is shown as the register's answer
 * @param number of the sick leave, where it is known already
 */
export function makeTask(
  type: TaskType,
  result: Readonly<Json>,
  world: World,
  number?: string,
): IntegrationTask {
  const task = { component: COMPONENTS[type], type };
  const updatedAt = new Date(world.now).toISOString();
  const outcome = String(result.integrationStatus ?? 'SUCCESS');
  if (outcome === 'PENDING') return { ...task, taskStatus: 'PENDING', updatedAt };
  if (outcome === 'ERROR') {
    return {
      ...task,
      taskStatus: 'FAILED',
      integrationStatus: 'ERROR',
      statusCode: '503',
      statusMessage: 'The register is not available',
      updatedAt,
    };
  }
  const ofErln = COMPONENTS[type] === 'ERLN' && outcome === 'SUCCESS';
  return {
    ...task,
    taskStatus: 'DONE',
    integrationStatus: outcome,
    statusCode: '200',
    statusMessage: outcome === 'SUCCESS' ? GOOD_NEWS[type] : outcome,
    ...(ofErln ? { details: { SL_NUM: number ?? makeSickLeaveNumber(world) } } : {}),
    updatedAt,
  };
}

export function newestErlnTask(tasks: readonly IntegrationTask[]): IntegrationTask | undefined {
  return tasks.findLast(({ component }) => component === 'ERLN');
}

export function sickLeaveNumber(task: IntegrationTask | undefined): string | undefined {
  const number = at(task, 'details.SL_NUM');
  return typeof number === 'string' ? number : undefined;
}

/** Number of the leave, of the insured case with its year, and of the leave within it: `1045822-2025123456-1`. */
function makeSickLeaveNumber({ ids, now }: World): string {
  const leave = 1_000_000 + (ids.number() % 9_000_000);
  const year = new Date(now).getUTCFullYear();
  return `${leave}-${year}${String(ids.number() % 1_000_000).padStart(6, '0')}-1`;
}
