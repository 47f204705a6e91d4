import type { ErrorCode } from '../../error-codes.js';
import { FAULTS } from '../../faults/index.js';
import { nearest } from '../../problem.js';
import type { Vocabulary } from '../../scenario/vocabulary.js';
import { stateLike } from '../../scenario/vocabulary.js';
import type { FormatDocument, Path } from '../document.js';
import { checkAnswer, checkHeaders } from './check-answer.js';
import { OF_A_STATE, type StepFile } from './step-file.js';

/** What a step says, in the words of its API. */
export function checkStep(
  document: FormatDocument,
  step: StepFile,
  path: Path,
  words: Vocabulary,
  offContract: boolean,
): void {
  const has = (key: string) => document.has([...path, key]);
  if (has('token')) checkToken(document, path);
  else if (has('answer')) {
    for (const key of OF_A_STATE) {
      if (!has(key)) continue;
      const message = `"${key}" cannot stand beside "answer"`;
      const inside = key === 'headers' || key === 'retry_after';
      const hint = inside ? 'write it inside the answer' : 'make it a step of its own';
      document.wrong([...path, key], 'SCENARIO_KEY_CONFLICT', message, hint);
    }
    if (step.answer) checkAnswer(document, step.answer, [...path, 'answer'], true);
    if (step.answer?.fault && FAULTS[step.answer.fault].endless && has('delay')) {
      const message = 'an answer that never comes cannot come later';
      const hint = 'leave one of the two out';
      document.wrong([...path, 'delay'], 'SCENARIO_KEY_CONFLICT', message, hint);
    }
  } else if (has('state')) {
    checkState(document, step, path, words, offContract);
    checkHeaders(document, step, [...path, 'headers']);
  } else {
    const hint = `give it \`state: ${stateLike(words, 'open')}\`, or \`answer: { http: 404 }\``;
    document.wrong(path, 'SCENARIO_MISSING_KEY', 'the step says nothing', hint);
  }
}

/** What meets a token is answered in front of the API. */
function checkToken(document: FormatDocument, path: Path): void {
  for (const key of [...OF_A_STATE, 'answer']) {
    if (!document.has([...path, key])) continue;
    const message = `"${key}" cannot stand beside "token"`;
    const hint = 'the gateway answers in place of the API: make it a step of its own';
    document.wrong([...path, key], 'SCENARIO_KEY_CONFLICT', message, hint);
  }
}

function checkState(
  document: FormatDocument,
  step: StepFile,
  path: Path,
  words: Vocabulary,
  offContract: boolean,
): void {
  const { states, envelopes } = words;
  const name = step.state === undefined ? undefined : String(step.state);
  if (name === undefined) return;
  const known = states.get(name);
  if (!known && !offContract) {
    const hint = `${nearest(name, [...states.keys()])}; a state outside the contract needs off_contract: true`;
    document.wrong([...path, 'state'], 'SCENARIO_UNKNOWN_STATE', `unknown state "${name}"`, hint);
  }
  // A state that the binding does not know looks like one in which the job goes on.
  const like = known ?? [...states.values()].find((s) => s.outcome === 'open');
  checkName(document, [...path, 'shape'], step.shape, like?.shapes ?? [], {
    code: 'SCENARIO_UNKNOWN_SHAPE',
    what: `shape of ${name}`,
  });
  checkName(document, [...path, 'envelope'], step.envelope, envelopes, {
    code: 'SCENARIO_UNKNOWN_ENVELOPE',
    what: 'envelope',
  });
  if (!step.error) return;
  const at = [...path, 'error'];
  if (known?.outcome !== 'failed') {
    const hint = 'an error goes with a failed state';
    document.wrong(at, 'SCENARIO_KEY_CONFLICT', `state ${name} carries no error`, hint);
  }
  checkError(document, step.error, at, words);
}

function checkName(
  document: FormatDocument,
  path: Path,
  given: unknown,
  known: readonly string[],
  { code, what }: { code: ErrorCode; what: string },
): void {
  if (given === undefined || known.includes(String(given))) return;
  document.wrong(path, code, `unknown ${what} "${given}"`, nearest(String(given), known));
}

function checkError(
  document: FormatDocument,
  { code, message }: NonNullable<StepFile['error']>,
  path: Path,
  { errors, failure }: Vocabulary,
): void {
  const key = code === undefined ? failure : String(code);
  if (message !== undefined || (key !== undefined && errors.has(key))) return;
  if (code !== undefined) {
    const hint = `${nearest(String(code), [...errors.keys()])}; or give a message of your own`;
    const unknown = `unknown error code "${code}"`;
    document.wrong([...path, 'code'], 'SCENARIO_UNKNOWN_ERROR', unknown, hint);
  } else if (!document.has([...path, 'code']) && !document.has([...path, 'message'])) {
    const hint = `for example { code: ${[...errors.keys()][0] ?? '…'} }`;
    document.wrong(path, 'SCENARIO_MISSING_KEY', 'the error has neither code nor message', hint);
  }
}
