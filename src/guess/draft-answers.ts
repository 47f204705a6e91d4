import type { Contract } from '../contract/contract.js';
import { type IdForm, parseIdForm, sampleId, tellId } from '../contract/id-form.js';
import type { Json } from '../contract/json.js';
import type { Operation } from '../contract/operation.js';
import { sampleValue } from '../contract/sample-value.js';
import { compileTemplate } from '../contract/template.js';
import type { Outcome } from '../outcome.js';
import { type Field, fieldsOf, mayBeNull, typesOf } from './answer-fields.js';
import { chooseIds } from './choose-ids.js';
import type { Clue } from './clue.js';
import { errorTemplate } from './error-template.js';
import { idField, otherNames } from './find-reports.js';
import type { ScheduleCandidate } from './find-schedules.js';
import type { GuessedJobs } from './guess.js';
import { momentOf, placeOfMoment } from './moments.js';
import { hintTemplate, isHintField, isHintHeader } from './poll-hints.js';
import { type RawAnswer, statusOf } from './raw-operation.js';
import { escapeBraces, setAt, unsetAt, valueAt } from './template-edit.js';
import { FIELDS, plainWord } from './words.js';

/** An answer of a binding as its file has it. */
export interface AnswerDraft {
  http: number;
  headers: Record<string, string>;
  /** Undefined: there is no body. */
  data?: unknown;
  /** What the contract has against it, if no better one was found. */
  breach?: string;
}

export interface StateDraft extends AnswerDraft {
  name: string;
  outcome: Outcome;
}

/** All the answers of a binding. */
export interface Drafts {
  /** As a binding writes it: `uuid`, `number`. */
  ids: string;
  /** Why. */
  idClue: Clue | undefined;
  scheduled: ReadonlyMap<ScheduleCandidate, AnswerDraft>;
  states: readonly StateDraft[];
}

const MOMENT = '2026-01-01T00:00:00.000Z';

/** Longer examples would fill a binding with what nobody reads. */
const LONGEST = 4000;

/** Writes the answers of guessed jobs, each so that the contract allows it if that can be had. */
export function draftAnswers(contract: Contract, jobs: GuessedJobs): Drafts {
  const { ids, clue } = chooseIds(contract, jobs);
  const states = statesOf(jobs).map(({ name, outcome, answer, operation }) => ({
    name,
    outcome,
    ...draftReport(contract, jobs, { name, outcome, answer, operation, ids }),
  }));
  const scheduled = new Map(
    jobs.schedules.map((schedule) => [schedule, draftScheduled(contract, jobs, schedule, ids)]),
  );
  return { ids, idClue: clue, scheduled, states };
}

interface StatePlan {
  name: string;
  outcome: Outcome;
  answer: RawAnswer;
  operation: Operation;
}

function statesOf({ report }: GuessedJobs): StatePlan[] {
  const { telling, answer, operation } = report;
  const plan = (name: string, outcome: Outcome, of = answer) => ({
    name,
    outcome,
    answer: of,
    operation,
  });
  if (telling.by === 'status') {
    const { words } = telling;
    const outcomes = ['open', 'done', 'failed', 'cancelled'] as const;
    return outcomes.flatMap((outcome) => words[outcome].map((name) => plan(name, outcome)));
  }
  if (telling.by === 'done') {
    const failed = report.fields.some(({ plain }) => FIELDS.error.test(plain));
    return [
      plan('running', 'open'),
      plan('done', 'done'),
      ...(failed ? [plan('failed', 'failed')] : []),
    ];
  }
  const failed = failedAnswer(report.told.answers);
  return [
    plan('in-progress', 'open'),
    plan('complete', 'done', telling.end),
    ...(failed ? [plan('failed', 'failed', failed)] : []),
  ];
}

/** FHIR Bulk Data §2.5: a job that has failed is told by a status from 400 up. */
function failedAnswer(answers: readonly RawAnswer[]): RawAnswer | undefined {
  const order = ['500', '5XX', 'default', '502', '503'];
  return order
    .map((status) => answers.find((each) => each.status === status))
    .find((found) => found !== undefined);
}

