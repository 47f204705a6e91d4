import type { Answer } from '../sandbox/answer.js';
import { spoil, tellsState, toldIn } from '../sandbox/spoil.js';
import type { Exchange, Remarks } from './exchange.js';

/** An answer, and what the journal is to know of it. */
export interface Outgoing {
  answer: Answer;
  remarks: Remarks;
}

/** By chance, the answer meets one of its session's faults; those of scenarios are left alone. */
export function meetChaos(exchange: Exchange, { answer, remarks }: Outgoing): Outgoing {
  const { session, asker } = exchange;
  const { operation, state } = remarks;
  if (!session.chaos || answer.fault || operation === undefined) return { answer, remarks };
  const fault = session.chaos.strike(operation);
  if (!fault) return { answer, remarks };
  const spoiled = spoil(answer, fault, {
    url: asker.url,
    now: session.clock.now(),
    eta: remarks.eta,
    state,
    contract: session.setup.contract,
    operation,
  });
  return {
    answer: spoiled,
    remarks: {
      ...remarks,
      told: state !== undefined && tellsState(spoiled, state) ? remarks.told : undefined,
      eta: remarks.eta === undefined ? undefined : toldIn(spoiled, remarks.eta),
      chance: true,
    },
  };
}
