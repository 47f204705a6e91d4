import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { relative, resolve as resolvePath } from 'node:path';
import type { FileInfo } from '@apidevtools/json-schema-ref-parser';
import { asset } from '../assets.js';
import type { ErrorCode } from '../error-codes.js';
import { FileError, type Problem } from '../problem.js';
import { halfSignIn } from './half-signs.js';
import { isObject, type Json, parseJson } from './json.js';
import { follow } from './pointer.js';
import { type Reference, referencesOut } from './references.js';
import { pathOf } from './walk.js';

/** An OpenAPI document in memory; every `$ref` in it is local. */
export interface OpenApiDocument extends Json {
  openapi: string;
  info: { title: string; version: string };
  paths: Json;
}

export interface ReadDocument {
  document: OpenApiDocument;
  text: string;
  /** Hash of all that it is made from. */
  digest: string;
  /** It comes with the package, was found good when that was built, and is normalized. */
  prepared: boolean;
  /** Made of several files. */
  bundled: boolean;
}

/**
 * Reads an OpenAPI document of 3.0, 3.1 or 3.2 (YAML or JSON), with the files that it refers to.
 * @param fresh do not look for what the build has prepared
 * @throws FileError that says what is wrong, where, and what to do next
 */
export async function readDocument(file: string, fresh = false): Promise<ReadDocument> {
  const { text, digest } = await readTextOf(file);
  const prepared = fresh ? undefined : await readPrepared(digest);
  if (prepared) return { document: prepared, text, digest, prepared: true, bundled: false };
  const document = await checkKind(file, text, await parseText(file, text));
  const alone = { document, text, digest, prepared: false, bundled: false };
  if (!/\$ref['"]?\s*:\s*['"]?[^'"#\s]/.test(text)) {
    return alone;
  }
  const out = referencesOut(document);
  await refuseRemote(file, text, out);
  if (out.length === 0) return alone;
  const whole = await bundle(file, document);
  const all = createHash('sha256').update(JSON.stringify(whole)).digest('hex');
  return { document: whole, text, digest: all, prepared: false, bundled: true };
}

/** Its text alone, and the hash of that. @throws FileError */
export async function readTextOf(file: string): Promise<{ text: string; digest: string }> {
  const text = await readText(file);
  return { text, digest: createHash('sha256').update(text).digest('hex') };
}

/** A problem of a document, with its line and column. */
async function wrongAt(
  file: string,
  text: string,
  path: readonly string[],
  problem: Pick<Problem, 'code' | 'message' | 'hint'>,
): Promise<FileError> {
  const { locatorOf } = await import('../yaml-fast.js');
  const place = path.length > 0 ? locatorOf(text)(path, 'key') : { line: 0, column: 0 };
  return new FileError([{ file, ...place, ...problem }]);
}

async function checkKind(file: string, text: string, document: unknown): Promise<OpenApiDocument> {
  if (!isObject(document)) {
    throw await wrongAt(file, text, [], {
      code: 'CONTRACT_NOT_OPENAPI',
      message: 'is not an OpenAPI document',
      hint: 'it must be a mapping that starts with `openapi: 3.…`',
    });
  }
  if (document.openapi === undefined && String(document.swagger).startsWith('2')) {
    throw await wrongAt(file, text, ['swagger'], {
      code: 'CONTRACT_VERSION',
      message: 'this is Swagger 2.0, and OpenAPI 3.0, 3.1 and 3.2 are read',
      hint: `convert it: npx swagger2openapi --patch --yaml --outfile openapi.yaml ${quoted(file)}`,
    });
  }
  // Without quotes YAML reads 3.1 as a number.
  const version = String(document.openapi ?? 'none');
  if (!/^3\.[012](?:\.|$)|^3$/.test(version)) {
    throw await wrongAt(file, text, 'openapi' in document ? ['openapi'] : [], {
      code: 'CONTRACT_VERSION',
      message: `OpenAPI version is ${JSON.stringify(document.openapi ?? document.swagger ?? 'none')}, and only 3.0.x, 3.1.x and 3.2.x are read`,
      hint: 'convert the document to OpenAPI 3 first',
    });
  }
  document.openapi = version === '3' ? '3.0' : version;
  if (document.paths === undefined && isObject(document.webhooks)) document.paths = {};
  if (!isObject(document.paths)) {
    throw await wrongAt(file, text, [], {
      code: 'CONTRACT_NO_PATHS',
      message: 'has no `paths`',
      hint: 'a contract needs at least one operation',
    });
  }
  const half = halfSignIn(text, document);
  if (half) {
    throw await wrongAt(file, text, half, {
      code: 'CONTRACT_HALF_SIGN',
      message: 'a name has half of a pair of surrogates in it, which no client could send',
      hint: 'write the sign itself, or both halves of it',
    });
  }
  return document as OpenApiDocument;
}

/** As a shell takes it for one word. */
function quoted(file: string): string {
  return /^[\w./:@-]+$/.test(file) ? file : JSON.stringify(file);
}

/** Nothing is fetched over the network: a start must not depend on it. */
async function refuseRemote(file: string, text: string, out: readonly Reference[]): Promise<void> {
  const remote = out.find(
    ({ ref }) => /^[a-z][a-z0-9+.-]+:\/\//i.test(ref) || ref.startsWith('//'),
  );
  if (!remote) return;
  throw await wrongAt(file, text, [...pathOf(remote.place), '$ref'], {
    code: 'CONTRACT_REMOTE_REF',
    message: `the $ref ${JSON.stringify(remote.ref)} leads to the network, which is not used`,
    hint: bundling(file),
  });
}

function bundling(file: string): string {
  return `bundle the document first: npx @redocly/cli bundle ${quoted(file)} -o bundled.yaml`;
}

/** More than the longest documents that are published. */
const MAX_BYTES = 64 * 1024 * 1024;

async function readText(file: string): Promise<string> {
  const problem = (code: ErrorCode, message: string, hint: string) =>
    new FileError([{ code, file, line: 0, column: 0, message, hint }]);
  try {
    const { size } = await stat(file);
    if (size > MAX_BYTES) {
      const message = `is longer than ${MAX_BYTES / 1024 / 1024} MiB`;
      throw problem('FILE_TOO_LARGE', message, 'is it the right file?');
    }
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof FileError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw problem('FILE_UNREADABLE', `cannot be read (${code})`, 'check the path');
  }
}

/**
 * Contracts that come with the package are read and normalized when it is built: a tenth of a second of
 * the start. The prepared file is named after the text's hash, so a changed text is simply read itself.
 */
async function readPrepared(digest: string): Promise<OpenApiDocument | undefined> {
  try {
    return JSON.parse(await readFile(preparedFile(digest), 'utf8'));
  } catch {
    return undefined;
  }
}

/** Where the build puts a document. */
export function preparedFile(digest: string): string {
  return asset('dist', 'documents', `${digest}.json`);
}

async function parseText(file: string, text: string): Promise<unknown> {
  const value = readJson(text) ?? (await readAsYaml(file, text));
  if (!deeperThan(MAX_DEPTH, value)) return value;
  const message = `nested deeper than ${MAX_DEPTH} levels`;
  const hint = 'put schemas below components and refer to them';
  throw new FileError([{ code: 'CONTRACT_TOO_DEEP', file, line: 0, column: 0, message, hint }]);
}

/** Undefined when it is none: YAML says where the mistake is, for JSON is YAML too. */
function readJson(text: string): unknown {
  return text.trimStart().startsWith('{') ? parseJson(text) : undefined;
}

/** Most documents are read by the fast reader; the other one knows what is wrong, and where. */
async function readAsYaml(file: string, text: string): Promise<unknown> {
  const { readYamlFast } = await import('../yaml-fast.js');
  const fast = readYamlFast(text);
  if (fast) return fast.value;
  const { readYaml } = await import('../yaml.js');
  return readYaml(file, text, MAX_BYTES, MAX_KEYS).value();
}

/** Schemas of the largest document that is known, ten times. */
const MAX_KEYS = 100_000;

/** What walks through a contract calls itself for each level. */
const MAX_DEPTH = 200;

function deeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => deeperThan(levels - 1, inner));
}