function draftReport(
  contract: Contract,
  { report }: GuessedJobs,
  { name, outcome, answer, operation, ids }: StatePlan & { ids: string },
): AnswerDraft {
  const { document } = contract;
  const { telling } = report;
  const own = answer === report.answer ? report.fields : fieldsFor(contract, answer);
  const isError = telling.by === 'http' && outcome === 'failed';
  const id = idField(document, own, report);
  const stateField = telling.by === 'http' ? undefined : telling.field;
  const overlay = (base: unknown): unknown => {
    let value = escapeBraces(base);
    if (isError) return errorTemplate(document, answer.schema, value);
    for (const field of own) value = fillField(document, field, outcome, value);
    if (id) value = setAt(value, id.path, idTemplate(id, report));
    if (telling.by === 'status') return setAt(value, telling.field.path, '{state}');
    return telling.by === 'done' ? setAt(value, telling.field.path, outcome !== 'open') : value;
  };
  const http = statusOf(answer, isError ? 500 : 200);
  const headers = headersFor(answer, outcome, http);
  const status = telling.by === 'status' ? telling.field.path : undefined;
  const isState = (example: unknown) => status !== undefined && valueAt(example, status) === name;
  const bases = function* () {
    yield* answer.examples.filter(isState);
    if (outcome === 'done' || isError) yield* answer.examples;
    yield* samples(document, answer.schema, outcome, [id, stateField]);
    yield* answer.examples;
  };
  return bestDraft(contract, operation, answer, { http, headers }, ids, name, overlay, bases());
}

function fieldsFor({ document }: Contract, { schema }: RawAnswer): Field[] {
  return schema === undefined ? [] : fieldsOf(document, schema);
}

function headersFor({ headers: declared, mediaType }: RawAnswer, outcome: Outcome, http: number) {
  const headers: Record<string, string> = {};
  for (const [key, { name, description }] of declared) {
    if (key === 'retry-after' && outcome === 'open') headers[name] = '{retryAfter}';
    if (isHintHeader(name) && outcome === 'open') headers[name] = hintTemplate(name, description);
    if (/^x-progress$/.test(key) && outcome === 'open') headers[name] = '50%';
    if (key === 'location' && http === 303) headers[name] = '{origin}{api}/';
  }
  return { ...headers, ...typeHeader(mediaType) };
}

/** Bodies are `application/json` unless a header says otherwise. */
function typeHeader(mediaType: string | undefined): Record<string, string> {
  if (mediaType === undefined || /^(application\/json\b|.*\*)/i.test(mediaType)) return {};
  return { 'Content-Type': mediaType };
}

/** What is known of a field when it is filled. */
interface Filling {
  document: Json;
  field: Field;
  outcome: Outcome;
  value: unknown;
  /** Types that its schema allows. */
  types: ReadonlySet<string>;
  /** Does the value have it, or must it? */
  there: boolean;
}

/** What a field says while the job goes on, is done, or has failed. */
function fillField(document: Json, field: Field, outcome: Outcome, value: unknown): unknown {
  const types = typesOf(document, field.schema);
  const listed = field.values.length > 0;
  const there = field.required || valueAt(value, field.path) !== undefined;
  const filling = { document, field, outcome, value, types, there };
  const counts = types.has('integer') || types.has('number');
  const is = (name: keyof typeof FIELDS) => FIELDS[name].test(field.plain);
  if (is('eta') && types.has('string') && !listed) return fillHint(filling, '{eta}');
  if (isHintField(document, field))
    return fillHint(filling, hintTemplate(field.name, field.schema.description));
  const moment = listed ? undefined : momentOf(field.plain);
  if (moment) return fillMoment(filling, moment);
  if (is('percent') && counts) return fillPercent(filling);
  if (listed) return value;
  if (is('error')) return fillError(filling);
  return is('result') && outcome !== 'done' ? withoutField(document, field, value) : value;
}

