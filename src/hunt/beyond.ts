import { rolesOf } from '../contract/job-operations.js';
import { FAULT_NAMES } from '../faults/index.js';
import type { Api } from '../sandbox/api.js';
import { say } from '../say.js';
import { formatDuration } from '../time/duration.js';
import { ETAS } from './drafts.js';
import type { Kit } from './ingredient.js';

/** What no hunt draws for an API, whatever its budget: a line each, for people. */
export function beyondHunts({ binding, contract }: Api, kit: Kit): string[] {
  const longest = formatDuration(Math.max(...ETAS));
  const faults = FAULT_NAMES.filter((name) => !faultsOf(kit).has(name));
  const report = contract.operations.get(binding.report.operation);
  const documented = Object.keys(report?.answers ?? {}).filter((status) =>
    /^[45]\d\d$/.test(status),
  );
  const statuses = documented.filter((status) => !statusesOf(kit).has(Number(status)));
  const roles = rolesOf(binding).filter(({ operation }) => operation !== binding.report.operation);
  return [
    say`a job that never ends`,
    say`waits longer than ${longest}`,
    say`different lives for several jobs of one run`,
    ...(faults.length > 0 ? [say`faults: ${faults.join(', ')}`] : []),
    ...(statuses.length > 0 ? [say`statuses of the contract: ${statuses.join(', ')}`] : []),
    ...(roles.length > 0
      ? [
          say`answers of ${roles.map(({ operation }) => operation).join(', ')} that are out of the ordinary`,
        ]
      : []),
    ...(binding.webhooks ? [say`webhooks that are late, lost or forged`] : []),
    ...(binding.tokens ? [say`tokens that run out or are revoked`] : []),
  ];
}

function faultsOf({ pieces, refusals }: Kit): Set<string> {
  const answers = [...answersOf(pieces), ...refusals.flatMap(({ refuse }) => refuse ?? [])];
  return new Set(answers.flatMap(({ fault }) => fault?.name ?? []));
}

function statusesOf({ pieces, ends }: Kit): Set<number> {
  return new Set([...answersOf(pieces), ...answersOf(ends)].map(({ http }) => http));
}

function answersOf(ingredients: Kit['ends']) {
  return ingredients.flatMap(({ steps }) =>
    steps.flatMap(({ response: says }) => ('answer' in says ? [says.answer] : [])),
  );
}
