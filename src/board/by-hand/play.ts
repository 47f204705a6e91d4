import { ask, ControlError } from '../control.js';

/** A step as a scenario file spells it. */
export type Step = Record<string, unknown>;

/**
 * Lets a job live a step. An answer that the API would not give is played all the same: whoever clicks it means it.
 * @returns what it took to play it against the contract; undefined: nothing
 */
export async function playStep(
  session: string,
  job: string,
  step: Step,
): Promise<string | undefined> {
  const path = ['sessions', session, 'jobs', job, 'play'];
  try {
    await ask('POST', path, { next: step });
    return undefined;
  } catch (problem) {
    if (!(problem instanceof ControlError) || problem.code !== 'SCENARIO_BREAKS_CONTRACT')
      throw problem;
    await ask('POST', path, { next: { ...step, off_contract: true } });
    return problem.message;
  }
}
