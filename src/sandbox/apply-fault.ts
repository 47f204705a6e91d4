import { type AnswerFacts, declarationOf, type Fault } from '../faults/index.js';
import type { Answer } from './answer.js';

/**
 * The answer as the fault has it. What happens on the wire is left to the server; here is done what
 * changes what is said.
 */
export function applyFault(answer: Answer, fault: Fault, facts: AnswerFacts): Answer {
  const { corrupt } = declarationOf(fault);
  return { ...(corrupt ? corrupt(answer, fault, facts) : answer), fault };
}

/** Whether a client can still read of the state that the answer names. */
export function showsState({ fault, body }: Answer, state: string): boolean {
  if (!fault) return true;
  return declarationOf(fault).read !== 'no' && body.includes(JSON.stringify(state));
}
