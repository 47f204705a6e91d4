import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../sandbox-error.js';
import { type ApiFiles, bindingsBeside, isPackFolder } from './pack-description.js';

/**
 * What an argument of a command stands for: a document with what lies beside it, or the folder of a pack. Scenarios
 * beside a document count once it has a binding beside it, for they are in its words.
 * @throws UsageError when options name the same thing
 */
export function filesNamed(file: string | undefined, options: ApiFiles): ApiFiles {
  const { pack, spec, binding, scenarios } = options;
  if (file === undefined) return { pack, spec, binding, scenarios };
  if (pack !== undefined || spec !== undefined) {
    const other = pack === undefined ? '--spec' : '--pack';
    const hint = 'name it once';
    throw new UsageError(
      'USAGE_OPTION_CONFLICT',
      `${file} and ${other} both say what is served`,
      hint,
    );
  }
  if (isFolder(file)) {
    return { pack: isPackFolder(file) ? file : `./${file}`, spec, binding, scenarios };
  }
  const beside = join(dirname(file), 'scenarios');
  const bound = bindingsBeside(file).some((each) => existsSync(each));
  const own = bound && binding === undefined && isFolder(beside) ? beside : undefined;
  return { pack, spec: file, binding, scenarios: scenarios ?? own };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
