import { resolve } from '../contract/document.js';
import type { Json } from '../contract/json.js';
import type { Operation } from '../contract/operation.js';
import { fieldsOf, formsOf } from './answer-fields.js';
import type { Clue } from './clue.js';
import type { ReportCandidate } from './find-reports.js';
import {
  goodAnswers,
  type RawAnswer,
  rawOperation,
  refAround,
  segmentsOf,
  type Told,
} from './raw-operation.js';

/** An operation about jobs that are there. */
export interface Beside {
  does: 'cancel' | 'delete' | 'list' | 'result';
  operation: Operation;
  told: Told;
  /** What it says when all is well, if it says anything. */
  answer: RawAnswer | undefined;
  /** For lists: where the jobs stand in it; empty: the answer is the list itself. */
  items?: readonly string[];
  clue: Clue;
}

/** What stands behind a job in the path of what ends it before its time. */
const CANCEL = /^[/:](cancel|abort|stop|terminate|cancellation)$/i;

/** What a job has only once it is done; its events, its logs and its steps are there before. */
const RESULT = /^\/(results?|outputs?|content|download|data|artifacts?|transcript|rows|records)$/i;

/** What seems to cancel, delete or list the jobs of a report, and to read what they have made. */
export function findBeside(
  document: Json,
  operations: Iterable<Operation>,
  report: ReportCandidate,
): Beside[] {
  const found = [...operations].flatMap((operation) => {
    if (operation === report.operation) return [];
    return byPath(document, operation, report) ?? [];
  });
  // A binding has one of each but results.
  const first = new Map(found.toReversed().map((each) => [each.does, each]));
  return found.filter((each) => each.does === 'result' || first.get(each.does) === each);
}

function byPath(document: Json, operation: Operation, report: ReportCandidate): Beside | undefined {
  const { method } = operation;
  const path = segmentsOf(operation.path).join('/');
  const made = segmentsOf(report.collection).join('/');
  const one = segmentsOf(`${report.collection}/{${report.job.name}}`).join('/');
  if (path === made && method === 'GET') return asList(document, operation, report);
  if (!path.startsWith(one)) return undefined;
  const rest = path.slice(one.length);
  const told = rawOperation(document, operation);
  const answer = goodAnswers(told)[0];
  const beside = (does: Beside['does'], reason: string): Beside => ({
    does,
    operation,
    told,
    answer,
    clue: { reason, at: told.at },
  });
  if (rest === '' && method === 'DELETE') {
    return saysCancel(told)
      ? beside('cancel', `it is DELETE on a job, and says that it cancels`)
      : beside('delete', 'it is DELETE on a job');
  }
  if (CANCEL.test(rest) && method !== 'GET')
    return beside('cancel', `${rest} stands behind the job in its path`);
  if (RESULT.test(rest) && method === 'GET')
    return beside('result', `${rest} stands behind the job in its path`);
  return undefined;
}

function saysCancel({ text }: Told): boolean {
  return /\b(cancel|abort|terminate)/i.test(text) && !/\b(delete|remove)/i.test(text);
}

/** What answers the jobs' own path lists them, if what it lists is told as the report tells a job. */
function asList(document: Json, operation: Operation, report: ReportCandidate): Beside | undefined {
  const told = rawOperation(document, operation);
  const answer = goodAnswers(told)[0];
  if (!answer || report.telling.by === 'http') return undefined;
  const items = listIn(document, answer, report);
  if (!items) return undefined;
  const where = items.length === 0 ? 'its answer' : `\`${items.join('.')}\` of its answer`;
  const reason = `${where} is a list of what ${report.operation.id} tells`;
  return { does: 'list', operation, told, answer, items, clue: { reason, at: answer.at } };
}

/** Keys that lead to the list of jobs. */
function listIn(
  document: Json,
  { schema }: RawAnswer,
  report: ReportCandidate,
): readonly string[] | undefined {
  if (isListOfJobs(document, schema, report)) return [];
  const fields = schema === undefined ? [] : fieldsOf(document, schema);
  return fields.find((field) => isListOfJobs(document, field.schema, report))?.path;
}

function isListOfJobs(document: Json, schema: unknown, report: ReportCandidate): boolean {
  const items = formsOf(document, schema).find((form) => form.items !== undefined)?.items;
  if (items === undefined || report.telling.by === 'http') return false;
  const { name, path } = report.telling.field;
  const same = refAround(document, items, path);
  if (same !== undefined && same === refAround(document, report.answer.schema, path)) return true;
  const item = resolve(document, items);
  return item !== undefined && fieldsOf(document, item).some((field) => field.name === name);
}
