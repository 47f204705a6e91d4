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
  return (direction, way, schema) => {
    const file = checkFile(digest, direction, way, schema);
    const code = readIfThere(file);
    return code === undefined ? otherwise(direction, way, schema) : runCheck(code, way, file);
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

/** Where the build puts the code of a check. */
export function checkFile(digest: string, direction: Direction, way: Way, schema: Json): string {
  const asked = JSON.stringify([direction, way, schema]);
  const key = createHash('sha256').update(asked).digest('hex').slice(0, 16);
  return asset('dist', 'documents', digest, `${key}.js`);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
