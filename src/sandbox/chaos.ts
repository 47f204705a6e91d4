import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { FAULT_NAMES, FAULTS, type Fault, type FaultName, makeFault } from '../faults/index.js';
import type { RandomStream } from './random.js';

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

/**
 * What happens on a bad day: the answer is lost or cannot be read. Nothing that takes its time, holds
 * others up or bends what is said; those can be asked for by name.
 */
export const DEFAULT_CHAOS_FAULTS: readonly FaultName[] = FAULT_NAMES.filter(
  (name) => FAULTS[name].drawn,
);

/**
 * The seed of an operation's stream. Each operation has a stream of its own, so that one request more
 * elsewhere changes nothing for the others; the session's name plays no part in it.
 */
export function chaosSeed({ seed }: ChaosSetting, operation: string): string {
  return `${seed}/${operation}`;
}

/** Whether answers of an operation may meet a fault. */
export function chaosConcerns({ operations }: ChaosSetting, operation: string): boolean {
  return operations === undefined || operations.includes(operation);
}

/** The fault that the next answer meets, if any; two numbers are drawn in any case. */
export function drawFault({ rate, faults }: ChaosSetting, stream: RandomStream): Fault | undefined {
  const chance = uniformFloat64(stream);
  const name = faults[uniformInt(stream, 0, faults.length - 1)];
  return chance < rate && name !== undefined ? makeFault(name) : undefined;
}
