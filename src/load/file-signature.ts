import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** `$ref: other.yaml#/Pet`, `"$ref": "./other.json"`: files beside a document that belong to it. */
const REFERENCE = /\$ref['"]?\s*:\s*['"]?([^'"#\s,}]+)/g;

/** A document and the files that its references lead to, as far as they can be read. */
export async function filesOfDocument(file: string): Promise<string[]> {
  const found = new Set<string>();
  const follow = async (path: string): Promise<void> => {
    if (found.has(path)) return;
    found.add(path);
    const text = await readFile(path, 'utf8').catch(() => '');
    for (const [, target = ''] of text.matchAll(REFERENCE)) {
      if (!/^[a-z][a-z\d+.-]+:/i.test(target)) await follow(resolve(dirname(path), target));
    }
  };
  await follow(resolve(file));
  return [...found];
}

/**
 * A text that is another one once any of these files has changed. Links are followed, so that it sees
 * the folder behind a link exchanged as well (Kubernetes does so with a ConfigMap's `..data`).
 */
export async function signatureOfFiles(files: readonly string[]): Promise<string> {
  return (await Promise.all(files.map(describeFile))).join('\n');
}

/** The same for every YAML file in some folders and below, come and gone ones too. */
export async function signatureOfFolders(folders: readonly string[]): Promise<string> {
  return (await Promise.all(folders.map((folder) => describeFolder(folder, isYaml)))).join('\n');
}

async function describeFile(file: string): Promise<string> {
  try {
    const { ino, size, mtimeMs, ctimeMs } = await stat(file);
    return `${file} ${ino} ${size} ${mtimeMs} ${ctimeMs}`;
  } catch (error) {
    return `${file} ${(error as NodeJS.ErrnoException).code}`;
  }
}

/** The same for every file in a folder and below. */
export async function signatureOfTree(folder: string): Promise<string> {
  return describeFolder(folder, () => true);
}

const isYaml = (name: string) => /\.ya?ml$/.test(name);

async function describeFolder(folder: string, wanted: (name: string) => boolean): Promise<string> {
  try {
    const names = await readdir(folder, { recursive: true });
    const files = names.filter(wanted).sort();
    return await signatureOfFiles(files.map((name) => join(folder, name)));
  } catch (error) {
    return `${folder} ${(error as NodeJS.ErrnoException).code}`;
  }
}
