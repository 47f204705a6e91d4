import type { Contract } from '../contract/contract.js';
import { parseIdForm, sampleId } from '../contract/id-form.js';
import type { Json } from '../contract/json.js';
import { type Field, fieldsOf, formsOf, mayBeNull, typesOf } from './answer-fields.js';
import type { Clue } from './clue.js';
import { type AnswerDraft, bestDraft, type Drafts, fill, samples } from './draft-answers.js';
import type { Beside } from './find-beside.js';
import { idField } from './find-reports.js';
import type { GuessedJobs } from './guess.js';
import { statusOf } from './raw-operation.js';
import { setAt, valueAt } from './template-edit.js';
import { plainWord } from './words.js';

/** What a binding says of an operation on jobs that are there. */
export interface BesideDraft {
  does: Beside['does'];
  operation: Beside['operation'];
  /** Its keys but the answer. */
  keys: Json;
  /** Undefined: the contract says it. */
  answer: AnswerDraft | undefined;
  clue: Clue;
}

/** Operations on guessed jobs, and what only a person can say of them. */
export interface BesideDrafts {
  drafts: readonly BesideDraft[];
  questions: readonly string[];
}

/** Writes what can be done about guessed jobs, as far as the contract allows an answer. */
export function draftBeside(contract: Contract, jobs: GuessedJobs, drafts: Drafts): BesideDrafts {
  const found = jobs.beside.map((beside) => draftOne(contract, jobs, drafts, beside));
  return {
    drafts: found.flatMap((each) => (typeof each === 'string' ? [] : [each])),
    questions: found.flatMap((each) => (typeof each === 'string' ? [each] : [])),
  };
}

function draftOne(
  contract: Contract,
  jobs: GuessedJobs,
  drafts: Drafts,
  beside: Beside,
): BesideDraft | string {
  const { does, operation, clue } = beside;
  const found = {
    cancel: draftCancel,
    delete: draftDelete,
    list: draftList,
    result: draftResult,
  }[does](contract, jobs, drafts, beside);
  return typeof found === 'string' ? found : { does, operation, clue, ...found };
}

type Found = Pick<BesideDraft, 'keys' | 'answer'> | string;

function draftCancel(contract: Contract, jobs: GuessedJobs, drafts: Drafts, beside: Beside): Found {
  const { operation } = beside;
  const end = drafts.states.find(({ outcome }) => outcome === 'cancelled');
  if (!end)
    return `in which state is a job that ${operation.id} has cancelled? Until you say so no job heeds it.`;
  const meanwhile = drafts.states.find(
    ({ name, outcome }) => outcome === 'open' && /(cancell?|abort|stopp)ing$/.test(plainWord(name)),
  );
  const keys = meanwhile ? { after: '5s', while: meanwhile.name } : {};
  const said = meanwhile ?? end;
  if (!beside.answer?.mediaType) return { keys, answer: undefined };
  if (suits(contract, drafts, beside, said)) return { keys, answer: undefined };
  return withAnswer(contract, jobs, drafts, beside, said.name, keys);
}

function draftDelete(contract: Contract, jobs: GuessedJobs, drafts: Drafts, beside: Beside): Found {
  if (!beside.answer?.mediaType) return { keys: {}, answer: undefined };
  return withAnswer(contract, jobs, drafts, beside, drafts.states.at(-1)?.name ?? '', {});
}

/** Statuses of a result that is not there yet, the likeliest first. */
const TOO_EARLY = ['409', '425', '404', '400', '422'];

function draftResult(_: Contract, __: GuessedJobs, ___: Drafts, { operation }: Beside): Found {
  const before = TOO_EARLY.find((status) => operation.answers[status] !== undefined);
  const keys = before === undefined || before === '404' ? {} : { before: Number(before) };
  return { keys, answer: undefined };
}

/** Does the report's own answer suit what the contract has here? Then nothing has to be said. */
function suits(
  contract: Contract,
  drafts: Drafts,
  { operation, answer }: Beside,
  { name, data }: Drafts['states'][number],
): boolean {
  if (!answer || data === undefined) return false;
  const mediaType = answer.mediaType?.includes('*') ? 'application/json' : answer.mediaType;
  const said = fill(data, drafts.ids, name, operation);
  const breaches = contract.validator.answer(
    operation,
    statusOf(answer),
    mediaType ?? 'application/json',
    said,
  );
  return breaches.length === 0;
}

