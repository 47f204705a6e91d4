import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { FAULT_NAMES, FAULTS, type Fault, type FaultName, makeFault } from '../scenario/fault.js';
import { hash } from './ids.js';

/** Faults by chance, in every answer of a session. */
export interface ChaosSetting {
  /** The share of answers that meet a fault, from 0 to 1. */
  rate: number;
  /** The same seed brings the same faults. */
  seed: number;
  /** What may happen; each is as likely as the others. */
  faults: readonly FaultName[];
  /** Only to answers of these operations; undefined: to all. */
  operations: readonly string[] | undefined;
}

export interface Chaos {
  readonly setting: ChaosSetting;
  /** The fault that the next answer of an operation meets, if any. */
  strike(operation: string): Fault | undefined;
}

/**
 * What happens on a bad day: the answer is lost or cannot be read. Nothing that takes its time, holds
 * others up or bends what is said; those can be asked for by name.
 */
export const BAD_DAY: readonly FaultName[] = FAULT_NAMES.filter(
  (name) => FAULTS[name].read === 'no' && !['hang', 'refused', 'redirect'].includes(name),
);

/**
 * Each operation of a session has a stream of its own, so that one request more elsewhere changes
 * nothing for the others.
 */
export function makeChaos(setting: ChaosSetting, session: string): Chaos {
  const streams = new Map<string, ReturnType<typeof xoroshiro128plus>>();
  return {
    setting,
    strike: (operation) => {
      const { rate, seed, faults, operations } = setting;
      if (operations && !operations.includes(operation)) return undefined;
      const known = streams.get(operation);
      const stream = known ?? xoroshiro128plus(hash(`${seed}/${session}/${operation}`));
      if (!known) streams.set(operation, stream);
      const chance = uniformFloat64(stream);
      const which = uniformInt(stream, 0, faults.length - 1);
      const name = faults[which];
      return chance < rate && name !== undefined ? makeFault(name) : undefined;
    },
  };
}
