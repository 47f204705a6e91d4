import { resolve } from '../contract/document.js';
import type { JobPlace } from '../contract/job-place.js';
import { isObject, type Json } from '../contract/json.js';
import type { Operation } from '../contract/operation.js';
import { type Field, fieldsOf, typesOf } from './answer-fields.js';
import type { Clue } from './clue.js';
import { namedJob } from './job-place.js';
import {
  goodAnswers,
  namesInPath,
  placeOf,
  type RawAnswer,
  rawOperation,
  type Told,
} from './raw-operation.js';
import { FIELDS, isLifeOfJob, JOB_WORD, plainWord, type SortedWords, sortWords } from './words.js';

/** How an answer tells whether the job goes on. */
type Telling =
  /** By a field whose values are known. */
  | { by: 'status'; field: Field; words: SortedWords; from: 'enumeration' | 'description' }
  /** By `done: true` (AIP-151, google.longrunning.Operation). */
  | { by: 'done'; field: Field }
  /** By the HTTP status: 202 while it goes on, 200 or 303 at its end (FHIR Bulk Data, RFC 9110 §15.3.3). */
  | { by: 'http'; end: RawAnswer };

/** An operation that may report jobs. */
export interface ReportCandidate {
  operation: Operation;
  told: Told;
  /** The answer while the job goes on. */
  answer: RawAnswer;
  /** Where a request names the job. */
  job: JobPlace;
  /** The path in front of it: where such things are made. */
  collection: string;
  telling: Telling;
  fields: readonly Field[];
  /** Its path or its name has a word of jobs. */
  speaksOfJobs: boolean;
  points: number;
  clues: Clue[];
}

/** @param setters fields of request bodies, see {@link statusSetters} */
export function findReports(
  document: Json,
  operations: Iterable<Operation>,
  setters: ReadonlyMap<string, ReadonlySet<string>>,
): ReportCandidate[] {
  return [...operations].flatMap((operation) => {
    const found = readReport(document, operation);
    return found && !isSetByClients(found, setters) ? [found] : [];
  });
}

function readReport(document: Json, operation: Operation): ReportCandidate | undefined {
  const named = namedJob(document, operation);
  if (!named) return undefined;
  const told = rawOperation(document, operation);
  const found = readTelling(document, told);
  if (!found) return undefined;
  const { telling, answer, points, clue } = found;
  const { place: job, collection, tail, reason } = named;
  const clues: Clue[] = [clue, ...(reason === undefined ? [] : [{ reason, at: told.at }])];
  const words = [collection.split('/').at(-1), job.name, operation.id].map((word) =>
    plainWord(word ?? ''),
  );
  const speaks = words.some((word) => JOB_WORD.test(word));
  if (speaks)
    clues.push({ reason: `its path or name speaks of jobs: ${operation.path}`, at: told.at });
  const waits = told.answers.some(({ headers }) => headers.has('retry-after'));
  if (waits) clues.push({ reason: 'it declares Retry-After', at: told.at });
  return {
    operation,
    told,
    answer,
    job,
    collection,
    telling,
    fields: answer.schema === undefined ? [] : fieldsOf(document, answer.schema),
    speaksOfJobs: speaks,
    points: points + (speaks ? 2 : 0) + (waits ? 1 : 0) + (tail ? 1 : 0),
    clues,
  };
}

interface FoundTelling {
  telling: Telling;
  answer: RawAnswer;
  points: number;
  clue: Clue;
}

function readTelling(document: Json, told: Told): FoundTelling | undefined {
  const good = goodAnswers(told);
  const accepted = good.find(({ status }) => status === '202');
  const end =
    told.answers.find(({ status }) => status === '303') ??
    good.find(({ status }) => status === '200');
  if (accepted && end) {
    const reason = `it answers 202 while the job goes on and ${end.status} at its end`;
    const clue = { reason, at: accepted.at };
    return { telling: { by: 'http', end }, answer: accepted, points: 4, clue };
  }
  const [answer] = good.filter(({ schema }) => schema !== undefined);
  if (!answer) return undefined;
  const fields = fieldsOf(document, answer.schema);
  const at = (field: Field) => placeOf(answer, field);
  const byWords = bestStatus(document, fields);
  if (byWords) {
    const { field, words, from } = byWords;
    const shown = `${words.open[0]}, …, ${words.done[0]}${words.failed[0] ? `, ${words.failed[0]}` : ''}`;
    const where = from === 'description' ? 'by its description ' : '';
    const reason = `its answer has \`${field.path.join('.')}\`, ${where}one of ${shown}`;
    const points =
      (from === 'enumeration' ? 3 : 2) +
      (/^((job|task|run|processing|operation)_)?(status|state)$/.test(field.plain) ? 1 : 0) -
      (words.vague ? 2 : 0);
    return {
      telling: { by: 'status', ...byWords },
      answer,
      points,
      clue: { reason, at: at(field) },
    };
  }
  const done = fields.find(({ plain, schema }) => {
    return FIELDS.done.test(plain) && typesOf(document, schema).has('boolean');
  });
  if (!done) return undefined;
  const beside = fields.filter(
    ({ plain }) => FIELDS.error.test(plain) || FIELDS.result.test(plain),
  );
  if (beside.length === 0) return undefined;
  const reason = `its answer has \`${done.path.join('.')}\` (true or false) beside \`${beside[0]?.name}\``;
  return {
    telling: { by: 'done', field: done },
    answer,
    points: 4,
    clue: { reason, at: at(done) },
  };
}