/** With an answer of its own, that tells the job's id and its state where the contract has fields for them. */
function withAnswer(
  contract: Contract,
  { report }: GuessedJobs,
  drafts: Drafts,
  { operation, answer }: Beside,
  state: string,
  keys: Json,
): Found {
  if (!answer) return { keys, answer: undefined };
  const { document } = contract;
  const fields = answer.schema === undefined ? [] : fieldsOf(document, answer.schema);
  const id = idField(document, fields, report);
  const { telling } = report;
  const told = telling.by === 'status' ? telling.field.name : undefined;
  const status = fields.find(({ name }) => name === told);
  const overlay = (base: unknown) => {
    const named = id ? setAt(base, id.path, '{job}') : base;
    return status ? setAt(named, status.path, state) : named;
  };
  const head = { http: statusOf(answer), headers: {} };
  const bases = function* () {
    yield* answer.examples;
    yield* samples(document, answer.schema, 'open', [id, status]);
  };
  const made = bestDraft(contract, operation, answer, head, drafts.ids, state, overlay, bases());
  return made.breach === undefined ? { keys, answer: made } : unclear(operation.id, made.breach);
}

function unclear(id: string, breach: string): string {
  return `what does the answer of ${id} look like? No job heeds it: each that was tried breaks the contract, ${breach}`;
}

/** Query parameters by what they say, in the form of {@link plainWord}. */
const PAGING: readonly (readonly [key: string, names: RegExp])[] = [
  ['limit', /^(limit|page_size|per_page|size|count|max_results|top|max_items)$/],
  ['after', /^(after|starting_after|cursor|page_token|next_token|continuation_token|marker)$/],
  ['before', /^(before|ending_before)$/],
  ['page', /^(page|page_number)$/],
  ['offset', /^(offset|skip|start)$/],
];

/** What a field of a list's answer says beside the jobs. */
const TOLD: readonly (readonly [RegExp, string, nullable: boolean])[] = [
  [/^(has_more|more|has_next|has_next_page)$/, 'hasMore', false],
  [/^(total|total_count|total_items|total_results|count_total)$/, 'total', false],
  [/^(count|size|returned)$/, 'count', false],
  [/^(limit|page_size|per_page)$/, 'limit', false],
  [/^offset$/, 'offset', false],
  [/^(page|page_number|current_page)$/, 'page', false],
  [/^(pages|total_pages|page_count)$/, 'pages', false],
  [/^first_id$/, 'first', true],
  [/^last_id$/, 'last', true],
  [/^(next_cursor|cursor|next_page_token|next_token|continuation_token|after)$/, 'cursor', true],
  [/^(next|next_page|next_url|next_link|next_page_url)$/, 'next', true],
  [/^(previous|prev|previous_page|prev_url|previous_url)$/, 'previous', true],
];

function draftList(contract: Contract, jobs: GuessedJobs, drafts: Drafts, beside: Beside): Found {
  const { operation } = beside;
  const [first] = drafts.states;
  const keys = keysOfList(jobs, operation);
  const made = listWith(contract, drafts, beside, first?.data);
  if (made.breach === undefined) return { keys, answer: made };
  // What a list tells of a job may be less, or something else, than what the report does.
  const item = listedJob(contract, jobs, beside);
  const other = listWith(contract, drafts, beside, item);
  if (other.breach === undefined) return { keys: { item, ...keys }, answer: other };
  return unclear(operation.id, made.breach);
}

/** The answer of a list whose jobs are told so. */
function listWith(
  contract: Contract,
  drafts: Drafts,
  { operation, answer, items = [] }: Beside,
  job: unknown,
): AnswerDraft {
  if (!answer) return { http: 200, headers: {} };
  const { document } = contract;
  const fields = listFields(document, answer.schema);
  const overlay = (base: unknown) => {
    if (items.length === 0) return '{items}';
    let value = setAt(base, items, '{items}');
    for (const field of fields) value = fillListField(document, field, value);
    return value;
  };
  const head = { http: statusOf(answer), headers: {} };
  const state = drafts.states[0]?.name ?? '';
  const scope = listScope(drafts, fill(job, drafts.ids, state, operation));
  const bases = function* () {
    yield* samples(document, answer.schema, 'open', [pathAsField(items)]);
    yield* answer.examples;
  };
  return bestDraft(contract, operation, answer, head, drafts.ids, state, overlay, bases(), scope);
}

