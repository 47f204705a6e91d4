import fs from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { getAsset, getRawAsset } from 'node:sea';
import { fileURLToPath } from 'node:url';
import { Tree } from './tree.js';

/** What the executable's program reads of the files of the package, through `node:fs` as everything else. */
const ROOT = process.execPath + sep;

/** The asset that tells the sizes of all others. */
const INDEX = 'index.json';

type Path = fs.PathOrFileDescriptor;

/** The path of a file of the package within the executable; undefined: some other file. */
function innerPath(path: unknown): string | undefined {
  const text = path instanceof URL ? fileURLToPath(path) : path;
  if (typeof text !== 'string' || !text.startsWith(ROOT)) return undefined;
  return text.slice(ROOT.length).replaceAll(sep, '/').replace(/\/+$/, '');
}

/** Makes files of the package readable, in the threads that need them. No other file is touched by it. */
export function openPackagedFiles(): void {
  const tree = new Tree(JSON.parse(getAsset(INDEX, 'utf8')) as Record<string, number>);
  const files = new PackagedFiles(tree);
  const { promises } = fs;
  const real = { ...fs };
  const realPromises = { ...promises };
  const within =
    <Rest extends unknown[]>(
      ours: (inner: string, ...rest: Rest) => unknown,
      theirs: (path: never, ...rest: never) => unknown,
    ) =>
    (path: Path, ...rest: Rest) => {
      const inner = innerPath(path);
      return inner === undefined ? theirs(path as never, ...(rest as never)) : ours(inner, ...rest);
    };
  const later =
    <Rest extends unknown[]>(
      ours: (inner: string, ...rest: Rest) => unknown,
      theirs: (path: never, ...rest: never) => unknown,
    ) =>
    async (path: Path, ...rest: Rest) =>
      within(ours, theirs)(path, ...rest);
  Object.assign(fs, {
    existsSync: within((inner) => files.exists(inner), real.existsSync),
    readFileSync: within((inner, how?: Encoding) => files.read(inner, how), real.readFileSync),
    readdirSync: within((inner, how?: Listing) => files.list(inner, how), real.readdirSync),
    statSync: within(
      (inner, how?: { throwIfNoEntry?: boolean }) =>
        how?.throwIfNoEntry === false && !files.exists(inner) ? undefined : files.stat(inner),
      real.statSync,
    ),
    realpathSync: within((inner) => ROOT + inner, real.realpathSync),
  });
  Object.assign(promises, {
    access: later((inner, mode = 0) => files.check(inner, Number(mode)), realPromises.access),
    readFile: later((inner, how?: Encoding) => files.read(inner, how), realPromises.readFile),
    readdir: later((inner, how?: Listing) => files.list(inner, how), realPromises.readdir),
    realpath: later((inner) => files.stat(inner) && ROOT + inner, realPromises.realpath),
    stat: later((inner) => files.stat(inner), realPromises.stat),
    lstat: later((inner) => files.stat(inner), realPromises.lstat),
  });
}

type Encoding = BufferEncoding | { encoding?: BufferEncoding | null } | null;
type Listing = { withFileTypes?: boolean; recursive?: boolean } | null;

/** As `node:fs` gives them, so far as it is asked here. */
class PackagedFiles {
  constructor(private readonly tree: Tree) {}

  exists(path: string): boolean {
    return this.tree.sizeOf(path) !== undefined || this.tree.isFolder(path);
  }

  read(path: string, how?: Encoding): string | Buffer {
    if (this.tree.isFolder(path)) throw failure('EISDIR', 'read', path);
    if (this.tree.sizeOf(path) === undefined) throw failure('ENOENT', 'open', path);
    const encoding = typeof how === 'string' ? how : how?.encoding;
    const bytes = Buffer.from(getRawAsset(path) as ArrayBuffer);
    // What is handed out may be written into; the executable's own memory must not.
    return encoding ? bytes.toString(encoding) : Buffer.from(bytes);
  }

  stat(path: string) {
    if (!this.exists(path)) throw failure('ENOENT', 'stat', path);
    const folder = this.tree.isFolder(path);
    const size = this.tree.sizeOf(path) ?? 0;
    const mode = folder ? 0o555 : 0o444;
    return { ...kindOf(folder), ino: 0, size, mode, mtimeMs: 0, ctimeMs: 0 };
  }

  check(path: string, mode: number): void {
    this.stat(path);
    if ((mode & fs.constants.W_OK) !== 0) throw failure('EROFS', 'access', path);
  }

  list(path: string, how?: Listing): unknown[] {
    const entries = this.tree.list(path, how?.recursive);
    if (!entries) throw failure(this.exists(path) ? 'ENOTDIR' : 'ENOENT', 'scandir', path);
    if (!how?.withFileTypes) return entries.map(([name]) => name.replaceAll('/', sep));
    return entries.map(([name, kind]) => ({
      ...kindOf(kind === 'folder'),
      name: basename(name),
      parentPath: dirname(join(ROOT + path, name)),
    }));
  }
}

function kindOf(folder: boolean) {
  return {
    isDirectory: () => folder,
    isFile: () => !folder,
    isSymbolicLink: () => false,
  };
}

function failure(code: string, syscall: string, path: string): NodeJS.ErrnoException {
  const error: NodeJS.ErrnoException = new Error(`${code}: ${syscall} '${ROOT + path}'`);
  return Object.assign(error, { code, syscall, path: ROOT + path });
}
