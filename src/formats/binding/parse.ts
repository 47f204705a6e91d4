import { createHash } from 'node:crypto';
import type { Binding } from '../../contract/binding.js';
import { isObject, type Json } from '../../contract/json.js';
import type { Problem } from '../../problem.js';
import { plain } from '../../yaml.js';
import { checkShape } from '../check-shape.js';
import type { FormatDocument, Path } from '../document.js';
import { openDocument } from '../open-document.js';
import { BindingFile } from './binding-file.js';
import { type BindingSource, type Bindings, buildBindings } from './build.js';
import { checkWords } from './check-words.js';
import { KindDocument } from './kind-document.js';

/**
 * Reads the text of a binding file that has one kind of jobs, or of the first of several.
 * @throws FileError with every mistake, each at its place
 */
export function parseBinding(file: string, text: string): Binding {
  return parseBindings(file, text)[0];
}

/** The same for every kind of jobs that it has: at least one. */
export function parseBindings(file: string, text: string): Bindings {
  const { sources, problems } = readBinding(file, text);
  const digest = createHash('sha256').update(text).digest('hex');
  return buildBindings(file, digest, sources, problems);
}

/**
 * What a binding file says, each kind of its jobs apart, and what is found wrong in it although it can be used.
 * @throws FileError when it cannot be used
 */
export function readBinding(
  file: string,
  text: string,
): { sources: BindingSource[]; problems: Problem[] } {
  const document = openDocument(file, text, 'BINDING');
  const found = checkShape(document, BindingFile, 'BINDING', (path, unknownKey) =>
    (unknownKey ? refusedKey(document, path) : refusedValue(path)) ? {} : { usable: true },
  ) as Json;
  const views = viewsOf(document, found);
  for (const { view, value } of views) checkWords(view, value);
  const problems = document.end();
  const whole = plain(document.yaml.root) as Json;
  const sources = views.map(({ view, kind }) => {
    const value = valueOfKind(whole, kind);
    return {
      value,
      positions: positionsOf(view, value),
      ...(kind === undefined ? {} : { kind }),
    };
  });
  return { sources, problems };
}

interface View {
  view: FormatDocument;
  value: Json;
  /** Undefined: the binding has one kind of jobs. */
  kind?: string;
}

/** The file as a binding of one kind of jobs, or of each that it has. */
function viewsOf(document: FormatDocument, found: Json): View[] {
  if (!document.has(['kinds'])) return [{ view: document, value: found }];
  const kinds = Object.keys(isObject(found.kinds) ? found.kinds : {});
  if (kinds.length === 0 && !document.isFaultyWithin(['kinds'])) {
    const hint = 'give it a kind of jobs: exports: { schedules: …, report: …, states: … }';
    document.wrong(['kinds'], 'BINDING_MISSING_KEY', '`kinds` names none', hint);
  }
  return kinds.map((kind) => ({
    view: new KindDocument(document, kind),
    value: valueOfKind(found, kind),
    kind,
  }));
}

/** What a kind says itself, and what stands at the top beside the kinds. */
function valueOfKind({ kinds, parts: _, ...common }: Json, kind: string | undefined): Json {
  const own = kind === undefined || !isObject(kinds) ? undefined : kinds[kind];
  return { ...common, ...(isObject(own) ? own : {}) };
}

/** Is this where a binding has an answer of its own? */
function isAnswer([part, , key, , ...deeper]: Path, length: number): boolean {
  if (part === 'scheduled') return length === 1;
  if (part === 'schedules') return key === 'scheduled' && length === 3;
  if (part !== 'states') return false;
  return length === 2 || (key === 'shapes' && length === 4 && deeper.length === 0);
}

/** New since then, so that nobody has a mistake in them that was passed over. */
const NEW_PARTS = [
  'aliases',
  'cancel',
  'delete',
  'list',
  'results',
  'expires',
  'webhooks',
  'resources',
  'gateway',
];
/** Keys that say how answers are given, all of them newer than 0.3.0. */
const NEW = ['usual_eta', 'wait', 'poll_hint', 'slower', 'unknown'];

/** Does the path lead to such a key, or into one? A key of `idempotency` is new, its text alone is not. */
function isNew(path: Path): boolean {
  const [part, second, third] = path;
  if (part === 'idempotency') return path.length > 1;
  if (part === 'scheduled') return second === 'shapes';
  if (part === 'schedules')
    return (
      ['wait', 'usual'].includes(String(third)) || (third === 'scheduled' && path[3] === 'shapes')
    );
  if (part === 'states')
    return third === 'slower' || path.at(-1) === 'result' || path.includes('cut');
  return NEW.includes(String(part === 'report' ? second : part));
}

/** Unknown keys that 0.3.0 refused; the others it passed over, so that a server must not end with them now. */
function refusedKey(document: FormatDocument, path: Path): boolean {
  const [part, name] = path;
  if (NEW_PARTS.includes(String(part))) return true;
  // New since then, so that nobody has one that was passed over.
  if (path.length === 1 || part === 'places' || part === 'kinds' || isNew(path)) return true;
  if (part === 'schedules' && path.length === 3) return true;
  if (['outcome', 'shapes'].includes(String(path.at(-1)))) return false;
  const around = path.slice(0, -1);
  if (part === 'states' && around.length === 2)
    return !document.has(['states', name ?? '', 'shapes']);
  return isAnswer(around, around.length);
}

/** The same of values. */
function refusedValue(path: Path): boolean {
  const [part] = path;
  if (NEW_PARTS.includes(String(part))) return true;
  const key = String(path.at(-1));
  if (isAnswer(path, path.length) || part === 'places' || part === 'kinds' || isNew(path))
    return true;
  if (part === 'report') return path.length === 1 || ['operation', 'job', 'ids'].includes(key);
  if (path.length === 1) return ['schedules', 'states', 'scheduled', 'binding'].includes(key);
  const inAnswer = ['scheduled', 'schedules', 'states'].includes(String(part));
  // No server has started with a prefix that begins otherwise; `prefixes: /api` was passed over.
  if (part === 'prefixes') return path.length === 2;
  return inAnswer && ['http', 'outcome'].includes(key);
}

/** What is found wrong later is seldom deeper in a file. */
const DEEPEST = 8;

/** Where the keys of a binding stand, and the entries of its lists, by their paths. */
function positionsOf(document: FormatDocument, value: Json): Binding['positions'] {
  const positions: Record<string, { line: number; column: number }> = {};
  const add = (path: Path, inner: unknown) => {
    const node = document.keyNode(path) ?? document.node(path);
    if (node) positions[path.join('.')] = document.yaml.at(node);
    if (path.length < DEEPEST) addWithin(path, inner);
  };
  const addWithin = (path: Path, inner: unknown) => {
    const isList = Array.isArray(inner);
    if (!isList && !isObject(inner)) return;
    for (const [key, deeper] of Object.entries(inner)) {
      add([...path, isList ? Number(key) : key], deeper);
    }
  };
  addWithin([], value);
  return positions;
}
