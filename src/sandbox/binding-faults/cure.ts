import type { Json } from '../../contract/json.js';
import { sampleValue } from '../../contract/sample-value.js';

/** What is known of a field that is missing. */
interface Field {
  name: string;
  /** What the contract says of it. */
  parts: readonly Json[];
}

/** Places that tell what a field's name and type ask for, the most telling first. */
const BY_NAME: readonly (readonly [name: RegExp, types: RegExp, place: string])[] = [
  [/progress|percent/i, /integer|number/, '{progress}'],
  [
    /^(created|submitted|queued)|^(create|submit)\w*(at|time|date)/i,
    /integer/,
    '{createdAt.epoch}',
  ],
  [/^(completed|finished|ended|done)/i, /integer/, '{endedAt.epoch}'],
  [/^started/i, /integer/, '{startedAt.epoch}'],
  [/^(created|submitted|queued)/i, /date-time/, '{createdAt}'],
  [/^started/i, /date-time/, '{startedAt}'],
  [/expires?(_?at|_?on)?$/i, /date-time/, '{expiresAt}'],
  [/^(id|uuid|guid|.*(job|task|operation|batch|request|run)_?id)$/i, /string/, '{job}'],
  [/^(status|state|phase)$/i, /string/, '{state}'],
  [/(eta|estimated|expected)/i, /date-time/, '{eta}'],
  [/retry.?after|interval|poll/i, /integer|number/, '{retryAfter}'],
  [/^(done|end|finish|complet)/i, /date-time/, '{endedAt}'],
  [/./, /date-time/, '{now}'],
  [/(error|reason|message|detail)/i, /string/, '{error.message}'],
];

/** Something that would do for a field, as YAML has it: a place, else a value of its schema. */
export function fitting(document: Json, { name, parts }: Field): string {
  const told = parts.flatMap(({ type, format }) => [type, format]).join(' ');
  const fixed = parts.find(({ enum: choice }) => choice !== undefined);
  const place = BY_NAME.find(([names, types]) => names.test(name) && types.test(told))?.[2];
  if (place && !(fixed && place !== '{state}')) return `"${place}"`;
  const value = sampleValue(document, { allOf: [...parts] }, { side: 'answer' });
  return value === undefined ? '…' : shorten(JSON.stringify(value));
}

const LONGEST = 60;

function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** How a place comes to tell its value as a number; undefined: it cannot. */
export function asNumber(place: unknown, expected: string): string | undefined {
  if (!/integer|number/.test(expected)) return undefined;
  if (place === '{job}') return 'write `ids: number` or `ids: integers from 1` under `report`';
  const moment = /^\{(now|eta|createdAt|startedAt|endedAt|doneAt|expiresAt)\}$/.exec(String(place));
  return moment
    ? `write \`{${moment[1]}.epoch}\` for seconds, \`{${moment[1]}.ms}\` for milliseconds`
    : undefined;
}
