import type { Problem } from '../problem.js';
import type { Binding } from './binding.js';
import { placeIn } from './check-binding.js';
import { spellJobPlace } from './job-place.js';
import { operationsOf } from './operations-of.js';

/** What names an operation that is about one job, whose id tells of which kind it is. */
const OF_ONE_JOB = /^(report|cancel|delete|results)\./;
/** What names the one that lists jobs: of all the kinds that share it. */
const LIST = 'list.operation';

interface Use {
  binding: Binding;
  key: string;
}

/**
 * Kinds of jobs in one document: an operation is of one of them, or nobody knew what a request begins. What is about one
 * job, such as its report, may be one for several kinds, if it names the job in one way for all of them; what lists jobs,
 * if it is answered in one way.
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
  if (bothList(a, b)) return frameOf(a) === frameOf(b);
  return haveOneRole(a, b) && placeOf(a) === placeOf(b);
}

function bothList(a: Use, b: Use): boolean {
  return a.key === LIST && b.key === LIST;
}

/** What a list says beside its jobs, and how it is cut: each kind has its own words for a job, and its own filters. */
function frameOf({ binding: { list } }: Use): string {
  if (!list) return '';
  const { http, headers, data, bare, newestFirst, order, paging } = list;
  const told = Object.entries(headers).map(([name, { source }]) => [name, source]);
  return JSON.stringify([http, told, data?.source, bare, newestFirst, order, paging]);
}

/** Do both name it as what reports, cancels, deletes a job, or reads its result? */
function haveOneRole(a: Use, b: Use): boolean {
  const [role, other] = [a, b].map(({ key }) => key.split('.', 1)[0]);
  return role === other && OF_ONE_JOB.test(a.key);
}

/** Where it names a job, if the binding says so. */
function placeOf({ binding: { report, cancel, delete: deletes, results }, key }: Use): string {
  const [role, index] = key.split('.');
  const said = { report, cancel, delete: deletes }[role ?? ''] ?? results[Number(index)];
  return said?.job ? spellJobPlace(said.job) : '';
}

function hintFor(a: Use, b: Use): string {
  if (bothList(a, b)) {
    return 'let both answer in one way: only `item` and `filter` may differ. What is the same stands at the top, beside `kinds`';
  }
  if (haveOneRole(a, b)) return 'let both name the job in the same place';
  return `name another one for ${b.binding.kind}, or make both one kind: an operation under \`schedules\` may have a \`scheduled\` of its own`;
}
