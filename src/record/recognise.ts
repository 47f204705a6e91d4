import type { AnswerTemplate, Binding, StateBinding } from '../contract/binding.js';
import { at, isObject } from '../contract/json.js';
import { pieces } from '../contract/template.js';
import { pathsIn, saysTheSame, type Unfilled, unfill } from '../contract/unfill.js';
import type { Outcome } from '../outcome.js';
import type { Body, HeaderLines } from './seen.js';
import { headerOf } from './seen.js';

/** An answer as the binding reads it. */
export interface Read {
  places: ReadonlyMap<string, unknown>;
  /** The envelope's name; `bare` without one. */
  envelope: string;
  /** Paths of what the answer holds and the binding never speaks of. */
  extras: readonly string[];
}

export interface ReadState extends Read {
  state: string;
  shape: string;
  outcome: Outcome;
}

export interface Reply {
  status: number;
  headers: HeaderLines;
  body: Body;
}

/** Reads the answer of an operation that schedules; undefined when it is none that the binding knows. */
export function readScheduled(binding: Binding, operation: string, reply: Reply): Read | undefined {
  const schedule = binding.schedules.get(operation);
  const [best] = [...(schedule?.shapes.values() ?? [])]
    .flatMap((shape) => readings(binding, shape, reply))
    .sort(nearest);
  if (!best || !schedule?.link || !best.places.has('link')) return best;
  // The job's id may stand in the link alone.
  const link = unfill(schedule.link.source, best.places.get('link'));
  return link ? { ...best, places: new Map([...link.places, ...best.places]) } : best;
}

/** Reads a report of a job: every state and shape whose template could have made it, the nearest first. */
export function readStates(binding: Binding, reply: Reply): ReadState[] {
  const found = [...binding.states].flatMap(([name, { outcome, shapes }]) =>
    [...shapes].flatMap(([shape, template]) =>
      readings(binding, template, reply).flatMap((read): ReadState[] => {
        const state = stateOf(binding, name, shape, read);
        return state === undefined ? [] : [{ ...read, state, shape, outcome }];
      }),
    ),
  );
  return found.sort(nearest);
}

/** The state that is told by a template of one; undefined when it is another one's. */
function stateOf(
  binding: Binding,
  name: string,
  shape: string,
  { places }: Read,
): string | undefined {
  const told = places.has('state') ? places.get('state') : name;
  if (told === name) return name;
  if (typeof told !== 'string' || binding.states.has(told)) return undefined;
  // A state that the binding does not know looks like an open one, in its first shape.
  const [open, { shapes }] = [...binding.states].find(([, s]) => s.outcome === 'open') as [
    string,
    StateBinding,
  ];
  return name === open && shape === shapes.keys().next().value ? told : undefined;
}

/** Every way to read an answer by a template: in each envelope, and without one. */
function readings(binding: Binding, template: AnswerTemplate, reply: Reply): Read[] {
  if (reply.status !== template.http) return [];
  const headers = readHeaders(template, reply.headers);
  if (!headers) return [];
  const { data: wanted } = template;
  if (!wanted) {
    // Without a body there is nothing in which an envelope or more than the headers could stand.
    return reply.body.text === '' ? [{ places: headers, envelope: 'bare', extras: [] }] : [];
  }
  return [...datas(binding, template, reply)]
    .flatMap(({ envelope, data, outer }): Read[] => {
      const inner = unfill(wanted.source, data);
      if (!inner || clash(headers, inner.places)) return [];
      const extras = [...outer, ...inner.extras];
      if (extras.some((path) => spokenOf(binding).has(path))) return [];
      return [{ places: new Map([...headers, ...inner.places]), envelope, extras }];
    })
    .sort(nearest);
}

function* datas(binding: Binding, template: AnswerTemplate, { status, body }: Reply) {
  for (const [envelope, { source }] of binding.envelopes) {
    if (template.bare) break;
    const around = unfill(source, body.json);
    const http = around?.places.get('http') ?? status;
    if (!around || http !== status) continue;
    yield { envelope, data: around.places.get('data'), outer: around.extras };
  }
  yield { envelope: 'bare', data: body.json ?? undefined, outer: [] as readonly string[] };
}

function readHeaders(
  template: AnswerTemplate,
  headers: HeaderLines,
): Map<string, unknown> | undefined {
  const places = new Map<string, unknown>();
  for (const [name, { source }] of Object.entries(template.headers)) {
    const value = headerOf(headers, name.toLowerCase());
    const read = unfill(source, value) ?? unfill(source, pathOf(value));
    if (!read || clash(places, read.places)) return undefined;
    for (const [place, said] of read.places) places.set(place, said);
  }
  return places;
}

/** `http://host/jobs/1` → `/jobs/1`: RFC 9110 §10.2.2 allows both in Location. */
function pathOf(value: string | undefined): string | undefined {
  return value?.replace(/^https?:\/\/[^/]*/i, '');
}

function clash(a: ReadonlyMap<string, unknown>, b: Unfilled['places']): boolean {
  return [...a].some(([name, value]) => b.has(name) && !saysTheSame(b.get(name), value));
}

function nearest(a: Read, b: Read): number {
  return a.extras.length - b.extras.length;
}

const spoken = new WeakMap<Binding, ReadonlySet<string>>();

/**
 * Paths that some template of the binding speaks of. What stands there must be as the template says;
 * what the binding never speaks of may be there or not.
 */
function spokenOf(binding: Binding): ReadonlySet<string> {
  let paths = spoken.get(binding);
  if (!paths) {
    const templates = [
      ...[...binding.schedules.values()].flatMap(({ shapes }) => [...shapes.values()]),
      ...[...binding.states.values()].flatMap((s) => [...s.shapes.values()]),
    ];
    paths = new Set([
      ...templates.flatMap((template) => pathsIn(template.data?.source)),
      ...[...binding.envelopes.values()].flatMap((envelope) => pathsIn(envelope.source)),
    ]);
    spoken.set(binding, paths);
  }
  return paths;
}

/** Where a place stands alone in a body, as keys and indexes: `data.eta`. */
function placesIn(source: unknown, path: readonly string[] = []): Map<string, string[]> {
  const found = new Map<string, string[]>();
  if (typeof source === 'string') {
    const [first, ...more] = pieces(source);
    if (first && 'name' in first && more.length === 0) found.set(first.name, [...path]);
    return found;
  }
  if (typeof source !== 'object' || source === null) return found;
  for (const [key, inner] of Object.entries(source)) {
    for (const [name, place] of placesIn(inner, [...path, key])) {
      if (!found.has(name)) found.set(name, place);
    }
  }
  return found;
}

/** The path of a place of the open state, where a body has a text or a number there, in any envelope. */
export function findPlace(binding: Binding, body: unknown, name: string): string[] | undefined {
  const open = [...binding.states.values()].find(({ outcome }) => outcome === 'open');
  const [template] = open?.shapes.values() ?? [];
  const inner = placesIn(template?.data?.source).get(name);
  if (!inner || !isObject(body)) return undefined;
  const around = [...binding.envelopes.values()].map((e) => placesIn(e.source).get('data') ?? []);
  return [...around, []]
    .map((outer) => [...outer, ...inner])
    .find((path) => /^(string|number)$/.test(typeof at(body, path.join('.'))));
}
