import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { ErrorCode } from '../error-codes.js';
import { FileError, nearest, type Problem } from '../problem.js';
import { shown } from './scenario-files.js';

/** An answer that stands in a file. */
export interface Stub {
  /** As problems and the journal name it. */
  file: string;
  method: string;
  /** As contracts write theirs: `/persons/{id}`. */
  path: string;
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH'];

/** By the ending of a file's name. */
const TYPES: Readonly<Record<string, string>> = {
  json: 'application/json; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
  html: 'text/html; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  yaml: 'application/yaml; charset=utf-8',
  yml: 'application/yaml; charset=utf-8',
  pem: 'application/x-pem-file',
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  svg: 'image/svg+xml',
  zip: 'application/zip',
};

/**
 * Reads a folder of answers. A file's place is its path, its name says the method: `oauth/tokens.post.json`
 * answers POST /oauth/tokens, `persons/{id}.json` GET /persons/{id}, `index.json` the path of its folder. Its
 * text is the body; `---`, `status: 401`, `headers: {…}`, `---` may stand in front of it.
 * @throws FileError for a folder that cannot be read
 */
export async function loadStubs(folder: string): Promise<{ stubs: Stub[]; problems: Problem[] }> {
  const files = await listStubs(folder);
  const read = await Promise.all(files.map((file) => readStub(folder, file)));
  const taken = new Map<string, Stub>();
  const problems: Problem[] = [];
  for (const { stub, problems: found } of read) {
    problems.push(...found);
    if (!stub) continue;
    const key = `${stub.method} ${stub.path.replace(/\{[^}]*\}/g, '{}')}`;
    const before = taken.get(key);
    if (!before) taken.set(key, stub);
    else {
      const message = `${stub.method} ${stub.path} is answered by ${before.file} already`;
      problems.push(problem('STUB_TAKEN', stub.file, message, 'leave one of the two files out'));
    }
  }
  return { stubs: [...taken.values()], problems };
}

async function listStubs(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory() && isStub(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const message = `the folder of stubs cannot be read (${code})`;
    throw new FileError([problem('FILE_UNREADABLE', folder, message, 'name one with --stubs')]);
  }
}

/** What an editor leaves behind, and what tells people of the folder, are no answers. */
function isStub(name: string): boolean {
  return !/^[._~#]|~$|^readme\b/i.test(name);
}

async function readStub(
  folder: string,
  path: string,
): Promise<{ stub?: Stub; problems: Problem[] }> {
  const file = shown(path);
  const { method, path: target, type } = placeOf(relative(folder, path));
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { problems: [problem('FILE_UNREADABLE', file, `cannot be read (${code})`, 'check it')] };
  }
  const { front, body } = apart(bytes);
  const { status, headers, problems } = await readFront(file, front);
  const usual = body.length === 0 ? 204 : 200;
  const named = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  const typed = named || body.length === 0 ? headers : { 'Content-Type': type, ...headers };
  const stub = { file, method, path: target, status: status ?? usual, headers: typed, body };
  if (problems.length > 0) return { problems };
  return { stub, problems: warnings(stub) };
}

/** `oauth/tokens.post.json` → POST, `/oauth/tokens`, JSON. */
function placeOf(file: string): { method: string; path: string; type: string } {
  const segments = file.split(sep);
  const parts = (segments.pop() ?? '').split('.');
  const last = (parts.at(-1) ?? '').toUpperCase();
  let method = 'GET';
  let ending = '';
  if (parts.length > 1 && !METHODS.includes(last)) ending = (parts.pop() ?? '').toLowerCase();
  const named = (parts.at(-1) ?? '').toUpperCase();
  if (parts.length > 1 && METHODS.includes(named)) {
    method = named;
    parts.pop();
  }
  const name = parts.join('.');
  const path = `/${[...segments, ...(name === 'index' ? [] : [name])].join('/')}`;
  return { method, path, type: TYPES[ending] ?? 'application/octet-stream' };
}

/** What stands between two lines of dashes in front of a body. */
const FRONT = /^---\r?\n([\s\S]*?)(?:^|\r?\n)---(?:\r?\n|$)/;

function apart(bytes: Buffer): { front: string | undefined; body: Buffer } {
  if (bytes.subarray(0, 3).toString('latin1') !== '---') return { front: undefined, body: bytes };
  const [whole, front] = FRONT.exec(bytes.toString('latin1')) ?? [];
  if (whole === undefined) return { front: undefined, body: bytes };
  const text = Buffer.from(front ?? '', 'latin1').toString('utf8');
  return { front: text, body: bytes.subarray(whole.length) };
}

interface Front {
  status?: number;
  headers: Record<string, string>;
  problems: Problem[];
}

async function readFront(file: string, text: string | undefined): Promise<Front> {
  if (text === undefined || text.trim() === '') return { headers: {}, problems: [] };
  const { readYaml } = await import('../yaml.js');
  let value: unknown;
  try {
    value = readYaml(file, `\n${text}`).value();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return { headers: {}, problems: [...error.problems] };
  }
  return checkFront(file, value);
}

const KEYS = ['status', 'headers'];
const EXAMPLE = 'write `status: 401` and `headers: { Retry-After: 5 }` between two lines of ---';

function checkFront(file: string, value: unknown): Front {
  const wrong = (message: string, hint = EXAMPLE): Front => ({
    headers: {},
    problems: [problem('STUB_MALFORMED', file, message, hint)],
  });
  if (typeof value !== 'object' || value === null)
    return wrong('what stands in front is no mapping');
  const { status, headers = {} } = value as Record<string, unknown>;
  const unknown = Object.keys(value).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) return wrong(`unknown key "${unknown}"`, nearest(unknown, KEYS));
  const good = Number.isInteger(status) && Number(status) >= 200 && Number(status) <= 599;
  if (status !== undefined && !good) {
    return wrong(`"status" is ${JSON.stringify(status)}`, 'give a whole number from 200 to 599');
  }
  if (typeof headers !== 'object' || headers === null) return wrong('"headers" is no mapping');
  const lines = Object.entries(headers).map(([name, text]) => [name, String(text)] as const);
  const ours = lines.find(([name]) => OURS.test(name));
  if (ours) return wrong(`"${ours[0]}" is set by itself`, 'leave it out');
  const bad = lines.find(([name, text]) => !NAME.test(name) || !VALUE.test(text));
  if (bad) return wrong(`"${bad[0]}: ${bad[1]}" cannot be sent as a header`);
  const set = Object.fromEntries(lines);
  return {
    ...(status === undefined ? {} : { status: Number(status) }),
    headers: set,
    problems: [],
  };
}

/** What says where a body ends belongs to the connection. */
const OURS = /^(content-length|transfer-encoding|connection|keep-alive|upgrade|trailer)$/i;

/** RFC 9110 §5.1, §5.5. */
const NAME = /^[!#$%&'*+.^_`|~\w-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** It is sent as it stands all the same. */
function warnings({ file, headers, body }: Stub): Problem[] {
  if (!/^application\/json\b/.test(headers['Content-Type'] ?? '')) return [];
  try {
    JSON.parse(body.toString('utf8'));
    return [];
  } catch (error) {
    const message = `the body is no JSON: ${(error as Error).message}`;
    const hint = 'mend it, unless that is what you want to test';
    return [
      { ...problem('STUB_NOT_JSON', file, message, hint), severity: 'warning', usable: true },
    ];
  }
}

function problem(code: ErrorCode, file: string, message: string, hint: string): Problem {
  return { code, file, line: 0, column: 0, message, hint };
}
