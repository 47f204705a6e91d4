import type { Problem } from '../problem.js';
import type { Binding } from './binding.js';
import { placeIn } from './check-binding.js';
import { spellJobPlace } from './job-place.js';
import { operationsOf } from './operations-of.js';

/** What names an operation that is asked for one job, whose id tells of which kind it is. */
const OF_ONE_JOB = /^report\./;

interface Use {
  binding: Binding;
  key: string;
}

/**
 * Kinds of jobs in one document: an operation is of one of them, or nobody knew what a request begins. What reports a job
 * may be one for several kinds, if it names the job in one way for all of them.
 */
export function checkKinds(bindings: readonly Binding[]): Problem[] {
  const first = new Map<string, Use>();
  return bindings.flatMap((binding) =>
    [...operationsOf(binding)].flatMap(([id, key]): Problem[] => {
      const owner = first.get(id);
      if (!owner) first.set(id, { binding, key });
      if (!owner || owner.binding === binding || mayShare(owner, { binding, key })) return [];
      const kind = owner.binding.kind ?? '';
      return [
        {
          code: 'BINDING_OPERATION_TWICE',
          file: binding.file,
          ...placeIn(binding, key),
          message: `${id} is named by the kind ${kind} already, as ${owner.key}`,
          hint: hintFor(owner, { binding, key }),
        },
      ];
    }),
  );
}

/** What is wrong with each kind, told once where it stands at the top for all of them. */
export function toldOnce(problems: readonly (readonly Problem[])[]): Problem[][] {
  const told = new Set<string>();
  return problems.map((own) =>
    own.filter((problem) => {
      const text = JSON.stringify(problem);
      return told.has(text) ? false : told.add(text);
    }),
  );
}

function mayShare(a: Use, b: Use): boolean {
  return a.key === b.key && OF_ONE_JOB.test(a.key) && jobOfKind(a) === jobOfKind(b);
}

function jobOfKind({ binding }: Use): string {
  return spellJobPlace(binding.report.job);
}

function hintFor(a: Use, b: Use): string {
  if (a.key === b.key && OF_ONE_JOB.test(a.key)) return `let both name the job by ${jobOfKind(a)}`;
  return `name another one for ${b.binding.kind}, or make both one kind: an operation under \`schedules\` may have a \`scheduled\` of its own`;
}
