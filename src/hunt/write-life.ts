import { writeAnswer, writeStep } from '../formats/scenario/write-step.js';
import type { Api } from '../sandbox/api.js';
import { tellAnswer, tellStep } from '../sandbox/control/scenario-views.js';
import { inEnglish, type Say } from '../say.js';
import type { Scenario } from '../scenario/scenario.js';

/** One line a step: `running for 1 poll, eta 400ms after each answer`. */
export function tellLife(
  { life, refuse }: Pick<Scenario, 'life' | 'refuse'>,
  say: Say = inEnglish,
) {
  return refuse ? [tellAnswer(refuse, say)] : life.map((step) => tellStep(step, say));
}

/**
 * The text of a scenario that plays a life that was drawn.
 * @param found what was found by it, a sentence
 */
export async function writeLife(
  { binding }: Pick<Api, 'binding'>,
  scenario: Scenario,
  name: string,
  found: string,
): Promise<string> {
  const { stringify } = await import('yaml');
  const { life, refuse, expect, offContract } = scenario;
  const document = {
    scenario: name,
    title: tellLife(scenario).join('; '),
    about: found,
    ...(offContract ? { off_contract: true } : {}),
    ...(refuse ? { refuse: writeAnswer(refuse) } : {}),
    ...(life.length > 0 ? { life: life.map((step) => writeStep(step, binding)) } : {}),
    ...(Object.keys(expect).length > 0 ? { expect } : {}),
  };
  return stringify(document, { lineWidth: 100, aliasDuplicateObjects: false });
}
