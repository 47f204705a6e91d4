import type { Contract } from '../contract/contract.js';
import { type IdForm, ownForm, parseIdForm, sampleId } from '../contract/id-form.js';
import { isObject, type Json } from '../contract/json.js';
import { formsOf as formsOfSchema, typesOf } from './answer-fields.js';
import type { Clue } from './clue.js';
import { idField } from './find-reports.js';
import type { GuessedJobs } from './guess.js';
import { placeOf } from './raw-operation.js';
import { valueAt } from './template-edit.js';

/** How jobs are named, as a binding writes it: `uuid`, `number`, `batch_ and 24 hex digits`. */
export interface ChosenIds {
  ids: string;
  /** Undefined: nothing says so, and the contract takes it. */
  clue: Clue | undefined;
}

interface Wanted {
  text: string;
  reason?: string;
}

/** The first form of ids that the contract takes where a job is named, of what patterns, examples and formats say. */
export function chooseIds(contract: Contract, jobs: GuessedJobs): ChosenIds {
  const { report } = jobs;
  const schemas = schemasOf(contract, jobs);
  const field = idField(contract.document, report.fields, report);
  const at = field ? placeOf(report.answer, field) : report.told.at;
  const whole = schemas.some((schema) => {
    const types = typesOf(contract.document, schema);
    return !types.has('string') && (types.has('integer') || types.has('number'));
  });
  if (whole) return { ids: 'number', clue: undefined };
  const chosen = formsOf(contract.document, jobs, schemas, field?.path).find(({ text }) =>
    isTaken(contract, jobs, text),
  );
  const { text = 'uuid', reason } = chosen ?? {};
  return { ids: text, clue: reason === undefined ? undefined : { reason, at } };
}

/** What the contract says of the id, where it is asked for and where it is told. */
function schemasOf({ document }: Contract, { report, schedules }: GuessedJobs): Json[] {
  const parameter = report.operation.parameters.find(
    (each) => each.in === report.job.in && each.name === report.job.name,
  );
  const fields = [idField(document, report.fields, report), ...schedules.map(({ id }) => id)];
  const example = parameter?.example === undefined ? [] : [{ example: parameter.example }];
  return [parameter?.schema, ...example, ...fields.map((field) => field?.schema)].filter(isObject);
}

/** Of a schema, of all of its `allOf` and of the forms of a choice. */
function patternsIn(document: Json, schema: Json): string[] {
  return formsOfSchema(document, schema).flatMap(({ pattern }) =>
    typeof pattern === 'string' ? [pattern] : [],
  );
}

function formsOf(
  document: Json,
  { report, schedules }: GuessedJobs,
  schemas: readonly Json[],
  path: readonly string[] | undefined,
): Wanted[] {
  const told = [report, ...schedules].flatMap(({ answer, ...of }) => {
    const own = 'id' in of ? of.id?.path : path;
    return own === undefined ? [] : answer.examples.map((example) => valueAt(example, own));
  });
  const examples = [
    ...schemas.flatMap(({ example, examples: all }) => [example, all].flat()),
    ...told,
  ];
  const lengths = schemas.flatMap(({ minLength, maxLength }) => [minLength, maxLength]);
  const patterns = [...new Set(schemas.flatMap((schema) => patternsIn(document, schema)))];
  return [
    ...patterns.flatMap(ofPattern),
    ...examples.flatMap(ofExample),
    ...['uuid', '24 hex digits', '21 letters and digits'].map((text) => ({ text })),
    ...lengths.map((length) => ({ text: `${length} letters and digits` })),
    // Any expression will do where none of the usual forms does.
    ...patterns.map((pattern) => ({ text: `/${pattern}/`, reason: asPatternWants(pattern) })),
  ];
}

function isTaken({ validator }: Contract, { report }: GuessedJobs, text: string): boolean {
  const form = parseIdForm(text);
  if (!form) return false;
  const { operation, job } = report;
  return samplesOf(form).every((id) => {
    const breaches =
      job.in === 'body'
        ? bodyBreaches(validator, report, id)
        : validator.parameters(operation, job.in, { [job.name]: id });
    return !breaches.some(({ at }) => at === job.name || at === `$.${job.name}`);
  });
}

/** An id of zeros, and one with every character that ids of this form may have. */
function samplesOf(form: IdForm): string[] {
  const own = ownForm(form);
  const first = sampleId(form);
  if (own === 'uuid' || !('alphabet' in own)) return [first];
  const { alphabet, length, prefix = '' } = own;
  const every = [...alphabet].toReversed().join('');
  const parts = Array.from({ length: Math.ceil(every.length / length) }, (_, i) =>
    every.slice(i * length, (i + 1) * length).padEnd(length, every),
  );
  return [first, ...parts.map((part) => prefix + part)];
}

function bodyBreaches(
  validator: Contract['validator'],
  { operation, job }: GuessedJobs['report'],
  id: string,
) {
  const [mediaType = 'application/json'] = Object.keys(operation.body?.content ?? {});
  return validator.body(operation, mediaType, { [job.name]: id }) ?? [];
}

/** Characters, behind a prefix: `^JS[0-9a-fA-F]{32}$`, `^job_\w{8,}$`, `^run-([a-z0-9]+)$`. */
const PREFIXED =
  /^\^?((?:[\w-]|\\[.-])*?)\(?(?:\?:)?\[?((?:[a-zA-Z0-9]-[a-zA-Z0-9]|\\w|\\d|[_-])+)\]?(\{\d+(?:,\d*)?\}|\+|\*)\)?\$?$/;

/** `^JS[0-9a-fA-F]{32}$` is `JS and 32 hex digits`; where the length is left open, there are as many as usual. */
function ofPattern(pattern: string): Wanted[] {
  const [, raw = '', letters = '', times] = PREFIXED.exec(pattern) ?? [];
  if (times === undefined) return [];
  const [, least = '', , most = ''] = /^\{(\d+)(,(\d*))?\}$/.exec(times) ?? [];
  const open = times === '+' || times === '*' || /,/.test(times);
  const prefix = raw.replaceAll('\\', '');
  // Where neither prefix nor length is told, any id will do.
  if (open && prefix === '') return [];
  const length = open ? Math.max(Number(least), Math.min(24, Number(most || 24))) : Number(least);
  const kinds = /[g-z]|\\w/i.test(letters.replace(/a-f/gi, ''))
    ? ['letters and digits', 'hex digits']
    : ['hex digits'];
  const reason = asPatternWants(pattern);
  return kinds.map((kind) => ({
    text: `${prefix ? `${prefix} and ` : ''}${length} ${kind}`,
    reason,
  }));
}

function asPatternWants(pattern: string): string {
  return `ids as its pattern ${pattern} wants them`;
}

/** Examples have few characters where real ids have many. */
const USUAL = '24 hex digits';

/** `batch_abc123` is `batch_ and 24 hex digits`; `6479c1…` of 24 digits is that. */
function ofExample(example: unknown): Wanted[] {
  if (typeof example !== 'string') return [];
  const reason = `ids like its example ${example}`;
  const [, prefix = '', tail = ''] = /^([A-Za-z]{2,16}[_-])?([A-Za-z0-9]+)$/.exec(example) ?? [];
  const long = tail.length >= 16 && tail.length <= 64 && /\d/.test(tail);
  if (prefix === '' && !long) return [];
  const kind = /^[0-9a-f]+$/.test(tail) ? 'hex digits' : 'letters and digits';
  const text = long ? `${tail.length} ${kind}` : USUAL;
  return [{ text: prefix === '' ? text : `${prefix} and ${text}`, reason }];
}