/** Objects of a list's answer that say how it is cut. */
const AROUND = /^_?(meta|metadata|paging|pagination|page_info|page|links)$/;

function listFields(document: Json, schema: unknown): Field[] {
  const top = schema === undefined ? [] : fieldsOf(document, schema);
  const within = top
    .filter(({ plain, path }) => path.length === 1 && AROUND.test(plain))
    .flatMap(({ schema: inner, path: above }) =>
      fieldsOf(document, inner).map((field) => ({ ...field, path: [...above, ...field.path] })),
    );
  return [...top, ...within];
}

/** A job as the contract has it in the list: with its id and its state. */
function listedJob(
  { document }: Contract,
  { report }: GuessedJobs,
  { answer, items = [] }: Beside,
): unknown {
  const list = listFields(document, answer?.schema).find(
    ({ path }) => path.join('.') === items.join('.'),
  );
  const schema = formsOf(document, list?.schema ?? answer?.schema).find(
    (form) => form.items !== undefined,
  )?.items;
  const fields = schema === undefined ? [] : fieldsOf(document, schema);
  const id = idField(document, fields, report);
  const { telling } = report;
  const told = telling.by === 'status' ? telling.field.name : undefined;
  const status = fields.find(({ name }) => name === told);
  const [base] = samples(document, schema, 'open', [id, status]);
  const named = id ? setAt(base, id.path, '{job}') : base;
  return status ? setAt(named, status.path, '{state}') : named;
}

/** What holds the list must be there although nothing requires it. */
function pathAsField(path: readonly string[]): Field {
  const name = path.at(-1) ?? '';
  return { path, name, plain: plainWord(name), schema: {}, required: true, values: [] };
}

function fillListField(document: Json, field: Field, value: unknown): unknown {
  const [, place, optional] = TOLD.find(([form]) => form.test(field.plain)) ?? [];
  const there = valueAt(value, field.path) !== undefined;
  if (place === undefined || (!there && !field.required)) return value;
  const types = typesOf(document, field.schema);
  if (types.has('object') || types.has('array')) return value;
  if (!optional) return setAt(value, field.path, `{${place}}`);
  if (mayBeNull(document, field.schema)) return setAt(value, field.path, `{${place}OrNull}`);
  // Without a job there is none: where something must stand here, the sample stays.
  return field.required ? value : setAt(value, field.path, `{${place}}`);
}

/** What a list of one job tells. */
function listScope(drafts: Drafts, job: unknown): Json {
  const id = sampleId(parseIdForm(drafts.ids) ?? 'uuid');
  return {
    items: [job],
    count: 1,
    total: 1,
    limit: 20,
    offset: 0,
    page: 1,
    pages: 1,
    hasMore: false,
    first: id,
    last: id,
    firstOrNull: id,
    lastOrNull: id,
    cursorOrNull: null,
    nextOrNull: null,
    previousOrNull: null,
  };
}

function keysOfList({ report }: GuessedJobs, { parameters }: Beside['operation']): Json {
  const query = parameters.filter((each) => each.in === 'query').map(({ name }) => name);
  const named = PAGING.flatMap(([key, form]) => {
    const name = query.find((each) => form.test(plainWord(each)));
    return name === undefined ? [] : [[key, name] as const];
  });
  // Only one of them can say where a page begins.
  const [begins] = named.filter(([key]) => ['after', 'page', 'offset'].includes(key));
  const paging = named.filter(
    (each) =>
      each === begins || each[0] === 'limit' || (each[0] === 'before' && begins?.[0] === 'after'),
  );
  const { telling } = report;
  const told = telling.by === 'status' ? telling.field.name : undefined;
  const filter = query.filter((name) => name === told || /^(status|state)$/.test(plainWord(name)));
  return {
    ...(filter.length > 0
      ? { filter: Object.fromEntries(filter.map((name) => [name, 'state'])) }
      : {}),
    ...(paging.length > 0 ? { paging: Object.fromEntries(paging) } : {}),
  };
}
