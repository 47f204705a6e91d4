import { at, type Json, textOf } from '../../contract/json.js';
import type { BusinessError } from '../../sandbox/pack.js';
import { breachesOf, conflict, missing, unprocessable } from './failures.js';
import { factsOf, type Kind } from './kinds.js';
import { tellMade } from './links.js';
import { target } from './reference.js';
import { wrongReference } from './references.js';
import { all, find, inStatus, keep, type Owned, statusOf } from './resource.js';
import type { Task } from './task.js';
import { changed, written } from './written-by-service.js';

/** An operation that makes one resource of what was sent. */
export interface Creation {
  kind: Kind;
  /** What must be so beside what holds for every resource. */
  check?(task: Task): BusinessError | undefined;
  /** The document before the service writes its own fields, if it is not what was sent. */
  document?(task: Task): Json;
  /** What else changes. */
  after?(made: Owned, task: Task): void;
}

/** By operationId. */
export const CREATIONS: Readonly<Record<string, Creation>> = {
  createEpisode: { kind: 'episode' },
  createProcedure: { kind: 'procedure' },
  createSpecimen: { kind: 'specimen' },
  createServiceRequest: { kind: 'service_request' },
  createDeviceRequest: { kind: 'device_request' },
  createDeviceDispense: { kind: 'device_dispense' },
  submitComposition: { kind: 'medical_composition' },
  createCarePlan: { kind: 'care_plan' },
  createCarePlanActivity: { kind: 'activity', check: planTakesActivities, after: activatePlan },
};

/** Why a resource cannot be made. */
export function judgeCreation({ kind, check }: Creation, task: Task): BusinessError | undefined {
  const { world, job, patient, said } = task;
  if (world.resources.get(job.resource)) return { code: 'already-exists' };
  return (
    check?.(task) ??
    wrongReference(kind, said, patient, '$', world) ??
    breachesOf(factsOf(kind).show ?? '', documentOf(kind, task), '$', world)
  );
}

/** Makes a resource, and tells where it is read. */
export function create(creation: Creation, task: Task): void {
  const { kind, after } = creation;
  const { world, patient } = task;
  const facts =
    kind === 'activity' ? { care_plan: task.behind('care_plans')?.toLowerCase() ?? '' } : {};
  const made = keep(world, kind, patient, documentOf(kind, task), facts);
  after?.(made, task);
  tellMade(task.job, [made]);
}

function documentOf(kind: Kind, { world, job, patient, said }: Task): Json & { id: string } {
  return { ...written(kind, said, { world, patient, caller: job.caller }), id: job.resource };
}

const FINAL = ['completed', 'cancelled', 'terminated'];

/** The care plan that the path names, of the patient. */
function planOf({ world, patient, behind }: Task): Owned | undefined {
  return find(world, 'care_plan', patient, behind('care_plans'));
}

function planTakesActivities(task: Task): BusinessError | undefined {
  const plan = planOf(task);
  if (!plan) return missing('Care plan is not found');
  if (FINAL.includes(statusOf('care_plan', plan.document))) {
    return conflict('Invalid care plan status');
  }
  if (target(task.said, 'care_plan') === plan.id) return undefined;
  const why = 'Care plan from url does not match to care plan in signed content';
  return unprocessable('$.care_plan.identifier.value', 'invalid', why);
}

/**
 * With its first activity a care plan becomes active, and another active one for the same diagnosis ends (public
 * page "Care plan status model").
 */
function activatePlan(_: Owned, task: Task): void {
  const { world, patient } = task;
  const plan = planOf(task);
  if (!plan || statusOf('care_plan', plan.document) !== 'new') return;
  for (const other of all(world, 'care_plan', patient)) {
    if (other.id === plan.id || statusOf('care_plan', other.document) !== 'active') continue;
    if (addressed(other) === addressed(plan)) moveTo('terminated', other, task);
  }
  moveTo('active', plan, task);
}

function addressed({ document }: Owned): string {
  return textOf(at(document, 'addresses.0.coding.0.code') ?? '');
}

function moveTo(status: string, { id, document, facts }: Owned, { world }: Task): void {
  const history = [...((document.status_history as Json[]) ?? []), changed(status, world)];
  const updated_at = new Date(world.now).toISOString();
  const moved = inStatus('care_plan', document, status);
  keep(world, 'care_plan', facts.patient, { ...moved, status_history: history, updated_at, id });
}
