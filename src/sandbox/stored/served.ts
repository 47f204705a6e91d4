import { createHash } from 'node:crypto';
import type { Scenario } from '../../scenario/scenario.js';
import type { Setup } from '../setup.js';

/** What servers of one store must have in common: else a client meets now the one, now the other. */
const PARTS = ['contracts', 'bindings', 'scenarios', 'options'] as const;
export type Part = (typeof PARTS)[number];

/** A hash of each of them. */
export type Served = Readonly<Record<Part, string>>;

/** What a server serves, and how. Where its files lie is of no account. */
export function servedOf(setup: Setup): Served {
  const { apis, clock, chaos, rules, auth, quota, validate, seed, limits, maxBody } = setup;
  const options = { clock, chaos, rules, auth, quota, validate, seed, limits, maxBody };
  const own = apis.map(({ name, scenario, envelope, settings }) => ({
    name,
    scenario,
    envelope,
    settings,
  }));
  const scenarios = apis.map(({ catalogue }) =>
    [...catalogue.values()].map(textOf).sort((a, b) => (a < b ? -1 : 1)),
  );
  return {
    contracts: hash(apis.map(({ contract }) => contract.digest)),
    bindings: hash(apis.map(({ binding }) => binding.digest)),
    scenarios: hash(scenarios),
    options: hash([options, own]),
  };
}

/** The parts in which two servers differ. */
export function differing(one: Served, other: Partial<Served>): Part[] {
  return PARTS.filter((part) => one[part] !== other[part]);
}

function textOf({ file: _, ...said }: Scenario): string {
  return JSON.stringify(said);
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);
}
