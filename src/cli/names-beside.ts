import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
} from 'node:fs';
import { basename, join, parse } from 'node:path';

/** How the files beside a document are called. */
interface Names {
  binding: string;
  scenarios: string;
  suites: string;
  page: string;
  /** Options of commands that take no file, in the folder and from here. */
  options: string;
}

/** Suites of a pack lie beside its document; where there are several documents, names of files begin with its own. */
export function namesBeside(file: string): Names {
  const { dir, name } = parse(file);
  const folder = dir === '' ? '.' : dir;
  if (name === 'openapi')
    return {
      binding: 'binding.yaml',
      scenarios: 'scenarios',
      suites: 'suites',
      page: pageIn(folder),
      options: '--pack .',
    };
  const prefix = hasOthers(folder, basename(file)) ? `${name}.` : '';
  const scenarios = `${prefix}scenarios`;
  return {
    binding: `${prefix}binding.yaml`,
    scenarios,
    suites: join(scenarios, 'suites'),
    page: prefix === '' ? pageIn(folder) : `${prefix}SANDBOX.md`,
    options: `--spec ${file} --scenarios ${join(folder, scenarios)}`,
  };
}

/** A folder's own page stays what it is. */
function pageIn(folder: string): string {
  return isForeign(join(folder, 'README.md')) ? 'SANDBOX.md' : 'README.md';
}

/** Are there other OpenAPI documents in the folder? They begin like one. */
function hasOthers(folder: string, document: string): boolean {
  return readdirSync(folder).some((name) => {
    if (name === document || !/\.(ya?ml|json)$/.test(name)) return false;
    return /^(?:\s*"openapi"|\{\s*"openapi"|["']?openapi["']?)\s*:/m.test(
      beginningOf(join(folder, name)),
    );
  });
}

const BEGINNING = 4096;

/** What cannot be read is no document. */
function beginningOf(path: string): string {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return '';
  try {
    const file = openSync(path, 'r');
    const buffer = Buffer.alloc(BEGINNING);
    const length = readSync(file, buffer, 0, BEGINNING, 0);
    closeSync(file);
    return buffer.toString('utf8', 0, length);
  } catch {
    return '';
  }
}

function isForeign(path: string): boolean {
  return existsSync(path) && !readFileSync(path, 'utf8').startsWith('<!-- esoz-sandbox init ');
}
