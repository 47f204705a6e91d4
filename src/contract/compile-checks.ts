import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ValidateFunction } from 'ajv';
import { bundleChecks, checkKey, checksFile, runCheck } from './compiled-checks.js';
import type { Direction } from './direction.js';
import type { OpenApiDocument } from './document.js';
import type { Json } from './json.js';
import { loadAjv } from './libraries.js';
import type { Operation, ParameterPlace } from './operation.js';
import { formatsOf, type KnownOfText, makeAjvs, type Way } from './schema-compiler.js';
import { Validator } from './validator.js';

/** Which messages of an operation. */
export type Messages = 'requests' | 'both';

const PLACES: readonly ParameterPlace[] = ['path', 'query', 'header', 'cookie'];

/** Finds nothing: all errors of an answer are looked for where somebody writes it, and never while it is served. */
const GOOD = Object.assign(() => true, { errors: null }) as unknown as ValidateFunction;

/** Has an error whatever it is asked, so that a validator looks for the others too. */
const BAD = Object.assign(() => false, {
  errors: [{ instancePath: '', schemaPath: '', keyword: 'type', params: {} }],
}) as unknown as ValidateFunction;

/** Makes code of the same meaning that is shorter; Ajv writes every schema that a check comes from into it. */
export type Shorten = (code: string) => string;

/** Compiles the checks that requests and answers of some operations need, and keeps their code; run by the build. */
export async function writeChecks(
  document: OpenApiDocument,
  digest: string,
  operations: readonly { operation: Operation; messages: Messages }[],
  known: KnownOfText,
  shorten: Shorten = (code) => code,
): Promise<void> {
  const codeOf = makeCoder(document, known);
  const found = new Map<string, string>();
  const validator = new Validator(document, known, (direction, way, schema) => {
    const code = codeOf(direction, way, schema);
    if (code !== undefined) found.set(checkKey(direction, way, schema), shorten(code));
    return direction === 'request' ? BAD : GOOD;
  });
  for (const { operation, messages } of operations) {
    askOfRequests(validator, operation);
    if (messages === 'both') askOfAnswers(validator, operation);
  }
  const file = checksFile(digest);
  await mkdir(dirname(file), { recursive: true });
  // Another process may be reading it.
  await writeFile(`${file}.new`, bundleChecks(found));
  await rename(`${file}.new`, file);
}

/** The code of a check; undefined where it needs what cannot be written down. */
function makeCoder(document: OpenApiDocument, known: KnownOfText) {
  const { standalone, _ } = loadAjv();
  const ajvFor = makeAjvs(document, known, { source: true, formats: _`formats`, optimize: true });
  return (direction: Direction, way: Way, schema: Json): string | undefined => {
    try {
      const { ajv, meant } = ajvFor(direction, way);
      const code = standalone(ajv, ajv.compile(meant(schema)));
      runCheck(code, way, 'check.js');
      return knowsFormats(code, way) ? code : undefined;
    } catch {
      return undefined;
    }
  };
}

/** Formats of Ajv's own are not handed to code that the build has compiled. */
function knowsFormats(code: string, way: Way): boolean {
  const known = formatsOf(way);
  const named = [...code.matchAll(/\bformats(?:\.(\w+)|\["([^"]+)"\])/g)];
  return named.every(([, plain, quoted]) => Object.hasOwn(known, plain ?? quoted ?? ''));
}

/** Asks for every check of an operation's requests. */
function askOfRequests(validator: Validator, operation: Operation): void {
  for (const place of PLACES) validator.parameters(operation, place, {});
  for (const type of Object.keys(operation.body?.content ?? {})) {
    validator.body(operation, type, null);
  }
}

function askOfAnswers(validator: Validator, operation: Operation): void {
  for (const [status, { content }] of Object.entries(operation.answers)) {
    for (const type of Object.keys(content)) {
      validator.answer(operation, statusLike(status), type, null);
    }
  }
}

/** One that the contract answers like this: 4XX has 499, and what is left has 999. */
function statusLike(status: string): number {
  return Number(status.replace('default', '999').replace(/XX$/i, '99'));
}
