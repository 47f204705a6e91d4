import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** What a program's file is: `text` is one that no first line says anything of. */
export type FileKind =
  | { kind: 'text'; text: string }
  | { kind: 'script'; interpreter: string[]; text: string }
  | { kind: 'program'; hopeless?: 'static' | 'go' };

/** Of a large program so much is looked at: what the linker writes stands in front. */
const READ = 4 * 1024 * 1024;
/** elf(5): a program header that names who loads the program; without one nothing can be preloaded. */
const INTERPRETER = 3;
const DYNAMIC = 2;
const ELF = Buffer.from('\x7fELF', 'latin1');
/** Go's linker writes it into each program (debug/buildinfo): its runtime asks the kernel for the time, not libc. */
const GO = Buffer.from('\xff Go buildinf:', 'latin1');

/** Undefined: it cannot be read, or is neither a text nor a program of Linux. */
export function kindOfFile(file: string): FileKind | undefined {
  const bytes = readStart(file);
  if (bytes === undefined) return undefined;
  if (bytes.subarray(0, 2).toString('latin1') === '#!') {
    const text = bytes.toString('utf8');
    const [first = ''] = text.slice(2).split('\n');
    return { kind: 'script', interpreter: first.trim().split(/\s+/), text };
  }
  if (!bytes.subarray(0, 4).equals(ELF)) {
    return bytes.includes(0) ? undefined : { kind: 'text', text: bytes.toString('utf8') };
  }
  if (!hasLoader(bytes)) return { kind: 'program', hopeless: 'static' };
  return bytes.includes(GO) ? { kind: 'program', hopeless: 'go' } : { kind: 'program' };
}

function readStart(file: string): Buffer | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, 'r');
    const bytes = Buffer.alloc(Math.min(READ, fstatSync(descriptor).size));
    readSync(descriptor, bytes);
    return bytes;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Looks through the program headers of elf(5), of 64 or 32 bits. */
function hasLoader(bytes: Buffer): boolean {
  const wide = bytes[4] === 2;
  const little = bytes[5] === 1;
  const half = (at: number) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const word = (at: number) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  // Headers stand at the beginning, so the lower half of a 64-bit offset is enough.
  const begin = word(wide ? (little ? 32 : 36) : 28);
  const size = half(wide ? 54 : 42);
  const count = half(wide ? 56 : 44);
  for (let i = 0; i < count; i += 1) {
    const at = begin + i * size;
    if (at + 4 > bytes.length) break;
    if (word(at) === INTERPRETER || word(at) === DYNAMIC) return true;
  }
  return false;
}
