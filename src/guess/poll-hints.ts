import type { Json } from '../contract/json.js';
import { unitOf } from '../contract/poll-hint.js';
import { type Field, typesOf } from './answer-fields.js';
import type { Clue } from './clue.js';
import type { GuessedJobs } from './guess.js';
import { placeOf } from './raw-operation.js';
import { FIELDS, plainWord } from './words.js';

/** How an answer says when to come back, in a word of the API's own. */
export interface GuessedHint {
  /** As a binding has it: `header.x-poll-after`, `body.data.interval`. */
  at: string;
  /** Undefined: the word says so itself. */
  unit: 's' | 'ms' | undefined;
  clue: Clue;
}

/** Headers that say when to come back; `Retry-After` is known to everybody. */
const HEADER =
  /(^|_)(poll|polling|retry|check|recheck|refresh)_(after|in|interval|delay)(_(ms|millis|milliseconds|s|sec|secs|seconds))?$/;

const MILLIS = /milli|\bms\b/i;

/** The first word of its report, else of what schedules, that says when to come back. */
export function guessHint(document: Json, jobs: GuessedJobs): GuessedHint | undefined {
  for (const { answer, fields } of [jobs.report, ...jobs.schedules]) {
    const field = fields.find((each) => isHintField(document, each));
    if (field) {
      const { name, path, schema } = field;
      const unit = unitFor(name, `${schema.description ?? ''} ${schema.title ?? ''}`);
      const reason = `\`${path.join('.')}\` of its answer says when to ask again`;
      return { at: `body.${path.join('.')}`, unit, clue: { reason, at: placeOf(answer, field) } };
    }
    for (const { name, description } of answer.headers.values()) {
      if (!isHintHeader(name)) continue;
      const reason = `its ${answer.status} declares ${name}, which says when to ask again`;
      const unit = unitFor(name, description);
      return { at: `header.${name}`, unit, clue: { reason, at: [...answer.at, 'headers'] } };
    }
  }
  return undefined;
}

/** `interval` alone may be that of a chart: there its description has to speak of asking again. */
export function isHintField(document: Json, { plain, schema }: Field): boolean {
  const types = typesOf(document, schema);
  if (!types.has('integer') && !types.has('number')) return false;
  if (FIELDS.wait.test(plain)) return true;
  return (
    /^(interval|delay|wait)(_.*)?$/.test(plain) &&
    /\b(poll|polls|polling|ask again|check again|retry|between requests)\b/i.test(
      `${schema.description ?? ''} ${schema.title ?? ''}`,
    )
  );
}

export function isHintHeader(name: string): boolean {
  const plain = plainWord(name);
  return plain !== 'retry_after' && HEADER.test(plain);
}

/** What stands for it in an answer: a number of seconds, or of milliseconds. */
export function hintTemplate(name: string, description: unknown): string {
  const unit = unitFor(name, String(description ?? '')) ?? unitOf(name);
  return unit === 'ms' ? '{retryAfter.ms}' : '{retryAfter}';
}

function unitFor(name: string, description: string): GuessedHint['unit'] {
  const said = MILLIS.test(description) ? 'ms' : 's';
  return said === unitOf(name) || unitOf(name) === 'ms' ? undefined : said;
}

/** The same as lines of a binding file. */
export function hintLines(hint: GuessedHint | undefined, place: (at: Clue['at']) => string) {
  if (!hint) return [];
  const { at, unit, clue } = hint;
  return [
    '',
    `# ${clue.reason}${place(clue.at)}`,
    '# Question: has a client to wait that long?',
    `poll_hint: ${unit === undefined ? at : `{ at: ${at}, unit: ${unit} }`}`,
  ];
}
