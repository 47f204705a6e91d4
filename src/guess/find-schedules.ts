import type { Json } from '../contract/json.js';
import type { Operation } from '../contract/operation.js';
import { type Field, fieldsOf, typesOf } from './answer-fields.js';
import type { Clue } from './clue.js';
import { idField, otherNames, type ReportCandidate } from './find-reports.js';
import {
  goodAnswers,
  namesInPath,
  placeOf,
  type RawAnswer,
  rawOperation,
  refAround,
  segmentsOf,
  type Told,
} from './raw-operation.js';
import { FIELDS, plainWord } from './words.js';

/** An operation that may schedule the jobs of a report. */
export interface ScheduleCandidate {
  operation: Operation;
  told: Told;
  answer: RawAnswer;
  fields: readonly Field[];
  /** Where its answer tells the job's id. */
  id: Field | undefined;
  /** Headers and fields that lead to the report. */
  headers: readonly string[];
  links: readonly Field[];
  points: number;
  clues: Clue[];
}

/** Headers that lead to a report: RFC 9110 §10.2.2, Azure's guidelines for long-running operations, FHIR Bulk Data. */
const LEADING = ['operation-location', 'azure-asyncoperation', 'content-location', 'location'];

/** So many points make a pair. */
const LEAST = 4;

/** The operations that may schedule jobs of each report: every one goes to the report that suits it best. */
export function pair(
  document: Json,
  operations: Iterable<Operation>,
  reports: readonly ReportCandidate[],
): Map<ReportCandidate, ScheduleCandidate[]> {
  const found = new Map<ReportCandidate, ScheduleCandidate[]>();
  for (const operation of operations) {
    const request = reports.length > 0 ? maySchedule(document, operation) : undefined;
    if (!request) continue;
    const pairs = reports.flatMap((report) => {
      const schedule = judge(document, request, report);
      return schedule ? [{ report, schedule, nearness: nearness(operation, report) }] : [];
    });
    const most = Math.max(...pairs.map(({ schedule }) => schedule.points));
    // One that two reports suit alike belongs to both until one of them is chosen.
    const best = pairs.filter(({ schedule }) => schedule.points === most);
    const near = Math.max(...best.map((each) => each.nearness));
    for (const { report, schedule, nearness: far } of best) {
      if (far === near) found.set(report, [...(found.get(report) ?? []), schedule]);
    }
  }
  return found;
}

type Request = Pick<
  ScheduleCandidate,
  'operation' | 'told' | 'answer' | 'fields' | 'headers' | 'links'
>;

/** POST; others only where they declare 202 with a header that leads on. */
function maySchedule(document: Json, operation: Operation): Request | undefined {
  const told = rawOperation(document, operation);
  const good = goodAnswers(told);
  const accepted = good.find(({ status }) => status === '202');
  const answer = accepted ?? good[0];
  if (!answer || !['POST', 'PUT', 'PATCH', 'DELETE', 'GET'].includes(operation.method))
    return undefined;
  const headers = LEADING.filter((name) => answer.headers.has(name));
  if (operation.method !== 'POST' && (!accepted || headers.length === 0)) return undefined;
  const fields = answer.schema === undefined ? [] : fieldsOf(document, answer.schema);
  const links = fields.filter((field) => leads(document, field));
  return { operation, told, answer, fields, headers, links };
}

function judge(
  document: Json,
  request: Request,
  report: ReportCandidate,
): ScheduleCandidate | undefined {
  const { operation, told, answer, fields, headers, links } = request;
  if (operation === report.operation || actsOnJob(operation, report)) return undefined;
  const id = idField(document, fields, report);
  if (!id && (headers.length === 0 || !isRelated(operation, report)) && links.length === 0)
    return undefined;
  const said: [points: number, clue: Clue][] = [
    ...byLink(answer, report),
    ...byStatus(answer),
    ...byHeaders(answer, headers),
    ...byPath(operation, told, report),
    ...byAnswer(document, answer, fields, id, report),
    ...bySpeech(operation, told, report),
    ...byWords(told, report),
  ];
  // An id and 202 are told by much that has nothing to do with this report.
  const related =
    said.some(([, { ties }]) => ties) || (headers.length > 0 && isRelated(operation, report));
  if (!related) return undefined;
  const missing = otherNames(report).filter((name) => !namesInPath(operation.path).includes(name));
  const points = said.reduce((sum, [each]) => sum + each, 0) - 2 * missing.length;
  if (points < LEAST) return undefined;
  const clues = said.map(([, clue]) => clue);
  return { ...request, id, points, clues };
}

/** A header alone may lead anywhere: to what speaks of jobs, or to what lies beside the operation. */
function isRelated({ path }: Operation, { operation, speaksOfJobs }: ReportCandidate): boolean {
  const first = (each: string) => segmentsOf(each).find((part) => !/^(v\d.*|api|\{\})$/.test(part));
  return speaksOfJobs || first(path) === first(operation.path);
}

/** `/jobs/{id}/cancel` and `/jobs/{id}` itself are about a job that is there already. */
function actsOnJob({ path }: Operation, { collection, job }: ReportCandidate): boolean {
  const one = segmentsOf(`${collection}/{${job.name}}`);
  const own = segmentsOf(path).map((part) => part.replace(/^\{\}:.*/, '{}'));
  return one.every((part, i) => own[i] === part);
}