function fillHint({ field, outcome, value, there }: Filling, place: string): unknown {
  return outcome === 'open' || there ? setAt(value, field.path, place) : value;
}

function fillMoment(
  { document, field, outcome, value, types, there }: Filling,
  { place, of }: NonNullable<ReturnType<typeof momentOf>>,
): unknown {
  if (!of.includes(outcome)) return withoutField(document, field, value);
  const text = placeOfMoment(place, field.schema, types);
  const wanted = there || (outcome !== 'open' && types.has('string'));
  return text === undefined || !wanted ? value : setAt(value, field.path, text);
}

function fillPercent({ field, outcome, value, types, there }: Filling): unknown {
  const whole = Number(field.schema.maximum ?? 100) <= 1 ? 1 : 100;
  if (!there) return value;
  if (outcome !== 'open') return setAt(value, field.path, whole);
  const place = whole === 1 ? '{progress.fraction}' : '{progress}';
  return setAt(value, field.path, whole === 1 && !types.has('number') ? 0 : place);
}

function fillError({ document, field, outcome, value }: Filling): unknown {
  if (outcome !== 'failed') return withoutField(document, field, value);
  return setAt(value, field.path, errorTemplate(document, field.schema, undefined));
}

/** Without a field where it may be missing, else with null or nothing in it. */
function withoutField(document: Json, { path, schema, required }: Field, value: unknown): unknown {
  const there = valueAt(value, path);
  if (there === undefined) return value;
  if (!required) return unsetAt(value, path);
  if (mayBeNull(document, schema)) return setAt(value, path, null);
  return Array.isArray(there) ? setAt(value, path, []) : value;
}

/** `{job}`, or `operations/{job}` where the id is a name in the manner of AIP-151. */
function idTemplate({ plain }: Field, { job, collection }: GuessedJobs['report']): string {
  const last = collection.split('/').at(-1) ?? '';
  return plain === 'name' && plainWord(job.name) !== 'name' && /^\w+$/.test(last)
    ? `${last}/{job}`
    : '{job}';
}

function draftScheduled(
  contract: Contract,
  jobs: GuessedJobs,
  schedule: ScheduleCandidate,
  ids: string,
): AnswerDraft {
  const { document } = contract;
  const { report } = jobs;
  const { operation, answer, fields, id, links } = schedule;
  const link = linkTemplate(contract, report, operation);
  const { telling } = report;
  const [first = ''] = telling.by === 'status' ? telling.words.open : [];
  const told = telling.by === 'http' ? undefined : telling.field;
  const state = fields.find(
    ({ name, path }) => name === told?.name && path.length === told.path.length,
  );
  const overlay = (base: unknown): unknown => {
    let value = escapeBraces(base);
    for (const field of fields) value = fillField(document, field, 'open', value);
    for (const field of links) value = setAt(value, field.path, link);
    if (id) value = setAt(value, id.path, idTemplate(id, report));
    if (telling.by === 'http') return value;
    if (!state) return value;
    return setAt(value, state.path, telling.by === 'done' ? false : first);
  };
  const http = statusOf(answer);
  const headers: Record<string, string> = {};
  for (const [key, { name, description }] of answer.headers) {
    if (schedule.headers.includes(key)) headers[name] = link;
    if (key === 'retry-after') headers[name] = '{retryAfter}';
    if (isHintHeader(name)) headers[name] = hintTemplate(name, description);
  }
  const head = { http, headers: { ...headers, ...typeHeader(answer.mediaType) } };
  const bases = function* () {
    yield* answer.examples;
    yield* samples(document, answer.schema, 'open', [id, state]);
  };
  return bestDraft(contract, operation, answer, head, ids, first, overlay, bases());
}

