import { existsSync, statSync } from 'node:fs';
import { join, parse } from 'node:path';
import { UsageError } from '../sandbox-error.js';
import {
  type ApiFiles,
  bindingsBeside,
  isPackFolder,
  type ServedFiles,
  specBeside,
} from './pack-description.js';

/**
 * What the arguments of a command stand for, beside its options: each a document with what lies beside it, or the
 * folder of a pack; those that `--pack` names are served beside them. Scenarios beside a document count once it has a binding beside it, for they are in its words.
 * @throws UsageError when options name the same thing
 */
export function filesNamed(files: readonly string[], options: ServedFiles): ServedFiles {
  const { pack, spec, binding, scenarios } = options;
  if (files.length === 0) return { pack, spec, binding, scenarios };
  if (spec !== undefined) {
    const what = `${files.join(' ')} and --spec both say what is served`;
    throw new UsageError('USAGE_OPTION_CONFLICT', what, 'name it once');
  }
  const packs = pack === undefined ? [] : [pack].flat();
  if (binding !== undefined && files.length + packs.length > 1) {
    const hint = 'put each document into a folder with its binding.yaml beside it';
    throw new UsageError('USAGE_OPTION_CONFLICT', 'one binding cannot be for several APIs', hint);
  }
  const apis = [
    ...packs.map((one) => ({ pack: one })),
    ...files.map((file) => apiAt(file, binding)),
  ];
  return { apis, scenarios, pack: undefined, spec: undefined, binding: undefined };
}

function apiAt(file: string, binding: string | undefined): ApiFiles {
  if (isFolder(file)) return apiIn(file);
  if (binding !== undefined) return { spec: file, binding };
  const bound = bindingsBeside(file).some((each) => existsSync(each));
  const scenarios = bound ? scenariosBeside(file) : undefined;
  return scenarios === undefined ? { spec: file } : { scenarios, spec: file };
}

/** `NAME.scenarios` beside `NAME.json`, where a folder has several documents; else `scenarios`. */
function scenariosBeside(file: string): string | undefined {
  const { dir, name } = parse(file);
  return [`${name}.scenarios`, 'scenarios'].map((folder) => join(dir, folder)).find(isFolder);
}

/** A pack; a folder that lacks a binding is served as the document in it is. */
function apiIn(folder: string): ApiFiles {
  const spec = specBeside(join(folder, 'binding.yaml'));
  if (spec !== undefined && !bindingsBeside(spec).some((each) => existsSync(each))) return { spec };
  return { pack: isPackFolder(folder) ? folder : `./${folder}` };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
