import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRawAsset } from 'node:sea';

/**
 * Loads a binary that lies in the executable. The system loads files alone, so it is put into a folder that nobody else
 * can write, under a name that tells what is in it.
 * @throws Error where there is no such folder
 */
export function loadNative(name: string): unknown {
  const bytes = Buffer.from(getRawAsset(`native/${name}`) as ArrayBuffer);
  const file = keep(name, bytes);
  const module = { exports: {} };
  process.dlopen(module, file);
  return module.exports;
}

function keep(name: string, bytes: Buffer): string {
  const hash = hashOf(bytes);
  const failed: string[] = [];
  for (const folder of folders()) {
    try {
      makeOwn(folder);
      const file = join(folder, `${hash.slice(0, 16)}-${name}`);
      if (hashOf(readIfThere(file)) !== hash) write(file, bytes);
      return file;
    } catch (error) {
      failed.push(`${folder}: ${(error as Error).message}`);
    }
  }
  throw new Error(`no folder can keep it (${failed.join('; ')})`);
}

/** Where a user keeps what can be made again; the system's folder for that, where there is no home. */
function folders(): string[] {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const home = XDG_CACHE_HOME || LOCALAPPDATA || join(homedir(), '.cache');
  return [
    join(home, 'esoz-sandbox'),
    join(tmpdir(), `esoz-sandbox-${process.getuid?.() ?? 'user'}`),
  ];
}

/** What another user could write into would run as ours. */
function makeOwn(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(folder);
  if (process.platform === 'win32') return;
  if (!lstatSync(folder).isDirectory()) throw new Error('is no folder');
  if (uid !== process.getuid?.()) throw new Error('belongs to somebody else');
  if ((mode & 0o077) !== 0) throw new Error('is open to others; its mode must be 0700');
}

function write(file: string, bytes: Buffer): void {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, bytes, { mode: 0o700, flag: 'wx' });
  renameSync(unfinished, file);
}

function readIfThere(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
