import type { Binding } from '../contract/binding.js';
import { placeIn } from '../contract/check-binding.js';
import { readFileText } from '../file-text.js';
import type { FormatDocument } from '../formats/document.js';
import type { Problem } from '../problem.js';
import type { Api } from '../sandbox/api.js';
import { bindingFaults } from '../sandbox/binding-faults/binding-faults.js';
import type { BindingFault } from '../sandbox/binding-faults/judge-answer.js';
import { bindingKey, type Prepared } from './catalogue-cache.js';
import { isPackaged } from './pack-description.js';

/**
 * What is wrong in the answers that a binding gives by itself, each at its line. Such a binding is used all the same:
 * before, nobody looked until an answer was asked for. One that comes with the package has been looked at when it was
 * built; a guess is not for a person to mend.
 * @param apis one, or the kinds of jobs of one binding: what all of them have wrong is told once
 */
export async function bindingProblems(
  apis: readonly Api[],
  prepared: Prepared,
): Promise<Problem[]> {
  const told = new Map<string, Problem>();
  for (const api of apis) {
    const { binding } = api;
    if (binding.origin === 'guessed' || binding.schedules.size === 0) continue;
    if (prepared.bindings.includes(bindingKey(api))) continue;
    const { faults } = bindingFaults(api);
    if (faults.length === 0) continue;
    const document = await openBinding(binding);
    for (const fault of faults) {
      const cause = `${fault.cause} ${fault.hint}`;
      if (!told.has(cause)) told.set(cause, toProblem(binding, fault, document));
    }
  }
  return [...told.values()];
}

function toProblem(
  binding: Binding,
  { at, message, hint, severity }: BindingFault,
  document: FormatDocument | undefined,
): Problem {
  const place = document ? lineOf(document, at) : placeIn(binding, at.slice(0, 2).join('.'));
  const problem = { file: binding.file, ...place, message, hint, usable: true };
  const told = isSpare(binding, at) ? 'warning' : severity;
  return { code: 'BINDING_BREAKS_CONTRACT', ...problem, ...(told && { severity: told }) };
}

/** A form of ours that is only given when it is asked for: a person's own contract need not know it. */
function isSpare(
  { file, states }: Binding,
  [part, name, shapes, shape]: BindingFault['at'],
): boolean {
  if (part !== 'states' || shapes !== 'shapes' || !isPackaged(file)) return false;
  const [first] = states.get(String(name))?.shapes.keys() ?? [];
  return shape !== first;
}

/** The keys of a binding are kept with it down to the second level: what lies deeper is looked up in its text. */
async function openBinding({ file, kind }: Binding): Promise<FormatDocument | undefined> {
  const [{ openDocument }, { KindDocument }] = await Promise.all([
    import('../formats/open-document.js'),
    import('../formats/binding/kind-document.js'),
  ]);
  try {
    const document = openDocument(file, await readFileText(file), 'BINDING');
    return kind === undefined ? document : new KindDocument(document, kind);
  } catch {
    return undefined;
  }
}

/** The nearest key that the file has; what an operation does not say of its own stands where all have it. */
function lineOf(
  document: FormatDocument,
  at: BindingFault['at'],
): { line: number; column: number } {
  const [part, ...rest] = at;
  const shared = part === 'schedules' && !document.has(at.slice(0, 3));
  let keys = shared ? rest.slice(1) : at;
  while (keys.length > 0 && !document.has(keys)) keys = keys.slice(0, -1);
  if (keys.length === 0) return { line: 1, column: 1 };
  return document.yaml.at(document.keyNode(keys) ?? document.node(keys));
}
