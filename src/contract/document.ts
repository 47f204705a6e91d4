import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FileInfo } from '@apidevtools/json-schema-ref-parser';
import { asset } from '../assets.js';
import type { ErrorCode } from '../error-codes.js';
import { FileError } from '../problem.js';
import { readYaml } from '../yaml.js';
import { isObject, type Json } from './json.js';

/** An OpenAPI document in memory; every `$ref` in it is local. */
export interface OpenApiDocument extends Json {
  openapi: string;
  info: { title: string; version: string };
  paths: Json;
}

interface ReadDocument {
  document: OpenApiDocument;
  text: string;
  /** Hash of all that it is made from. */
  digest: string;
  /** It comes with the package, and was found good when that was built. */
  checked: boolean;
}

/**
 * Reads an OpenAPI 3.0 or 3.1 document (YAML or JSON).
 * @throws FileError that says what is wrong, where, and what to do next
 */
export async function readDocument(file: string): Promise<ReadDocument> {
  const text = await readText(file);
  const digest = createHash('sha256').update(text).digest('hex');
  const prepared = await readPrepared(digest);
  const document = prepared ?? parseText(file, text);
  const wrong = (code: ErrorCode, message: string, hint: string) =>
    new FileError([{ code, file, line: 0, column: 0, message, hint }]);
  if (!isObject(document)) {
    throw wrong(
      'CONTRACT_NOT_OPENAPI',
      'is not an OpenAPI document',
      'it must be a mapping that starts with `openapi: 3.…`',
    );
  }
  if (typeof document.openapi !== 'string' || !/^3\.[01]\./.test(document.openapi)) {
    const found = document.openapi ?? document.swagger ?? 'none';
    throw wrong(
      'CONTRACT_VERSION',
      `OpenAPI version is ${JSON.stringify(found)}, and only 3.0.x and 3.1.x are read`,
      'convert the document to OpenAPI 3 first',
    );
  }
  if (!isObject(document.paths)) {
    throw wrong('CONTRACT_NO_PATHS', 'has no `paths`', 'a contract needs at least one operation');
  }
  const alone = !/\$ref['"]?\s*:\s*['"]?[^'"#\s]/.test(text);
  if (alone) {
    const checked = prepared !== undefined;
    return { document: document as OpenApiDocument, text, digest, checked };
  }
  const whole = await bundle(file, document);
  return {
    document: whole,
    text,
    digest: createHash('sha256').update(JSON.stringify(whole)).digest('hex'),
    checked: false,
  };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new FileError([
      {
        code: 'FILE_UNREADABLE',
        file,
        line: 0,
        column: 0,
        message: `cannot be read (${code})`,
        hint: 'check the path',
      },
    ]);
  }
}

/**
 * Contracts that come with the package are parsed when it is built: a tenth of a second of the start.
 * The prepared file is named after the text's hash, so a changed text is simply read itself.
 */
async function readPrepared(digest: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(asset('dist', 'documents', `${digest}.json`), 'utf8'));
  } catch {
    return undefined;
  }
}

/** Ten times the longest contract that is known. */
const MAX_LENGTH = 8 * 1024 * 1024;

function parseText(file: string, text: string): unknown {
  const value = readJson(text) ?? readYaml(file, text, MAX_LENGTH).value();
  if (!deeperThan(MAX_DEPTH, value)) return value;
  const message = `nested deeper than ${MAX_DEPTH} levels`;
  const hint = 'put schemas below components and refer to them';
  throw new FileError([{ code: 'CONTRACT_TOO_DEEP', file, line: 0, column: 0, message, hint }]);
}

/** Undefined when it is none: YAML says where the mistake is, for JSON is YAML too. */
function readJson(text: string): unknown {
  if (!text.trimStart().startsWith('{') || text.length > MAX_LENGTH) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What walks through a contract calls itself for each level. */
const MAX_DEPTH = 200;

function deeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => deeperThan(levels - 1, inner));
}

/** Pulls references to other files into the document. Nothing is fetched over the network. */
async function bundle(file: string, document: Json): Promise<OpenApiDocument> {
  const { $RefParser } = await import('@apidevtools/json-schema-ref-parser');
  try {
    const yaml = { parse: ({ url, data }: FileInfo) => parseText(url, String(data)) };
    const options = { resolve: { http: false as const }, parse: { json: yaml, yaml } };
    const whole = await $RefParser.bundle(file, document, options);
    return whole as unknown as OpenApiDocument;
  } catch (error) {
    throw new FileError([
      {
        code: 'CONTRACT_UNKNOWN_REF',
        file,
        line: 0,
        column: 0,
        message: `a $ref cannot be followed: ${(error as Error).message}`,
        hint: 'references to files beside the document are followed, the network is not used',
      },
    ]);
  }
}

/** Follows local `$ref`s at this place until something else stands there. */
export function resolve(document: Json, value: unknown): Json | undefined {
  let here = value;
  for (let hops = 0; hops < 50; hops += 1) {
    if (!isObject(here)) return undefined;
    if (typeof here.$ref !== 'string') return here;
    here = here.$ref
      .replace(/^#\//, '')
      .split('/')
      .reduce<unknown>((node, part) => {
        const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
        return isObject(node) || Array.isArray(node) ? (node as Json)[key] : undefined;
      }, document);
  }
  return undefined;
}
