import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { compileFunction } from 'node:vm';
import type { ValidateFunction } from 'ajv';
import equal from 'ajv/dist/runtime/equal.js';
import ucs2length from 'ajv/dist/runtime/ucs2length.js';
import { asset } from '../assets.js';
import type { Direction } from './direction.js';
import type { Json } from './json.js';
import { patternWhenNeeded } from './pattern.js';
import { type Compile, formatsOf, type Way } from './schema-compiler.js';

/** What Ajv's code asks for, by the name that stands there. */
const LIBRARY: Readonly<Record<string, unknown>> = {
  'ajv/dist/runtime/equal': required(equal),
  'ajv/dist/runtime/ucs2length': required(ucs2length),
};

/** As `require` gives it: a test runner hands over what the module calls its default, Node the module. */
function required(imported: object): unknown {
  return typeof imported === 'function' ? { default: imported } : imported;
}

/** The names by which such code knows what is handed to it. */
const NAMES = ['module', 'require', 'compilePattern', 'formats'];

/**
 * Takes the checks of a document that comes with the package from what the build has compiled: compiling the
 * schema of a body takes a fifth of a start, and Ajv need not be loaded for it.
 * @param digest hash of the document's text
 * @param otherwise compiles what the build has not
 */
export function compiledBefore(digest: string, otherwise: Compile): Compile {
  const file = checksFile(digest);
  const read = bundleReader(file);
  return (direction, way, schema) => {
    const key = checkKey(direction, way, schema);
    const code = read()?.(key);
    return code === undefined
      ? otherwise(direction, way, schema)
      : runCheck(code, way, `${file}/${key}.js`);
  };
}

/** Makes the function of its code. */
export function runCheck(code: string, way: Way, filename: string): ValidateFunction {
  const module: { exports: unknown } = { exports: undefined };
  const library = (name: string) => {
    if (Object.hasOwn(LIBRARY, name)) return LIBRARY[name];
    throw new Error(`compiled checks know no ${name}`);
  };
  const run = compileFunction(code, NAMES, { filename });
  run(module, library, patternWhenNeeded, formatsOf(way));
  return module.exports as ValidateFunction;
}

/** By what a check is known in its file. */
export function checkKey(direction: Direction, way: Way, schema: Json): string {
  const asked = JSON.stringify([direction, way, schema]);
  return createHash('sha256').update(asked).digest('hex').slice(0, 16);
}

/** Where the build puts all checks of a document: whoever installs the package unpacks each file of it. */
export function checksFile(digest: string): string {
  return asset('dist', 'documents', `${digest}.checks`);
}

/** Code of checks by their keys, as one file: a line of JSON says where each begins, and how many bytes it has. */
export function bundleChecks(checks: ReadonlyMap<string, string>): Buffer {
  const codes = [...checks.values()].map((code) => Buffer.from(code));
  const places: Record<string, [start: number, bytes: number]> = {};
  let start = 0;
  for (const [i, key] of [...checks.keys()].entries()) {
    const bytes = codes[i]?.length ?? 0;
    places[key] = [start, bytes];
    start += bytes;
  }
  return Buffer.concat([Buffer.from(`${JSON.stringify(places)}\n`), ...codes]);
}

type CodeOf = (key: string) => string | undefined;

/** Reads such a file when it is first asked for, and again where the memory was needed for something else. */
function bundleReader(file: string): () => CodeOf | undefined {
  let held: WeakRef<CodeOf> | undefined;
  let isMissing = false;
  return () => {
    const there = held?.deref();
    if (there || isMissing) return there;
    const bundle = readIfThere(file);
    isMissing = bundle === undefined;
    if (!bundle) return undefined;
    const found = codeIn(bundle);
    held = new WeakRef(found);
    return found;
  };
}

function codeIn(bundle: Buffer): CodeOf {
  const end = bundle.indexOf('\n');
  const places = new Map<string, [number, number]>(
    Object.entries(JSON.parse(bundle.toString('utf8', 0, end))),
  );
  return (key) => {
    const [start, bytes] = places.get(key) ?? [0, 0];
    return bytes === 0
      ? undefined
      : bundle.toString('utf8', end + 1 + start, end + 1 + start + bytes);
  };
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