/** The field that tells the state: by a name that says so before others, and nearest to the top. */
function bestStatus(document: Json, fields: readonly Field[]) {
  const found = fields.flatMap((field) => {
    if (OF_PEOPLE.test(field.plain)) return [];
    const listed = field.values.length > 0;
    const values = listed ? field.values : describedValues(document, field);
    const words = sortWords(values);
    if (!isLifeOfJob(words)) return [];
    const from: 'enumeration' | 'description' = listed ? 'enumeration' : 'description';
    return [{ field, words, from }];
  });
  const rank = ({ field: { plain, path }, from }: (typeof found)[number]) =>
    (/^(status|state)$/.test(plain) ? 0 : FIELDS.status.test(plain) ? 1 : 3) +
    path.length +
    (from === 'enumeration' ? 0 : 2);
  return found.sort((a, b) => rank(a) - rank(b))[0];
}

/** People decide these; nothing is at work. */
const OF_PEOPLE = /^(approval|review|payment|billing|subscription|membership)_/;

/** `queued`, "running" and 'done' in the description of a status that lists no values. */
function describedValues(document: Json, { plain, schema }: Field): string[] {
  if (!FIELDS.status.test(plain) || !typesOf(document, schema).has('string')) return [];
  const quoted = String(schema.description ?? '').matchAll(/[`"'“]([A-Za-z][\w-]{2,30})[`"'”]/g);
  return [...new Set([...quoted].map(([, word = '']) => word))];
}

/** Does a client itself say what the status is, in a request to the same thing? Then nothing is at work. */
function isSetByClients(
  { telling, operation, collection }: ReportCandidate,
  setters: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  if (telling.by !== 'status' || telling.field.path.length > 1) return false;
  const { name } = telling.field;
  return [operation.path, collection].some((path) => setters.get(path)?.has(name));
}

/** By path: fields with an enumeration that the bodies of its requests may hold. */
export function statusSetters(
  document: Json,
  operations: Iterable<Operation>,
): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { path, body } of operations) {
    if (!body) continue;
    const names = found.get(path) ?? new Set();
    for (const schema of Object.values(body.content)) {
      const properties = resolve(document, schema)?.properties;
      for (const [name, inner] of Object.entries(isObject(properties) ? properties : {})) {
        const here = resolve(document, inner);
        if (FIELDS.status.test(plainWord(name)) && here?.readOnly !== true) names.add(name);
      }
    }
    found.set(path, names);
  }
  return found;
}

/** Path parameters of the report besides the job. */
export function otherNames({ operation, job }: ReportCandidate): string[] {
  return namesInPath(operation.path).filter((name) => job.in !== 'path' || name !== job.name);
}

/** Where an answer tells the id of a job: by the name of the report's parameter, of what it reports, or `id`. */
export function idField(
  document: Json,
  fields: readonly Field[],
  { job, collection }: Pick<ReportCandidate, 'job' | 'collection'>,
): Field | undefined {
  const parameter = plainWord(job.name);
  const things = plainWord(collection.split('/').at(-1) ?? '');
  const thing = things.replace(/ies$/, 'y').replace(/(ss)?s$/, '$1');
  const last = thing.split('_').at(-1) ?? '';
  const names = [
    parameter,
    ...[parameter, thing, last, 'job', 'task', 'run', 'operation'].map((each) => `${each}_id`),
    `${thing}id`,
    thing,
    ...['id', 'uuid', 'gid', 'sid', 'guid', 'request_id', 'key', 'name'],
  ];
  const usable = fields.filter(({ schema }) => {
    const types = typesOf(document, schema);
    return types.size === 0 || types.has('string') || types.has('integer') || types.has('number');
  });
  for (const name of names) {
    const found = usable.filter(({ plain }) => plain === name);
    const nearest = found.sort((a, b) => a.path.length - b.path.length)[0];
    if (nearest) return nearest;
  }
  const [, bare] = /^(.+)_(id|uuid|gid|sid|guid|key)$/.exec(parameter) ?? [];
  return bare === undefined ? undefined : usable.find(({ plain }) => plain === bare);
}
