import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { $RefParser } from '@apidevtools/json-schema-ref-parser';

/** Where a document of the list lies, and what is to be told of it; undefined when it is not here. */
export function find({ repository, package: name, file }, folder) {
  const roots = repository
    ? [join(folder, repository)]
    : [join('node_modules', name), join(folder, 'node_modules', name)];
  const root = roots.find((candidate) => existsSync(join(candidate, file)));
  if (root === undefined) return undefined;
  return {
    path: join(root, file),
    bytes: statSync(join(root, file)).size,
    source: repository ? `${repository} ${commitOf(root)}` : `${name} ${versionOf(root)}`,
  };
}

function commitOf(root) {
  return execFileSync('git', ['-C', root, 'rev-parse', '--short=10', 'HEAD']).toString().trim();
}

function versionOf(root) {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
}

/**
 * The document as a value in which every `$ref` is local.
 * @param remote of the list: what stands for a URL
 */
export async function readWhole(path, remote, folder) {
  const http = remote && {
    canRead: ({ url }) => url === remote.url,
    read: () => readFileSync(join(folder, remote.repository, remote.file)),
  };
  try {
    return await $RefParser.bundle(path, { resolve: { http: http ?? false } });
  } catch (error) {
    // A `$ref` into nowhere, in a corner that nobody asks for, must not hide the rest.
    const whole = await $RefParser.parse(path);
    if (/"\$ref":"[^#"]/.test(JSON.stringify(whole))) throw error;
    return whole;
  }
}

/**
 * Follows `$ref`s from a JSON pointer on.
 * @returns the pointer at which something else stands, and what
 */
export function follow(document, pointer) {
  let at = pointer;
  for (let hops = 0; hops < 50; hops += 1) {
    const value = valueAt(document, at);
    if (typeof value?.$ref !== 'string' || !value.$ref.startsWith('#')) return [at, value];
    at = decodeURIComponent(value.$ref.slice(1));
  }
  return [at, undefined];
}

/** `#/paths/~1a/get`: a key becomes a part of a pointer. */
export const part = (key) => String(key).replaceAll('~', '~0').replaceAll('/', '~1');

/** Parts of a pointer that lead through a `$ref` are followed too: `#/paths/~1a/get` where `/a` is one. */
function valueAt(document, pointer) {
  let here = document;
  for (const key of pointer.split('/').slice(1)) {
    if (typeof here?.$ref === 'string' && here.$ref.startsWith('#')) {
      here = valueAt(document, decodeURIComponent(here.$ref.slice(1)));
    }
    here = here?.[key.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return here;
}
