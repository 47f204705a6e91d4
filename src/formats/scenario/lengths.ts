import type { Eta, RetryAfter, StepDuration } from '../../scenario/scenario.js';
import { parseDuration } from '../../time/duration.js';

export const LENGTH_HINT =
  'write a duration (3s), a number of polls (2 polls), or "until released"';

/** How long a step lasts; undefined when the text is none of its forms. */
export function parseLength(text: string): StepDuration | undefined {
  if (text === 'until released') return { kind: 'released' };
  if (text === 'ever') return { kind: 'ever' };
  const polls = /^([1-9]\d{0,8}) polls?$/.exec(text)?.[1];
  if (polls) return { kind: 'polls', polls: Number(polls) };
  const time = parseDuration(text);
  return time !== undefined && time > 0 ? { kind: 'time', time } : undefined;
}

const FROM_START = ' from start';

/** When the client is told to come back; undefined when the text is no time. */
export function parseEta(text: string): Eta | undefined {
  const fromStart = text.endsWith(FROM_START);
  const after = parseDuration(fromStart ? text.slice(0, -FROM_START.length) : text);
  return after === undefined ? undefined : { from: fromStart ? 'start' : 'answer', after };
}

const AS = / +as (date|epoch seconds|epoch milliseconds)$/;

/** `5s`, `5s as date`, `-5s as epoch seconds`; undefined when the text is no time, or a number of seconds below zero. */
export function parseRetryAfter(text: string): RetryAfter | undefined {
  const [tail = '', as = 'seconds'] = AS.exec(text) ?? [];
  const after = parseDuration(text.slice(0, text.length - tail.length));
  if (after === undefined || (after < 0 && as === 'seconds')) return undefined;
  return { after, as: as as RetryAfter['as'] };
}

/** The same for a key that holds a duration, where one stands. */
export function millis(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseDuration(text);
}
