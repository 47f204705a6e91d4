import { type AnswerTemplate, RESULT_PLACES } from '../../contract/answer-template.js';
import type { Binding } from '../../contract/binding.js';
import { parseIdempotency, type Repeats, USUAL_REPEATS } from '../../contract/idempotency.js';
import { isObject, type Json } from '../../contract/json.js';
import { HINT_UNITS, type PollHint, parseHintPlace, unitOf } from '../../contract/poll-hint.js';
import { compileTemplate } from '../../contract/template.js';
import { parseWaitPlace, USUAL_WAIT, type WaitRule } from '../../contract/waiting.js';
import { parseDuration } from '../../time/duration.js';
import type { Duration } from '../../time/moments.js';

export function buildAnswer(value: unknown): AnswerTemplate {
  const from = isObject(value) ? value : {};
  const headers = Object.entries(isObject(from.headers) ? from.headers : {});
  const result = RESULT_PLACES.find((place) => place === from.result);
  return {
    http: Number(from.http ?? 200),
    headers: Object.fromEntries(headers.map(([name, text]) => [name, compileTemplate(text)])),
    data: from.data === undefined ? undefined : compileTemplate(from.data),
    bare: from.bare === true,
    ...(result ? { result } : {}),
  };
}

/** What an answer of its own stands in: beside `shapes` it is the usual one, without them the only one. */
const OWN = ['http', 'headers', 'data', 'bare'];

/** The forms of an answer that schedules: what stands there itself, as `default`, before its `shapes`. */
export function buildScheduledShapes(value: unknown): ReadonlyMap<string, AnswerTemplate> {
  const from = isObject(value) ? value : {};
  const named = Object.entries(isObject(from.shapes) ? from.shapes : {});
  const own = named.length === 0 || OWN.some((key) => from[key] !== undefined);
  return new Map([
    ...(own ? [['default', buildAnswer(from)] as const] : []),
    ...named.map(([name, shape]) => [name, buildAnswer(shape)] as const),
  ]);
}

/** Of a binding, of `report` or of an operation that schedules; undefined where no answer is held. */
export function buildWait(raw: unknown): WaitRule | undefined {
  const from: Json = isObject(raw) ? raw : { by: raw };
  const by = typeof from.by === 'string' ? parseWaitPlace(from.by) : undefined;
  if (!by) return undefined;
  const atMost = length(from.at_most);
  const usual = length(from.usual) ?? atMost ?? USUAL_WAIT;
  return { by, unit: from.unit === 'ms' ? 'ms' : 's', atMost, usual };
}

export function buildPollHint(raw: unknown): PollHint | undefined {
  const from: Json = isObject(raw) ? raw : { at: raw };
  const place = typeof from.at === 'string' ? parseHintPlace(from.at) : undefined;
  if (!place) return undefined;
  const unit = HINT_UNITS.find((known) => known === from.unit) ?? unitOf(place.word);
  return { ...place, unit, usual: length(from.usual) };
}

export function buildIdempotency(raw: unknown): Pick<Binding, 'idempotency' | 'repeats'> {
  const from: Json = isObject(raw) ? raw : { by: raw };
  const idempotency = from.by === undefined ? undefined : parseIdempotency(String(from.by));
  const { again, reused, inProgress } = USUAL_REPEATS;
  const repeats: Repeats = {
    again: from.again === 'report' ? 'report' : again,
    reused: Number(from.reused ?? reused),
    inProgress: from.in_progress === undefined ? inProgress : Number(from.in_progress),
  };
  return { idempotency, repeats };
}

export function buildSlower({ slower }: Json): Duration | undefined {
  return length(slower);
}

function length(said: unknown): Duration | undefined {
  return typeof said === 'string' ? parseDuration(said) : undefined;
}
