import type { Contract } from '../contract/contract.js';
import { FAULT_NAMES, type FaultName } from '../faults/index.js';
import { nearest } from '../problem.js';
import { type ChaosSetting, DEFAULT_CHAOS_FAULTS } from '../sandbox/chaos.js';

/** Faults by chance, as a person asks for them. */
export interface ChaosOptions {
  /** The share of answers that meet a fault, from 0 to 1. */
  rate: number;
  /** The same seed brings the same faults. Default 1. */
  seed?: number;
  /** Default: those after which the answer is lost or cannot be read. */
  faults?: readonly string[];
  /** By operationId. Default: every operation of the API. */
  operations?: readonly string[];
}

/** The setting that is asked for; a text says why it cannot be. */
export function readChaos(options: ChaosOptions, contract: Contract): ChaosSetting | string {
  const { rate, seed = 1, faults = DEFAULT_CHAOS_FAULTS, operations } = options;
  if (!(rate >= 0 && rate <= 1))
    return `"rate" is ${rate}; give a share from 0 to 1, 0.1 is a tenth`;
  if (!Number.isSafeInteger(seed)) return `"seed" is ${seed}; give a whole number`;
  if (faults.length === 0) return '"faults" is empty; name some, or leave it out';
  for (const name of faults) {
    if (!(FAULT_NAMES as readonly string[]).includes(name)) {
      return `unknown fault "${name}"; ${nearest(name, FAULT_NAMES)}`;
    }
  }
  for (const id of operations ?? []) {
    if (!contract.operations.has(id)) {
      return `unknown operation "${id}"; ${nearest(id, [...contract.operations.keys()])}`;
    }
  }
  return { rate, seed, faults: faults as FaultName[], operations };
}
