import { type AnswerTemplate, RESULT_PLACES } from '../../contract/answer-template.js';
import type { Binding } from '../../contract/binding.js';
import type { Cut } from '../../contract/cut.js';
import {
  type Idempotency,
  parseIdempotency,
  type Repeats,
  USUAL_REPEATS,
} from '../../contract/idempotency.js';
import { isObject, type Json } from '../../contract/json.js';
import { HINT_UNITS, type PollHint, parseHintPlace, unitOf } from '../../contract/poll-hint.js';
import { compileTemplate } from '../../contract/template.js';
import { parseWaitPlace, USUAL_WAIT, type WaitRule } from '../../contract/waiting.js';
import { parseDuration } from '../../time/duration.js';
import type { Duration } from '../../time/moments.js';
import { parseEta } from '../scenario/lengths.js';

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
    ...(isObject(from.cut) ? { cut: buildCut(from.cut) } : {}),
  };
}

function buildCut({ bytes, empty, shorten }: Json): Cut {
  const paths = empty === undefined ? [] : [empty].flat();
  return {
    bytes: Number(bytes),
    empty: paths.map(String),
    shorten: shorten === undefined ? undefined : String(shorten),
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

/** Forms of states by their names, where a scenario names none. */
export function buildUsual(raw: unknown): { usual?: ReadonlyMap<string, string> } {
  const named = Object.entries(isObject(raw) ? raw : {});
  return named.length === 0
    ? {}
    : { usual: new Map(named.map(([k, shape]) => [k, String(shape)])) };
}

/** What etas say where no scenario does: `60000s from start`, or more about it. */
export function buildUsualEta(raw: unknown): Pick<Binding, 'usualEta'> {
  const from: Json = isObject(raw) ? raw : { tells: raw };
  const eta = typeof from.tells === 'string' ? parseEta(from.tells.trim()) : undefined;
  if (!eta) return {};
  return {
    usualEta: { ...eta, setting: from.setting === undefined ? undefined : String(from.setting) },
  };
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

export function buildIdempotency(raw: unknown): Pick<Binding, 'idempotency' | 'idempotencies'> {
  const idempotencies = [raw].flat().flatMap(oneIdempotency);
  return { idempotency: idempotencies[0]?.key, idempotencies };
}

function oneIdempotency(raw: unknown): Idempotency[] {
  const from: Json = isObject(raw) ? raw : { by: raw };
  const key = from.by === undefined ? undefined : parseIdempotency(String(from.by));
  if (!key) return [];
  const { again, reused, inProgress } = USUAL_REPEATS;
  const repeats: Repeats = {
    again: from.again === 'report' ? 'report' : again,
    reused: Number(from.reused ?? reused),
    inProgress: from.in_progress === undefined ? inProgress : Number(from.in_progress),
  };
  return [{ key, repeats }];
}

export function buildSlower({ slower }: Json): Duration | undefined {
  return length(slower);
}

function length(said: unknown): Duration | undefined {
  return typeof said === 'string' ? parseDuration(said) : undefined;
}