/** Where a job is polled: parameters that the request has too are taken from it. */
function linkTemplate(
  { document }: Contract,
  report: GuessedJobs['report'],
  { parameters }: Operation,
): string {
  const { job } = report;
  const own = new Set(parameters.filter((each) => each.in === 'path').map(({ name }) => name));
  const others = new Map(otherNames(report).map((name) => [name, name] as const));
  const path = report.operation.path.replace(/\{([^}]+)\}/g, (_, name: string) => {
    if (job.in === 'path' && name === job.name) return '{job}';
    if (own.has(others.get(name) ?? '') && /^[A-Za-z_]\w*$/.test(name)) return `{path.${name}}`;
    const parameter = report.operation.parameters.find((each) => each.name === name);
    const example =
      parameter?.example ?? sampleValue(document, parameter?.schema ?? {}, { side: 'request' });
    return encodeURIComponent(String(example));
  });
  const query = job.in === 'query' ? `?${encodeURIComponent(job.name)}={job}` : '';
  return `{origin}{api}${path}${query}`;
}

/** Small samples, each made when it is asked for: with what only an end has, if it is one; without examples where those are wrong. */
export function* samples(
  document: Json,
  schema: unknown,
  outcome: Outcome,
  told: readonly (Field | undefined)[],
): Iterable<unknown> {
  if (schema === undefined) return;
  // What holds the id or the state must be there although nothing requires it.
  const around = new Set(told.flatMap((field) => field?.path ?? []));
  const needs = (name: string) => around.has(name);
  const wants = (name: string) =>
    needs(name) ||
    (outcome === 'done' &&
      FIELDS.result.test(plainWord(name)) &&
      !FIELDS.error.test(plainWord(name)));
  const side = 'answer' as const;
  yield sampleValue(document, schema, { side, wants });
  yield sampleValue(document, schema, { side, wants, examples: false });
  yield sampleValue(document, schema, { side, wants: needs });
  yield sampleValue(document, schema, { side, wants: needs, examples: false });
}

/**
 * The first of some bases that becomes an answer which the contract allows; else the one it has least against.
 * @param more what further places stand for
 */
export function bestDraft(
  contract: Contract,
  operation: Operation,
  answer: RawAnswer,
  head: Pick<AnswerDraft, 'http' | 'headers'>,
  ids: string,
  state: string,
  overlay: (base: unknown) => unknown,
  bases: Iterable<unknown>,
  more: Json = {},
): AnswerDraft {
  if (answer.schema === undefined && answer.mediaType === undefined) return head;
  const scope = { ...sampleScope(parseIdForm(ids) ?? 'uuid', state, operation), ...more };
  const mediaType = head.headers['Content-Type']?.split(';', 1)[0]?.trim() ?? 'application/json';
  let best: AnswerDraft | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const base of bases) {
    if (JSON.stringify(base).length > LONGEST) continue;
    const data = overlay(base);
    const said = compileTemplate(data)(scope);
    const breaches = contract.validator.answer(operation, head.http, mediaType, said);
    if (breaches.length === 0) return { ...head, data };
    if (breaches.length >= least) continue;
    least = breaches.length;
    best = { ...head, data, breach: `${breaches[0]?.at}: ${breaches[0]?.description}` };
  }
  return best ?? { ...head, data: overlay({}), breach: 'no sample of this answer could be made' };
}

/** A template filled with samples of what its places stand for. */
export function fill(data: unknown, ids: string, state: string, operation: Operation): unknown {
  return compileTemplate(data)(sampleScope(parseIdForm(ids) ?? 'uuid', state, operation));
}

/** What places stand for in a sample. */
function sampleScope(ids: IdForm, state: string, { parameters }: Operation): Json {
  const names = parameters.filter((each) => each.in === 'path').map(({ name }) => [name, 'x']);
  const error = {
    code: 'JOB_FAILED',
    name: 'JOB_FAILED',
    message: 'The job has failed',
    text: 'JOB_FAILED',
  };
  return {
    job: tellId(ids, sampleId(ids)),
    state,
    eta: MOMENT,
    retryAfter: 1,
    'retryAfter.ms': 1000,
    now: MOMENT,
    createdAt: MOMENT,
    endedAt: MOMENT,
    doneAt: MOMENT,
    progress: 50,
    progressFraction: 0.5,
    origin: 'http://localhost',
    api: '',
    path: Object.fromEntries(names),
    error,
  };
}
