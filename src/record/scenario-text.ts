import { stringify } from 'yaml';
import { TOLERANCES } from '../audit/rules/index.js';
import type { Json } from '../contract/json.js';
import { parseScenario } from '../formats/scenario/parse.js';
import type { Api } from '../sandbox/api.js';
import { vocabularyOf } from '../sandbox/binding-words.js';
import { checkAnswersAgainstContract } from '../sandbox/check-answers.js';
import { t } from '../texts/spoken.js';
import type { Draft } from './life.js';
import type { Said } from './said.js';

/** What a scenario file is made of. */
export interface Recorded {
  /** As in `scenario:`. */
  name: string;
  /** Undefined when nobody saw which operation scheduled the job. */
  operation: string | undefined;
  about: string;
  content: { life: readonly Draft[] } | { refuse: Said };
}

/** More words than these do not make a title clearer. */
const MAX_TITLE = 8;

/**
 * The text of a scenario file that a sandbox accepts: answers that the contract forbids are marked.
 * @throws FileError when no mark makes it acceptable
 */
export function scenarioText(api: Api, recorded: Recorded): string {
  const plain = render(recorded, new Set(), false);
  const [steps, whole] = breaches(api, plain);
  if (steps.size === 0 && !whole) return plain;
  const marked = render(recorded, steps, whole);
  const [left, still] = breaches(api, marked);
  return left.size === 0 && !still ? marked : render(recorded, steps, true);
}

/** Indexes of the steps that break the contract, and whether the refusal does. */
function breaches(api: Api, text: string): [Set<number>, boolean] {
  const words = vocabularyOf(api.binding, api.contract, TOLERANCES);
  const scenario = parseScenario('recording', text, words);
  const problems = checkAnswersAgainstContract(api, scenario);
  const lines = new Set(problems.map(({ line }) => line));
  const steps = scenario.life.flatMap(({ line }, i) => (lines.has(line) ? [i] : []));
  return [new Set(steps), problems.length > 0 && steps.length === 0];
}

function render(recorded: Recorded, marked: ReadonlySet<number>, whole: boolean): string {
  const { name, operation, about, content } = recorded;
  const document: Json = {
    scenario: name,
    title: titleOf(recorded),
    about,
    group: 'recorded',
    ...(operation === undefined ? {} : { operations: [operation] }),
    ...(whole ? { off_contract: true } : {}),
    ...('refuse' in content
      ? { refuse: content.refuse.step.answer }
      : { life: content.life.map((draft, i) => stepOf(draft, marked.has(i))) }),
  };
  return stringify(document, { lineWidth: 100, aliasDuplicateObjects: false });
}

function stepOf({ said, for: lasts, eta, delay }: Draft, marked: boolean): Json {
  return {
    ...said.step,
    ...(lasts === undefined ? {} : { for: lasts }),
    ...(eta === undefined ? {} : { eta }),
    ...(delay === undefined ? {} : { delay }),
    ...(marked || said.strange ? { off_contract: true } : {}),
  };
}

function titleOf({ content }: Recorded): string {
  if ('refuse' in content) return t`Recorded: ${content.refuse.words} at once, there is no job`;
  const words = content.life.map(({ said }) => said.words);
  const shown = words.slice(0, MAX_TITLE).join(', ');
  return t`Recorded: ${`${shown}${words.length > MAX_TITLE ? ', …' : ''}`}`;
}
