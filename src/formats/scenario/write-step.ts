import { FAULTS, type Fault, makeFault, SETTING_KEYS } from '../../faults/index.js';
import {
  type Answer,
  type ErrorText,
  type Eta,
  endsToken,
  type RetryAfter,
  type State,
  type Step,
  type StepDuration,
} from '../../scenario/scenario.js';
import type { Vocabulary } from '../../scenario/vocabulary.js';
import { formatDuration } from '../../time/duration.js';
import type { AnswerFile } from './answer-file.js';
import type { StepFile } from './step-file.js';

/** Settings of faults that are lengths of time. */
const LENGTHS: readonly string[] = ['closed', 'skew'];

/** A step as its file spells it: reading that gives the same step again. */
export function writeStep(
  step: Step,
  words: Pick<Vocabulary, 'errors' | 'failure'>,
  wholeOffContract = false,
): StepFile {
  const { response: says, duration, eta, delay, token, offContract } = step;
  const lasts = endsToken({ token }) ? undefined : writeLength(duration);
  return {
    ...(token !== undefined
      ? { token }
      : 'state' in says
        ? writeState(says, words)
        : { answer: writeAnswer(says.answer) }),
    ...(lasts === undefined ? {} : { for: lasts }),
    ...(eta === undefined ? {} : { eta: writeEta(eta) }),
    ...(delay === 0 ? {} : { delay: formatDuration(delay) }),
    ...(offContract === wholeOffContract ? {} : { off_contract: offContract }),
  };
}

/** Undefined: for ever, which a step says by saying nothing. */
function writeLength(lasts: StepDuration): string | undefined {
  if (lasts.kind === 'time') return formatDuration(lasts.time);
  if (lasts.kind === 'polls') return `${lasts.polls} ${lasts.polls === 1 ? 'poll' : 'polls'}`;
  return lasts.kind === 'released' ? 'until released' : undefined;
}

function writeEta({ from, after }: Eta): string {
  return formatDuration(after) + (from === 'start' ? ' from start' : '');
}

function writeRetryAfter({ after, as }: RetryAfter): string {
  return formatDuration(after) + (as === 'seconds' ? '' : ` as ${as}`);
}

function writeState(
  { state, shape, envelope, error, headers, retryAfter }: State,
  words: Pick<Vocabulary, 'errors' | 'failure'>,
): StepFile {
  return {
    state,
    ...(shape === undefined ? {} : { shape }),
    ...(envelope === undefined ? {} : { envelope }),
    ...(error === undefined ? {} : { error: writeError(error, words) }),
    ...(headers === undefined ? {} : { headers }),
    ...(retryAfter === undefined ? {} : { retry_after: writeRetryAfter(retryAfter) }),
  };
}

/** One that the API knows is named; what it says otherwise is written beside that. */
function writeError(
  { code, name, message }: ErrorText,
  { errors, failure }: Pick<Vocabulary, 'errors' | 'failure'>,
): NonNullable<StepFile['error']> {
  const found = [...errors].find(([, known]) => known.code === code);
  const known = found?.[1] ?? (code === '' ? errors.get(failure ?? '') : undefined);
  return {
    ...(code === '' ? {} : { code: found?.[0] ?? code }),
    ...(name === (known?.name ?? '') ? {} : { name }),
    ...(message === known?.message && code !== '' ? {} : { message }),
  };
}

/** An answer in the place of a state, or of a job, as its file spells it. */
export function writeAnswer({ fault, http, retryAfter, headers, body }: Answer): AnswerFile {
  const said = http === 0 ? {} : { http };
  return {
    ...(fault ? writeFault(fault) : {}),
    ...said,
    ...(retryAfter === undefined ? {} : { retry_after: writeRetryAfter(retryAfter) }),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
  };
}

/** What the fault would be without being told is left out. */
function writeFault(fault: Fault): AnswerFile {
  const { name, http } = fault;
  const usual = makeFault(name);
  const keys = FAULTS[name].settings.flatMap((key) => {
    const setting = SETTING_KEYS[key];
    const value = fault[setting];
    if (value === undefined || value === usual[setting]) return [];
    return [[key, LENGTHS.includes(key) ? formatDuration(Number(value)) : value]];
  });
  return { fault: name, ...(http === undefined ? {} : { http }), ...Object.fromEntries(keys) };
}
