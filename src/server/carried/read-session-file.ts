import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createBrotliDecompress } from 'node:zlib';
import { FACT_VERSION, type Fact } from '../../sandbox/facts/fact.js';
import { WrongFacts } from '../../sandbox/facts/tape.js';
import { ControlProblem } from '../../sandbox-error.js';
import { formatSize } from '../../size.js';
import {
  FILE_FORMAT,
  FILE_VERSION,
  type FileHeader,
  type FileLine,
  type SessionFile,
} from './session-file.js';

/** Bytes of a file, of all that it unfolds to, and of a line: more is refused before it fills the memory. */
const MOST = { file: 64 * 1024 ** 2, unfolded: 512 * 1024 ** 2, line: 64 * 1024 ** 2 };

/** So many lines are read at a time: nobody else waits for long. */
const SLICE = 200;

/**
 * Reads the bytes of a file.
 * @param name what it is called where something is wrong with it
 * @throws ControlProblem for what is no such file, is not whole, too large, or of a newer version
 */
export async function readSessionFile(bytes: Buffer, name: string): Promise<SessionFile> {
  if (bytes.length > MOST.file) throw tooLarge(name, MOST.file);
  const scenarios: Fact[] = [];
  const others: Fact[] = [];
  const hash = createHash('sha256');
  let header: FileHeader | undefined;
  let verdict: unknown;
  let end: End | undefined;
  let read = 0;
  for await (const line of linesOf(bytes, name)) {
    if (end) throw broken(name, 'something stands behind its end');
    const told = parse(line, name) as FileLine | null;
    if (!header) header = checkHeader(told, name);
    else if (told?.k === 'end') end = told;
    else if (told?.k === 'verdict') verdict = told.verdict;
    else (told?.k === 'scenario' ? scenarios : others).push(told as Fact);
    if (!end) hash.update(`${line}\n`);
    read += 1;
    if (read % SLICE === 0) await nextTurn();
  }
  if (!header) throw broken(name, 'it is empty');
  const facts = [...others.slice(0, 1), ...scenarios, ...others.slice(1)];
  if (!isWhole(end, facts, hash.digest('base64url'))) throw broken(name, 'it is not whole');
  return { header, facts, verdict };
}

type End = Extract<FileLine, { k: 'end' }>;

function isWhole(end: End | undefined, facts: readonly Fact[], sha256: string): boolean {
  return end?.facts === facts.length && end.sha256 === sha256;
}

async function* linesOf(bytes: Buffer, name: string): AsyncGenerator<string> {
  const brotli = createBrotliDecompress();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let length = 0;
  let parts: string[] = [];
  let waiting = 0;
  brotli.end(bytes);
  try {
    for await (const part of brotli as AsyncIterable<Buffer>) {
      length += part.length;
      if (length > MOST.unfolded) throw tooLarge(name, MOST.unfolded);
      const [first = '', ...others] = decoder.decode(part, { stream: true }).split('\n');
      parts.push(first);
      waiting += first.length;
      if (waiting > MOST.line) throw tooLarge(name, MOST.line);
      const last = others.pop();
      if (last === undefined) continue;
      yield parts.join('');
      yield* others;
      parts = [last];
      waiting = last.length;
    }
    parts.push(decoder.decode());
  } catch (error) {
    if (error instanceof ControlProblem) throw error;
    const what = length === 0 ? 'it is no file of a session, or was cut' : 'it is not whole';
    throw broken(name, what);
  }
  if (parts.join('') !== '') throw broken(name, 'it is not whole');
}

function parse(line: string, name: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw broken(name, 'one of its lines is no JSON');
  }
}

function checkHeader(value: unknown, name: string): FileHeader {
  const header = value as Partial<FileHeader> | null;
  if (header?.format !== FILE_FORMAT || typeof header.version !== 'number') {
    throw broken(name, 'it is no file of a session');
  }
  const { version, facts = 0, program } = header;
  if (version > FILE_VERSION || facts > FACT_VERSION) {
    const what = `${name} is of version ${version}.${facts} of the format, made by esoz-sandbox ${program}; this one reads up to ${FILE_VERSION}.${FACT_VERSION}`;
    throw new ControlProblem(422, 'SESSION_FILE_NEWER', what, 'open it with a newer esoz-sandbox');
  }
  const { session, made, now, exchanges, apis, served } = header;
  const good =
    typeof session === 'string' &&
    typeof made === 'string' &&
    typeof now === 'number' &&
    typeof exchanges?.last === 'number' &&
    Array.isArray(apis) &&
    typeof served === 'object';
  if (!good) throw broken(name, 'its first line lacks something');
  return header as FileHeader;
}

function broken(name: string, why: string): ControlProblem {
  const hint = 'save the session again, and copy the file as it is';
  return new ControlProblem(422, 'SESSION_FILE_BROKEN', `${name} cannot be read: ${why}`, hint);
}

function tooLarge(name: string, most: number): ControlProblem {
  const what = `${name} is larger than what is read (${formatSize(most)})`;
  const hint = 'keep a shorter journal: --keep-journal';
  return new ControlProblem(413, 'SESSION_FILE_TOO_LARGE', what, hint);
}

/** What folding a file has met. */
export function asBroken(name: string, error: unknown): unknown {
  if (error instanceof ControlProblem) return error;
  if (error instanceof WrongFacts) return broken(name, error.message);
  return broken(name, `its facts do not go together (${(error as Error).message})`);
}
