import type { Contract } from '../contract/contract.js';
import { parseIdForm, sampleId } from '../contract/id-form.js';
import { isObject, type Json } from '../contract/json.js';
import { typesOf } from './answer-fields.js';
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
  const chosen = formsOf(jobs, schemas, field?.path).find(({ text }) =>
    isTaken(contract, jobs, text),
  );
  const { text = 'uuid', reason } = chosen ?? {};
  return { ids: text, clue: reason === undefined ? undefined : { reason, at } };
}

/** What the contract says of the id, where it is asked for and where it is told. */
function schemasOf({ document }: Contract, { report, schedules }: GuessedJobs): Json[] {
  const parameter = report.operation.parameters.find(
    (each) => each.in === 'path' && each.name === report.job,
  );
  const fields = [idField(document, report.fields, report), ...schedules.map(({ id }) => id)];
  const example = parameter?.example === undefined ? [] : [{ example: parameter.example }];
  return [parameter?.schema, ...example, ...fields.map((field) => field?.schema)].filter(isObject);
}

function formsOf(
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
  return [
    ...schemas.flatMap(({ pattern }) => ofPattern(String(pattern ?? ''))),
    ...examples.flatMap(ofExample),
    ...['uuid', '24 hex digits', '21 letters and digits'].map((text) => ({ text })),
    ...lengths.map((length) => ({ text: `${length} letters and digits` })),
  ];
}

function isTaken({ validator }: Contract, { report }: GuessedJobs, text: string): boolean {
  const form = parseIdForm(text);
  if (!form) return false;
  const { operation, job } = report;
  const breaches = validator.parameters(operation, 'path', { [job]: sampleId(form) });
  return !breaches.some(({ at }) => at === job);
}

/** `^JS[0-9a-fA-F]{32}$` is `JS and 32 hex digits`. */
function ofPattern(pattern: string): Wanted[] {
  const [, prefix, letters, length] =
    /^\^?([\w.-]*?)\[(0-9a-f(?:A-F)?|a-f0-9|a-zA-Z0-9|0-9a-zA-Z|A-Za-z0-9)\]\{(\d+)\}\$?$/.exec(
      pattern,
    ) ?? [];
  if (length === undefined) return [];
  const kind = /z/i.test(letters ?? '') ? 'letters and digits' : 'hex digits';
  const text = `${prefix ? `${prefix} and ` : ''}${length} ${kind}`;
  return [{ text, reason: `ids as its pattern ${pattern} wants them` }];
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
