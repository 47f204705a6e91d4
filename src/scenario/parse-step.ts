import type { YAMLMap } from 'yaml';
import { nearest, type Problem } from '../problem.js';
import type { YamlFile } from '../yaml.js';
import { DURATION_HINT, type Millis, parseDuration } from './duration.js';
import { Fields } from './fields.js';
import { ANSWER, readAnswer } from './parse-answer.js';
import type { ErrorText, Eta, Lasts, State, Step } from './scenario.js';
import { stateLike, type Vocabulary } from './vocabulary.js';

const STEP = [
  'state', 'answer', 'for', 'eta', 'delay', 'shape', 'envelope', 'error', 'off_contract',
]; // biome-ignore format: reads as one list
const LASTS_HINT = 'write a duration (3s), a number of polls (2 polls), or "until released"';

/** Where a step stands: what its scenario says of all steps, and whether another one follows. */
interface Place {
  last: boolean;
  offContract: boolean;
}

/** Reads one step of a life; mistakes go to `problems`. */
export function parseStep(
  yaml: YamlFile,
  problems: Problem[],
  map: YAMLMap,
  words: Vocabulary,
  place: Place,
): Step {
  const step = new Fields(yaml, problems, map, STEP);
  const offContract = step.flag('off_contract') ?? place.offContract;
  const says = readSays(step, words, offContract);
  return {
    says,
    lasts: readLasts(step, place.last),
    eta: readEta(step),
    delay: readDelay(step, says),
    offContract,
    line: yaml.at(map).line,
  };
}

function readSays(step: Fields, words: Vocabulary, offContract: boolean): Step['says'] {
  const answer = step.inner('answer', ANSWER);
  if (answer) {
    for (const key of ['state', 'shape', 'envelope', 'error']) {
      if (!step.node(key)) continue;
      step.wrong(
        step.node(key),
        `"${key}" cannot stand beside "answer"`,
        'make it a step of its own',
      );
    }
    return { answer: readAnswer(answer, true) };
  }
  if (!step.node('state') && !step.node('answer')) {
    step.wrong(
      undefined,
      'the step says nothing',
      `give it \`state: ${stateLike(words, 'open')}\`, or \`answer: { http: 404 }\``,
    );
  }
  return readState(step, words, offContract);
}

function readState(step: Fields, words: Vocabulary, offContract: boolean): State {
  const name = step.text('state') ?? '';
  const names = [...words.states.keys()];
  const known = words.states.get(name);
  if (name && !known && !offContract) {
    const hint = `${nearest(name, names)}; a state outside the contract needs off_contract: true`;
    step.wrong(step.node('state'), `unknown state "${name}"`, hint);
  }
  // A state that the binding does not know looks like one in which the job goes on.
  const like = known ?? [...words.states.values()].find((s) => s.outcome === 'open');
  const outcome = known?.outcome ?? 'open';
  const error = readError(step, words);
  if (error && outcome !== 'failed') {
    step.wrong(
      step.node('error'),
      `state ${name} carries no error`,
      'an error goes with a failed state',
    );
  }
  return {
    state: name,
    outcome,
    shape: step.oneOf('shape', like?.shapes ?? [], `shape of ${name}`),
    envelope: step.oneOf('envelope', words.envelopes, 'envelope'),
    error,
  };
}

function readError(step: Fields, words: Vocabulary): ErrorText | undefined {
  const fields = step.inner('error', ['code', 'name', 'message']);
  if (!fields) return undefined;
  const key = fields.text('code');
  const known = words.errors.get(key ?? words.failure ?? '');
  const message = fields.text('message') ?? known?.message;
  if (key !== undefined && message === undefined) {
    const hint = `${nearest(key, [...words.errors.keys()])}; or give a message of your own`;
    fields.wrong(fields.node('code'), `unknown error code "${key}"`, hint);
  }
  if (key === undefined && message === undefined) {
    fields.wrong(
      undefined,
      'the error has neither code nor message',
      `for example { code: ${[...words.errors.keys()][0] ?? '…'} }`,
    );
  }
  const code = known?.code ?? key ?? '';
  const name = fields.text('name') ?? known?.name ?? '';
  return {
    code,
    name,
    message: message ?? '',
    text: code ? `${code}: ${message}` : (message ?? ''),
    ...(known?.details === undefined ? {} : { details: known.details }),
  };
}

function readLasts(step: Fields, last: boolean): Lasts {
  const node = step.node('for');
  const text = step.text('for')?.trim();
  if (text === undefined) {
    if (!last && !node) {
      step.wrong(
        undefined,
        'the step lasts for ever, so the next one is never reached',
        `give it \`for\`: ${LASTS_HINT}`,
      );
    }
    return { kind: 'ever' };
  }
  const lasts = parseLasts(text);
  if (!lasts) step.wrong(node, `"for: ${text}" is not a length`, LASTS_HINT);
  else if (last && lasts.kind !== 'ever') {
    step.wrong(
      node,
      'nothing follows the last step, so it lasts for ever',
      'leave `for` out, or add a step',
    );
  } else if (!last && lasts.kind === 'ever') {
    step.wrong(node, 'the step lasts for ever, so the next one is never reached', LASTS_HINT);
  }
  return lasts ?? { kind: 'ever' };
}

function parseLasts(text: string): Lasts | undefined {
  if (text === 'until released') return { kind: 'released' };
  if (text === 'ever') return { kind: 'ever' };
  const polls = /^([1-9]\d{0,8}) polls?$/.exec(text)?.[1];
  if (polls) return { kind: 'polls', polls: Number(polls) };
  const time = parseDuration(text);
  return time !== undefined && time > 0 ? { kind: 'time', time } : undefined;
}

function readEta(step: Fields): Eta | undefined {
  const text = step.text('eta')?.trim();
  if (text === undefined) return undefined;
  const fromStart = text.endsWith(' from start');
  const after = parseDuration(fromStart ? text.slice(0, -' from start'.length) : text);
  if (after === undefined) {
    const hint = `${DURATION_HINT}; counted from the answer, or "10s from start"; -5s is past already`;
    step.wrong(step.node('eta'), `"eta: ${text}" is not a time`, hint);
    return undefined;
  }
  return { from: fromStart ? 'start' : 'answer', after };
}

function readDelay(step: Fields, says: Step['says']): Millis {
  if ('answer' in says && says.answer.fault?.name === 'hang' && step.node('delay')) {
    const hint = 'leave one of the two out';
    step.wrong(step.node('delay'), 'an answer that never comes cannot come later', hint);
  }
  return step.duration('delay') ?? 0;
}
