import { FAULT_NAMES, type FaultName } from '../../faults/index.js';
import { nearest } from '../../problem.js';
import type { Refuse } from '../../sandbox-error.js';
import { type Api, operationNamed } from '../api.js';
import { type ChaosSetting, DEFAULT_CHAOS_FAULTS } from '../chaos.js';

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

/** The setting that is asked for. @throws what `refuse` makes */
export function readChaos(
  options: ChaosOptions,
  apis: readonly Api[],
  refuse: Refuse,
): ChaosSetting {
  const { rate, seed = 1, faults = DEFAULT_CHAOS_FAULTS, operations } = options;
  if (!(rate >= 0 && rate <= 1)) {
    const hint = 'give a share from 0 to 1, 0.1 is a tenth';
    throw refuse('CHAOS_WRONG_RATE', `chaos: "rate" is ${rate}`, hint);
  }
  if (!Number.isSafeInteger(seed)) {
    throw refuse('CHAOS_WRONG_SEED', `chaos: "seed" is ${seed}`, 'give a whole number');
  }
  if (faults.length === 0) {
    throw refuse('CHAOS_NO_FAULTS', 'chaos: "faults" is empty', 'name some, or leave it out');
  }
  for (const name of faults) {
    if ((FAULT_NAMES as readonly string[]).includes(name)) continue;
    const hint = nearest(name, FAULT_NAMES);
    throw refuse('CHAOS_UNKNOWN_FAULT', `chaos: unknown fault "${name}"`, hint);
  }
  const known = apis.flatMap(({ contract }) => [...contract.operations.keys()]);
  const named = operations?.map((said) => operationNamed(apis, said));
  for (const id of named ?? []) {
    if (known.includes(id)) continue;
    const hint = nearest(id, known);
    throw refuse('CHAOS_UNKNOWN_OPERATION', `chaos: unknown operation "${id}"`, hint);
  }
  return { rate, seed, faults: faults as FaultName[], operations: named };
}
