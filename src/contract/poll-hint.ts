import type { Duration } from '../time/moments.js';
import {
  type BodyField,
  behindWord,
  bodyField,
  type HeaderField,
  headerField,
} from './named-field.js';

export const HINT_UNITS = ['s', 'ms', 'duration', 'date'] as const;

/** Where the API's own word for "come back then" stands in its answers, and what it means. */
export interface PollHint {
  at: HeaderField | BodyField;
  /** As the API calls it: `interval`, `openai-poll-after-ms`. */
  word: string;
  /** Numbers of seconds or milliseconds, a text such as `5s`, or a moment. */
  unit: (typeof HINT_UNITS)[number];
  /** What holds before an answer has told anything; undefined: nothing. RFC 8628 §3.2 has five seconds. */
  usual: Duration | undefined;
}

export const POLL_HINT_HINT =
  'write header.openai-poll-after-ms for a header, body.interval for a field of the body';

/** `header.NAME`, `body.path.of.a.field`; undefined when it is neither. */
export function parseHintPlace(text: string): Pick<PollHint, 'at' | 'word'> | undefined {
  const name = behindWord(text, 'header');
  const keys = behindWord(text, 'body');
  const at = name === undefined ? keys && bodyField(keys) : headerField(name);
  if (!at) return undefined;
  return { at, word: name ?? ('field' in at ? (at.field.at(-1) ?? '') : '') };
}

/** Names that end with ms or milliseconds say what they count. */
export function unitOf(word: string): PollHint['unit'] {
  return /(^|[-_.])ms$|[a-z]Ms$|millis(econds)?$/.test(word) ? 'ms' : 's';
}
