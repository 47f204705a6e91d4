import type { AnswerTemplate } from './answer-template.js';
import type { JobPlace } from './job-place.js';
import type { Template } from './template.js';

/** What an answer about a job is made from; what the binding leaves open, the contract says. */
export interface OwnAnswer extends Omit<AnswerTemplate, 'http'> {
  /** Undefined: the first success that the contract knows. */
  http: number | undefined;
}

/** An operation on a job that is there. */
interface JobOperation extends OwnAnswer {
  operation: string;
  /** Where a request names the job; undefined: where the report does, or else its last path parameter. */
  job: JobPlace | undefined;
}

/** The operation by which a client ends a job before its time. */
export interface Cancelling extends JobOperation {
  /** How long it takes, in milliseconds; 0: it is cancelled at once. */
  after: number;
  /** The state that it comes to; undefined: the first one whose outcome is `cancelled`. */
  state: string | undefined;
  /** What it says until then; undefined: what it said before. */
  meanwhile: string | undefined;
  /** Answers where the job is at its end already. */
  refused: OwnAnswer;
  /** Further forms of the answer by name, which a scenario chooses; undefined: there are none. */
  shapes?: ReadonlyMap<string, OwnAnswer> | undefined;
}

/** The operation by which a client lets the API forget a job. */
export interface Deleting extends JobOperation {
  /** What who asks for it later gets. */
  gone: 404 | 410;
  /** Answers while the job is open; undefined: it is forgotten all the same. */
  refused: OwnAnswer | undefined;
}

/** A text around the id of a job, or of what the job makes: `file-{job}`, `file-{resource.id}`. */
export interface JobName {
  before: string;
  of: 'job' | 'resource';
  after: string;
}

/** How a job is named by such a text; undefined when it is none. */
export function parseJobName(text: string): JobName | undefined {
  const [, before = '', of, after = ''] =
    /^([^{}]*)\{(job|resource\.id)\}([^{}]*)$/.exec(text) ?? [];
  if (of === undefined) return undefined;
  return { before, of: of === 'job' ? 'job' : 'resource', after };
}

/** The id within a name; undefined when it is none of these names. */
export function idWithin({ before, after }: JobName, name: string): string | undefined {
  const fits = name.startsWith(before) && name.endsWith(after);
  const id = name.slice(before.length, name.length - after.length);
  return fits && name.length > before.length + after.length ? id : undefined;
}

/** A parameter that a list is cut by. */
export interface Paging {
  /** Query parameters by what they say. */
  limit: string | undefined;
  offset: string | undefined;
  page: string | undefined;
  /** The id of the job behind which the page begins, or before which it ends. */
  after: string | undefined;
  before: string | undefined;
  /** How many jobs a page has unless the client says so, and at most. */
  usual: number;
  most: number;
  /** The number of the first page. */
  first: number;
}

/** How a request says in which order jobs are listed. */
export interface Order {
  /** A query parameter. */
  by: string;
  newest: string;
  oldest: string;
}

/** Does a request want the newest first? @param usual where it does not say */
export function wantsNewestFirst(
  order: Order | undefined,
  query: Readonly<Record<string, unknown>>,
  usual: boolean,
): boolean {
  if (!order) return usual;
  const said = String(query[order.by] ?? '').toLowerCase();
  if (said === order.newest.toLowerCase()) return true;
  return said === order.oldest.toLowerCase() ? false : usual;
}

/** The operation that lists jobs. */
export interface Listing extends OwnAnswer {
  operation: string;
  /** What stands for one job; undefined: the report's own words. */
  item: Template | undefined;
  /** By query parameter: `state`, `operation`, `kind`, or a place of answers about a job. */
  filter: ReadonlyMap<string, string>;
  newestFirst: boolean;
  /** A query parameter that asks for the other order; undefined: there is none. */
  order?: Order | undefined;
  paging: Paging;
}

/** An operation that reads what a job has made, or a part of it. */
export interface ResultBinding extends JobOperation {
  /** How its path names the job; undefined: by the job's id. */
  named: JobName | undefined;
  /** `done`: once the job is; else in these states. */
  when: 'done' | readonly string[];
  /** Answers in any other state. */
  before: OwnAnswer;
}

/** When the API forgets a job by itself. */
export interface Expiry extends OwnAnswer {
  /** Milliseconds. */
  after: number;
  from: 'end' | 'start';
}

/** What can be done about jobs besides scheduling and reporting them. */
export interface JobOperations {
  cancel: Cancelling | undefined;
  delete: Deleting | undefined;
  list: Listing | undefined;
  results: readonly ResultBinding[];
  expires: Expiry | undefined;
}

/** What an operation does about jobs. */
export type JobRole = 'cancel' | 'delete' | 'list' | 'result';

/** Operations by what they do, each with the place in the binding that says so: `results.0`. */
export function rolesOf(
  operations: JobOperations,
): { role: JobRole; operation: string; key: string }[] {
  const single = (['cancel', 'delete', 'list'] as const).flatMap((role) => {
    const operation = operations[role]?.operation;
    return operation === undefined ? [] : [{ role, operation, key: role }];
  });
  const results = operations.results.map(({ operation }, i) => {
    return { role: 'result' as const, operation, key: `results.${i}` };
  });
  return [...single, ...results];
}
