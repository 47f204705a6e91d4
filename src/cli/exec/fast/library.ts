import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** libfaketime for programs with threads, and what has to be loaded beside it. */
export interface Library {
  file: string;
  /** libcurl, which PHP loads past what is preloaded unless it is there before; undefined: none was found. */
  curl: string | undefined;
}

/** Names the library where it stands elsewhere. */
export const OWN_LIBRARY = 'ESOZ_FAKETIME_LIB';

const NAME = 'libfaketimeMT.so.1';
const CURL = 'libcurl.so.4';

/** GNU names of the machines that Node calls by these (Debian, "Multiarch tuples"). */
const MACHINES: Readonly<Record<string, string>> = {
  x64: 'x86_64-linux-gnu',
  arm64: 'aarch64-linux-gnu',
  arm: 'arm-linux-gnueabihf',
  ppc64: 'powerpc64le-linux-gnu',
  s390x: 's390x-linux-gnu',
  riscv64: 'riscv64-linux-gnu',
};

/** Where Debian, Fedora, Alpine's gcompat and `make install` put it. */
export function findLibrary(env: NodeJS.ProcessEnv, arch = process.arch): Library | undefined {
  const own = env[OWN_LIBRARY];
  const folders = libraryFolders(env, arch);
  const places = folders.flatMap((folder) => [join(folder, 'faketime', NAME), join(folder, NAME)]);
  const file = [...(own ? [own] : places)].find((path) => existsSync(path));
  if (file === undefined) return undefined;
  return {
    file,
    curl: folders.map((folder) => join(folder, CURL)).find((path) => existsSync(path)),
  };
}

function libraryFolders(env: NodeJS.ProcessEnv, arch: string): string[] {
  const machine = MACHINES[arch];
  const asked = (env.LD_LIBRARY_PATH ?? '').split(/[:;]/).filter((folder) => folder !== '');
  return [
    ...asked,
    ...(machine === undefined ? [] : [`/usr/lib/${machine}`, `/lib/${machine}`]),
    '/usr/lib64',
    '/usr/local/lib',
    '/usr/lib',
    ...homebrewFolders(),
  ];
}

/** Homebrew on Linux, which has no multiarch. */
function homebrewFolders(): string[] {
  const root = '/home/linuxbrew/.linuxbrew/opt/libfaketime/lib';
  try {
    return readdirSync(root).length > 0 ? [root] : [];
  } catch {
    return [];
  }
}