/** OpenAPI 3.0.3, "Link Object": the document itself says where an answer leads. */
function byLink(answer: RawAnswer, { operation }: ReportCandidate): [number, Clue][] {
  const pointer = operation.path.replaceAll('~', '~0').replaceAll('/', '~1');
  const link = answer.links.find(
    ({ operationId, operationRef }) =>
      operationId === operation.id || String(operationRef ?? '').includes(`/${pointer}/get`),
  );
  const reason = `a link of its answer leads to ${operation.id}`;
  return link ? [[5, { reason, at: [...answer.at, 'links'], ties: true }]] : [];
}

function byStatus({ status, at }: RawAnswer): [number, Clue][] {
  return status === '202' ? [[2, { reason: 'it declares 202, "accepted"', at }]] : [];
}

function byHeaders({ headers, status, at }: RawAnswer, found: readonly string[]): [number, Clue][] {
  return found.map((name) => {
    const sure = name !== 'location' || status === '202';
    const reason = `its ${status} declares ${headers.get(name)?.name}`;
    return [sure ? 3 : 1, { reason, at: [...at, 'headers'] }];
  });
}

function byPath(
  { path }: Operation,
  { at }: Told,
  { collection, operation }: ReportCandidate,
): [number, Clue][] {
  const own = segmentsOf(path).join('/');
  const made = segmentsOf(collection).join('/');
  if (own === made)
    return [
      [3, { reason: `${operation.path} is its own path with an id behind it`, at, ties: true }],
    ];
  // `/jobs/submit` and `/jobs:run` make what `/jobs/{id}` shows.
  const rest = own.startsWith(made) && made !== '' ? own.slice(made.length) : undefined;
  if (rest !== undefined && /^[/:][\w-]+$/.test(rest))
    return [[2, { reason: `it stands beside ${operation.path}`, at, ties: true }]];
  return [];
}

function byAnswer(
  document: Json,
  answer: RawAnswer,
  fields: readonly Field[],
  id: Field | undefined,
  report: ReportCandidate,
): [number, Clue][] {
  const at = [...answer.at, 'content', answer.mediaType ?? '', 'schema'];
  const said: [number, Clue][] = [];
  const { telling: how } = report;
  const place = how.by === 'http' ? [] : how.field.path;
  const same = refAround(document, answer.schema, place);
  if (same !== undefined && same === refAround(document, report.answer.schema, place)) {
    said.push([
      2,
      { reason: `it answers with the schema of ${report.operation.id}`, at, ties: true },
    ]);
  }
  if (id) {
    const own = isOwnName(id, report);
    const reason = `its answer tells the id, \`${id.path.join('.')}\``;
    said.push([own ? 2 : 1, { reason, at: placeOf(answer, id), ties: own }]);
  }
  const { telling } = report;
  const name = telling.by === 'http' ? undefined : telling.field.name;
  const states = fields.find((field) => field.name === name);
  if (states && (states.values.length > 0 || telling.by === 'done')) {
    said.push([
      1,
      {
        reason: `its answer tells the state, \`${states.path.join('.')}\``,
        at: placeOf(answer, states),
      },
    ]);
  }
  const link = fields.find((field) => leads(document, field));
  if (link)
    said.push([
      1,
      { reason: `its answer has a link, \`${link.path.join('.')}\``, at: placeOf(answer, link) },
    ]);
  return said;
}

/** Where a job is named by the query or the body, paths say little: both speak of one thing, or lie in one place. */
function bySpeech(
  { path }: Operation,
  { at }: Told,
  { operation, job, collection }: ReportCandidate,
): [number, Clue][] {
  if (job.in === 'path') return [];
  const own = segmentsOf(path).slice(0, -1).join('/');
  if (own !== segmentsOf(collection).join('/')) return [];
  return [[2, { reason: `it stands beside ${operation.path}`, at, ties: true }]];
}

function byWords({ text, at }: Told, { operation }: ReportCandidate): [number, Clue][] {
  if (operation.id.length > 5 && new RegExp(`\\b${literally(operation.id)}\\b`).test(text))
    return [[2, { reason: `its description names ${operation.id}`, at, ties: true }]];
  const says = /\b(asynchronous(ly)?|long[- ]running|in the background|poll(s|ed|ing)?)\b/i.exec(
    text,
  );
  return says ? [[1, { reason: `its description says "${says[0]}"`, at }]] : [];
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function leads(document: Json, { plain, schema }: Field): boolean {
  return FIELDS.link.test(plain) && typesOf(document, schema).has('string');
}

/** Is the field named after the report's own parameter, so that no other id can be meant? */
function isOwnName({ plain }: Field, { job }: ReportCandidate): boolean {
  return plain === plainWord(job.name) && !/^(id|uuid|gid|sid|key|name)$/.test(plain);
}

/** How far two paths go together, from 0 to 1. */
function nearness({ path }: Operation, { collection }: ReportCandidate): number {
  const own = segmentsOf(path);
  const other = segmentsOf(collection);
  if (other.length === 0) return 0;
  const alike = other.findIndex((part, i) => own[i] !== part);
  return (alike === -1 ? other.length : alike) / other.length;
}
