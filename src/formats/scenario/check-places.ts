import { ANSWER_PLACES, PLACE_PARTS } from '../../contract/places.js';
import { namesIn } from '../../contract/template.js';
import { isEnd } from '../../outcome.js';
import { nearest } from '../../problem.js';
import type { Vocabulary } from '../../scenario/vocabulary.js';
import type { FormatDocument, Path } from '../document.js';
import type { ScenarioFile } from './scenario-file.js';
import type { StepFile } from './step-file.js';

/** What an error of a job can tell. */
const ERROR = ['code', 'name', 'message', 'text', 'details'];

/** Places of a body in braces: that they are known, and that something can stand there. */
export function checkPlaces(document: FormatDocument, file: ScenarioFile, words: Vocabulary): void {
  const { refuse, life = [] } = file;
  checkBody(document, ['refuse', 'body'], refuse?.body, ['now'], () => undefined);
  let ended = false;
  life.forEach((step: StepFile | undefined, i) => {
    const outcome = words.states.get(String(step?.state))?.outcome;
    if (isEnd(outcome)) ended = true;
    const unfilled = (name: string) => whyUnfilled(name, file, words, ended);
    checkBody(document, ['life', i, 'answer', 'body'], step?.answer?.body, ANSWER_PLACES, unfilled);
  });
}

function checkBody(
  document: FormatDocument,
  path: Path,
  body: unknown,
  known: readonly string[],
  unfilled: (name: string) => string | undefined,
): void {
  // A body that is a text is sent as it is.
  if (body === undefined || typeof body === 'string') return;
  for (const { path: at, name } of placesIn(body, path)) {
    const [head = ''] = name.split('.', 1);
    if (!known.includes(head)) {
      const hint = `${nearest(head, known)}; braces of your own are written {{ and }}`;
      document.wrong(at, 'SCENARIO_UNKNOWN_PLACE', `unknown place {${name}}`, hint);
      continue;
    }
    const why = unfilled(name);
    if (why === undefined) continue;
    const message = `{${name}} cannot be filled here: ${why}`;
    const hint = 'its key would be left out; write the value itself, or leave the key out';
    document.wrong(at, 'SCENARIO_UNFILLED_PLACE', message, hint, { usable: true });
  }
}

function placesIn(value: unknown, path: Path): { path: Path; name: string }[] {
  if (typeof value === 'string') return namesIn(value).map((name) => ({ path, name }));
  if (Array.isArray(value)) return value.flatMap((item, i) => placesIn(item, [...path, i]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]));
}

/** Why nothing can stand at a place of a step's answer; undefined when something can. */
function whyUnfilled(
  name: string,
  { operations, result = {} }: ScenarioFile,
  words: Vocabulary,
  ended: boolean,
): string | undefined {
  const [head = '', field, ...deeper] = name.split('.');
  const ids = operations?.map(String) ?? words.operations;
  if (head === 'resource') return undefined;
  if (head === 'result') return whyNoResult(result, field);
  if (head === 'link') return whyNoLink(ids, words);
  if (head === 'path') return field === undefined ? undefined : whyNoPath(ids, field, words);
  if (head === 'error') return whyNoError(field, deeper);
  if (head === 'header') return whyNoHeader(field);
  if (head === 'query' || head === 'body') return undefined;
  const isEnd = head === 'doneAt' || head === 'endedAt';
  if (isEnd && !ended) return 'the job has not ended before this step';
  return field === undefined ? undefined : whyNoPart(head, [field, ...deeper].join('.'));
}

function whyNoError(field: string | undefined, deeper: readonly string[]): string | undefined {
  const known = field === undefined || field === 'details';
  if (known || (ERROR.includes(field) && deeper.length === 0)) return undefined;
  return `an error has ${ERROR.join(', ')}`;
}

function whyNoHeader(field: string | undefined): string | undefined {
  if (field === undefined) return 'credentials are among the headers';
  return CREDENTIALS.test(field) ? 'credentials are never told' : undefined;
}

function whyNoPart(head: string, part: string): string | undefined {
  const parts = PLACE_PARTS[head] ?? [];
  if (parts.includes(part)) return undefined;
  return parts.length === 0 ? `{${head}} is a single value` : `{${head}} has ${parts.join(', ')}`;
}

/** Headers that carry credentials whatever a contract says. */
const CREDENTIALS = /^(authorization|proxy-authorization|cookie)$/i;

function whyNoResult(
  result: NonNullable<ScenarioFile['result']>,
  field: string | undefined,
): string | undefined {
  if (field === undefined || Object.hasOwn(result, field)) return undefined;
  return `the scenario's \`result\` has no "${field}"`;
}

function whyNoLink(operations: readonly string[], { links }: Vocabulary): string | undefined {
  if (!links || operations.some((id) => links.has(id))) return undefined;
  return 'the binding gives these operations no `link`';
}

function whyNoPath(
  operations: readonly string[],
  name: string,
  { requestFields }: Vocabulary,
): string | undefined {
  if (!requestFields) return undefined;
  if (operations.some((id) => requestFields(id, 'path')?.has(name) === 'yes')) return undefined;
  return `no path of these operations has a parameter "${name}"`;
}
