import { createHash } from 'node:crypto';
import { isMap, isSeq } from 'yaml';
import type { Binding } from '../../contract/binding.js';
import type { Json } from '../../contract/json.js';
import type { Problem } from '../../problem.js';
import { plain } from '../../yaml.js';
import { checkShape } from '../check-shape.js';
import type { FormatDocument, Path } from '../document.js';
import { openDocument } from '../open-document.js';
import { BindingFile } from './binding-file.js';
import { type BindingSource, buildBinding } from './build.js';
import { checkWords } from './check-words.js';

/**
 * Reads the text of a binding file.
 * @throws FileError with every mistake, each at its place
 */
export function parseBinding(file: string, text: string): Binding {
  const { source, problems } = readBinding(file, text);
  const digest = createHash('sha256').update(text).digest('hex');
  return { ...buildBinding(file, digest, source), problems };
}

/**
 * What a binding file says, and what is found wrong in it although it can be used.
 * @throws FileError when it cannot be used
 */
export function readBinding(
  file: string,
  text: string,
): { source: BindingSource; problems: Problem[] } {
  const document = openDocument(file, text, 'BINDING');
  const found = checkShape(document, BindingFile, 'BINDING', (path, unknownKey) =>
    (unknownKey ? refusedKey(document, path) : refusedValue(path)) ? {} : { usable: true },
  );
  checkWords(document, found as Json);
  const problems = document.end();
  return {
    source: { value: plain(document.yaml.root) as Json, positions: positionsOf(document) },
    problems,
  };
}

/** Is this where a binding has an answer of its own? */
function isAnswer([part, , key, , ...deeper]: Path, length: number): boolean {
  if (part === 'scheduled') return length === 1;
  if (part === 'schedules') return key === 'scheduled' && length === 3;
  if (part !== 'states') return false;
  return length === 2 || (key === 'shapes' && length === 4 && deeper.length === 0);
}

/** New since then, so that nobody has a mistake in them that was passed over. */
const NEW_PARTS = ['cancel', 'delete', 'list', 'results', 'expires', 'resources'];
/** Keys that say how answers are given, all of them newer than 0.3.0. */
const NEW = ['wait', 'poll_hint', 'slower'];

/** Does the path lead to such a key, or into one? A key of `idempotency` is new, its text alone is not. */
function isNew(path: Path): boolean {
  const [part, second, third] = path;
  if (part === 'idempotency') return path.length > 1;
  if (part === 'scheduled') return second === 'shapes';
  if (part === 'schedules')
    return third === 'wait' || (third === 'scheduled' && path[3] === 'shapes');
  if (part === 'states') return third === 'slower' || path.at(-1) === 'result';
  return NEW.includes(String(part === 'report' ? second : part));
}

/** Unknown keys that 0.3.0 refused; the others it passed over, so that a server must not end with them now. */
function refusedKey(document: FormatDocument, path: Path): boolean {
  const [part, name] = path;
  if (NEW_PARTS.includes(String(part))) return true;
  // New since then, so that nobody has one that was passed over.
  if (path.length === 1 || part === 'places' || isNew(path)) return true;
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
  if (isAnswer(path, path.length) || part === 'places' || isNew(path)) return true;
  if (part === 'report') return path.length === 1 || ['operation', 'job', 'ids'].includes(key);
  if (path.length === 1) return ['schedules', 'states', 'scheduled', 'binding'].includes(key);
  const inAnswer = ['scheduled', 'schedules', 'states'].includes(String(part));
  // No server has started with a prefix that begins otherwise; `prefixes: /api` was passed over.
  if (part === 'prefixes') return path.length === 2;
  return inAnswer && ['http', 'outcome'].includes(key);
}

/** Where the keys stand, down to the second level, and all of operations and resources: what is found wrong later needs them. */
function positionsOf(document: FormatDocument): Binding['positions'] {
  const positions: Record<string, { line: number; column: number }> = {};
  const add = (path: Path) => {
    const node = document.node(path);
    positions[path.join('.')] = document.yaml.at(document.keyNode(path) ?? node);
    const isNew = NEW_PARTS.includes(String(path[0]));
    if (path.length > 1 && !isNew) return;
    if (isMap(node)) for (const { key } of node.items) add([...path, String(plain(key))]);
    else if (isNew && isSeq(node)) for (const i of node.items.keys()) add([...path, i]);
  };
  if (isMap(document.yaml.root)) {
    for (const { key } of document.yaml.root.items) add([String(plain(key))]);
  }
  return positions;
}