/** Pulls references to other files into the document. */
async function bundle(file: string, document: Json): Promise<OpenApiDocument> {
  const { $RefParser } = await import('@apidevtools/json-schema-ref-parser');
  try {
    const yaml = { parse: ({ url, data }: FileInfo) => parseText(url, String(data)) };
    const options = { resolve: { http: false as const }, parse: { json: yaml, yaml } };
    const whole = await $RefParser.bundle(file, document, options);
    return whole as unknown as OpenApiDocument;
  } catch (error) {
    const broken = await findBroken(file);
    if (broken) throw broken;
    const { message: why } = error as Error;
    const message = `a $ref cannot be followed: ${why}`;
    const remote = /\bhttps?:\/\//.test(why);
    throw new FileError([
      {
        code: remote ? 'CONTRACT_REMOTE_REF' : 'CONTRACT_UNKNOWN_REF',
        file,
        line: 0,
        column: 0,
        message,
        hint: remote
          ? bundling(file)
          : 'references to files beside the document are followed, the network is not used',
      },
    ]);
  }
}

/** What hinders bundling, with its place in the file that it stands in. */
async function findBroken(document: string): Promise<FileError | undefined> {
  const { findBrokenReference } = await import('./broken-reference.js');
  // A file that is no YAML is what bundling has told already.
  const found = await findBrokenReference(resolvePath(document), parseText).catch(() => undefined);
  if (!found) return undefined;
  const { file, text, path, remote, message, hint } = found;
  const named = relative(process.cwd(), file);
  return wrongAt(named.startsWith('..') ? file : named, text, path, {
    code: remote ? 'CONTRACT_REMOTE_REF' : 'CONTRACT_UNKNOWN_REF',
    message,
    hint: remote ? bundling(document) : hint,
  });
}

/** Follows local `$ref`s at this place until something else stands there. */
export function resolve(document: Json, value: unknown): Json | undefined {
  let here = value;
  for (let hops = 0; hops < 50; hops += 1) {
    if (!isObject(here)) return undefined;
    if (typeof here.$ref !== 'string') return here;
    here = follow(document, here.$ref)?.value;
  }
  return undefined;
}
