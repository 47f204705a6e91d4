import { nearest } from '../../problem.js';
import { endsToken } from '../../scenario/scenario.js';
import { stateLike, type Vocabulary } from '../../scenario/vocabulary.js';
import type { FormatDocument, Path } from '../document.js';
import { checkAnswer } from './check-answer.js';
import { checkStep } from './check-step.js';
import { LENGTH_HINT, parseLength } from './lengths.js';
import type { ScenarioFile } from './scenario-file.js';
import type { StepFile } from './step-file.js';

const ENDLESS = 'the step lasts for ever, so the next one is never reached';

/** A life or a refusal, and that every step of the life is reached. */
export function checkLife(document: FormatDocument, file: ScenarioFile, words: Vocabulary): void {
  const { life, refuse } = file;
  if (refuse) checkAnswer(document, refuse, ['refuse'], false);
  const refused = document.has(['refuse']);
  if (document.has(['refuse']) && document.has(['life']) && refuse) {
    const message = 'a refused request makes no job, so this life is never lived';
    document.wrong(['life'], 'SCENARIO_KEY_CONFLICT', message, 'leave one of the two out');
  }
  checkScheduled(document, file, words);
  checkCancelled(document, file, words);
  if (!document.has(['life']) && !refused) {
    const hint = 'list the steps that the job lives through';
    document.wrong(['life'], 'SCENARIO_MISSING_KEY', 'the key "life" is missing', hint);
  }
  if (life?.length === 0) {
    const hint = `for example "- state: ${stateLike(words, 'done')}"`;
    document.wrong(['life'], 'SCENARIO_EMPTY', 'a life has at least one step', hint);
  }
  life?.forEach((step: StepFile | undefined, i) => {
    if (!step) return;
    const path = ['life', i];
    const offContract = step.off_contract ?? file.off_contract ?? false;
    checkStep(document, step, path, words, offContract);
    checkLength(document, step, path, i === life.length - 1);
  });
  checkOutcomes(document, file, words);
  checkMeets(document, file);
}

/** A form that one of the scenario's operations has; the others answer as usual. */
function checkScheduled(
  document: FormatDocument,
  { scheduled, operations }: ScenarioFile,
  words: Vocabulary,
): void {
  if (scheduled === undefined || !words.scheduled) return;
  const name = String(scheduled);
  if (document.has(['refuse'])) {
    const message = 'a refused request is answered by `refuse`, so this form is never seen';
    document.wrong(['scheduled'], 'SCENARIO_KEY_CONFLICT', message, 'leave one of the two out');
    return;
  }
  const ids = operations?.map(String) ?? words.operations;
  const known = [...new Set(ids.flatMap((id) => words.scheduled?.get(id) ?? []))];
  if (known.includes(name)) return;
  const message = `unknown shape of the scheduling answer "${name}"`;
  document.wrong(['scheduled'], 'SCENARIO_UNKNOWN_SHAPE', message, nearest(name, known));
}

/** A form that the answer to who cancels a job has. */
function checkCancelled(
  document: FormatDocument,
  { cancelled }: ScenarioFile,
  { cancelled: known }: Vocabulary,
): void {
  if (cancelled === undefined || !known || known.includes(String(cancelled))) return;
  const message = `unknown shape of the answer to who cancels "${cancelled}"`;
  const hint =
    known.length === 0
      ? 'the binding has none: name them in `cancel: { shapes: … }`'
      : nearest(String(cancelled), known);
  document.wrong(['cancelled'], 'SCENARIO_UNKNOWN_SHAPE', message, hint);
}

/** A step that is not there is met by nobody. */
function checkMeets(document: FormatDocument, { meets = [], life = [] }: ScenarioFile): void {
  meets.forEach((step: number | undefined, i) => {
    if (step === undefined || step <= life.length) return;
    const message = `there is no step ${step}`;
    const hint = `the life has ${life.length}; the first one is 1`;
    document.wrong(['meets', i], 'SCENARIO_NO_SUCH_STEP', message, hint);
  });
}

function checkLength(document: FormatDocument, step: StepFile, path: Path, last: boolean): void {
  const at = [...path, 'for'];
  // A word that is wrong is told already.
  if (document.has([...path, 'token']) && step.token === undefined) return;
  if (endsToken({ token: step.token })) {
    if (document.has(at)) {
      const message = `a step with \`token: ${step.token}\` is over once another token comes`;
      document.wrong(at, 'SCENARIO_KEY_CONFLICT', message, 'leave `for` out');
    } else if (last) {
      const message = 'nothing follows the step for who comes with another token';
      const hint = 'add the step that the job is in then';
      document.wrong([...path, 'token'], 'SCENARIO_LAST_STEP_ENDS', message, hint);
    }
    return;
  }
  if (!document.has(at)) {
    if (last) return;
    document.wrong(path, 'SCENARIO_STEP_ENDLESS', ENDLESS, `give it \`for\`: ${LENGTH_HINT}`);
    return;
  }
  const length = step.for === undefined ? undefined : parseLength(step.for.trim());
  if (!length) return;
  if (last && length.kind !== 'ever') {
    const message = 'nothing follows the last step, so it lasts for ever';
    document.wrong(at, 'SCENARIO_LAST_STEP_ENDS', message, 'leave `for` out, or add a step');
  } else if (!last && length.kind === 'ever') {
    document.wrong(at, 'SCENARIO_STEP_ENDLESS', ENDLESS, LENGTH_HINT);
  }
}

/** A job that has failed or was cancelled makes nothing any more, whatever it says later. */
function checkOutcomes(document: FormatDocument, { life = [] }: ScenarioFile, words: Vocabulary) {
  let over: string | undefined;
  life.forEach((step: StepFile | undefined, i) => {
    const name = step?.state === undefined ? undefined : String(step.state);
    const outcome = words.states.get(name ?? '')?.outcome;
    if (outcome === 'failed' || outcome === 'cancelled') over ??= name;
    if (outcome !== 'done' || over === undefined) return;
    const message = `nothing is made: the job was ${over} before it is ${name}, so its result is not there`;
    const hint = 'a link to it leads nowhere; leave it if that is what you want to test';
    const weight = { severity: 'warning', usable: true } as const;
    document.wrong(['life', i, 'state'], 'SCENARIO_NOTHING_MADE', message, hint, weight);
  });
}
