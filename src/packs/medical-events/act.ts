import type { Json } from '../../contract/json.js';
import type { BusinessError, World } from '../../sandbox/pack.js';
import { statusOfApproval } from './approval.js';
import { firstDifference } from './differences.js';
import { conflict, missing, unprocessable } from './failures.js';
import { factsOf, type Kind } from './kinds.js';
import { tellMade } from './links.js';
import { inStatus, keep, type Owned, stamps, statusOf } from './resource.js';
import { subjectOf, type Task } from './task.js';
import { byService, changed } from './written-by-service.js';

/** An operation that moves one resource from a status to another, or changes it in the one that it is in. */
export interface Action {
  kind: Kind;
  /** In these it can be done. */
  from: readonly string[];
  /** Left out: the status stays. */
  to?: string;
  /** What the service says in any other status; `{status}` and `{id}` are filled in. */
  refused: string;
  /** What it says where there is no such resource. */
  unknown?: string;
  /** What must be so beside the status. */
  check?(subject: Owned, task: Task): BusinessError | undefined;
  /** What is said when signed content is not that of what is kept, which must then be signed again as a whole. */
  differs?: (path: string) => BusinessError;
  /** What else changes in the document. */
  set?(subject: Owned, task: Task): Json;
  /** What else changes. */
  after?(subject: Owned, task: Task): void;
  /** What the answer tells, where that is not the document. */
  data?: unknown;
}

/** Signed content of a request that is to be cancelled: 422, the place is the whole of it. */
export function unlike(what: string): (path: string) => BusinessError {
  const says = `Signed content doesn't match with previously created ${what}`;
  return (path) => unprocessable('$.signed_data', 'invalid', `${says}: ${path}`);
}

/** Why an action cannot be done. */
export function judgeAction(action: Action, task: Task): BusinessError | undefined {
  const { kind, from, refused, unknown, check, differs } = action;
  const subject = subjectOf(kind, task);
  if (!subject) return missing(fill(unknown ?? `${factsOf(kind).label} is not found`, task, ''));
  const status = currentStatus(subject, task.world);
  if (!from.includes(status)) return conflict(fill(refused, task, status));
  const path = differs && firstDifference(task.said, subject.document);
  if (differs && path !== undefined) return differs(path);
  return check?.(subject, task);
}

function currentStatus(subject: Owned, world: World): string {
  if (subject.kind === 'approval') return statusOfApproval(subject, world);
  return statusOf(subject.kind as Kind, subject.document);
}

function fill(words: string, { own = '' }: Task, status: string): string {
  return words.replace('{id}', own).replace('{status}', status);
}

/** Does it. What is not there stays as it is: rules may be off. */
export function act(action: Action, task: Task): void {
  const { kind, to, set, after, data } = action;
  const subject = subjectOf(kind, task);
  if (!subject) return;
  const { world, job } = task;
  const more = set?.(subject, task) ?? {};
  const document = { ...subject.document, ...more, updated_at: stamps(world).updated_at };
  const moved =
    to === undefined ? document : withHistory(kind, inStatus(kind, document, to), to, task);
  const kept = keep(world, kind, subject.facts.patient, { ...moved, id: subject.id });
  after?.(kept, task);
  tellMade(job, [kept], data);
}

/** The document with a new entry of its `status_history`, if its kind has one. */
function withHistory(kind: Kind, document: Json, status: string, { world, job }: Task): Json {
  if (!Array.isArray(document.status_history)) return document;
  const entry = {
    ...changed(status, world, document.status_reason),
    ...(kind === 'care_plan' ? { inserted_by: byService(job).inserted_by } : {}),
  };
  return { ...document, status_history: [...document.status_history, entry] };
}
