import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../sandbox-error.js';
import {
  type ApiFiles,
  bindingsBeside,
  isPackFolder,
  type ServedFiles,
} from './pack-description.js';

/**
 * What the arguments of a command stand for, beside its options: each a document with what lies beside it, or the
 * folder of a pack. Scenarios beside a document count once it has a binding beside it, for they are in its words.
 * @throws UsageError when options name the same thing
 */
export function filesNamed(files: readonly string[], options: ServedFiles): ServedFiles {
  const { pack, spec, binding, scenarios } = options;
  if (files.length === 0) return { pack, spec, binding, scenarios };
  if (pack !== undefined || spec !== undefined) {
    const other = pack === undefined ? '--spec' : '--pack';
    const what = `${files.join(' ')} and ${other} both say what is served`;
    throw new UsageError('USAGE_OPTION_CONFLICT', what, 'name it once');
  }
  if (binding !== undefined && files.length > 1) {
    const hint = 'put each document into a folder with its binding.yaml beside it';
    throw new UsageError('USAGE_OPTION_CONFLICT', 'one binding cannot be for several APIs', hint);
  }
  const apis = files.map((file) => apiAt(file, binding));
  return { apis, scenarios, binding: undefined };
}

function apiAt(file: string, binding: string | undefined): ApiFiles {
  if (isFolder(file)) return { pack: isPackFolder(file) ? file : `./${file}` };
  if (binding !== undefined) return { spec: file, binding };
  const beside = join(dirname(file), 'scenarios');
  const bound = bindingsBeside(file).some((each) => existsSync(each));
  return bound && isFolder(beside) ? { scenarios: beside, spec: file } : { spec: file };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
