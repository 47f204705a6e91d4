import { type FaultName, type FaultSettings, makeFault } from '../../faults/index.js';
import type { Duration } from '../../time/moments.js';
import type { Answer, ErrorText, State, Step, StepDuration } from '../scenario.js';
import type { DeriveWords, EndWords } from './words.js';

/** What may be said of a step beside its state or its answer. */
interface More {
  /** Polls that get this answer; left out: one. */
  polls?: number;
  /** When each answer tells its client to come back, counted from that answer. */
  eta?: Duration;
  /** How much later than it could be each answer is sent. */
  delay?: Duration;
}

const EVER: StepDuration = { kind: 'ever' };
/** No file has a line for it. */
const NO_LINE = 0;

function step(
  response: Step['response'],
  duration: StepDuration,
  { eta, delay = 0 }: More,
  offContract = false,
): Step {
  const told = eta === undefined ? undefined : { from: 'answer' as const, after: eta };
  return { response, duration, eta: told, delay, offContract, line: NO_LINE };
}

function stateOf(name: string, outcome: State['outcome'], more: Partial<State> = {}): State {
  return {
    state: name,
    outcome,
    shape: undefined,
    envelope: undefined,
    error: undefined,
    ...more,
  };
}

/** The job goes on for a time; its eta is true. */
export function openFor({ open: [first] }: DeriveWords, time: Duration, more: More = {}): Step {
  return step(stateOf(first, 'open'), { kind: 'time', time }, more);
}

/** The job goes on for some polls, by default in its first state. */
export function openPolls({ open: [first] }: DeriveWords, more: More = {}, name = first): Step {
  return step(stateOf(name, 'open'), pollsOf(more), more);
}

/** The job goes on and never ends. */
export function openForEver({ open: [first] }: DeriveWords, more: More): Step {
  return step(stateOf(first, 'open'), EVER, more);
}

/** A state that no client knows; to the sandbox the job goes on. */
export function unknownPolls(name: string, more: More): Step {
  return step(stateOf(name, 'open'), pollsOf(more), more, true);
}

/** The job is done. @param end left out: as it usually is */
export function isDone(
  { done: [usual] }: DeriveWords,
  end: EndWords = usual,
  shape?: string,
): Step {
  return step(stateOf(end.state, 'done', { shape }), EVER, {});
}

/** It is done, says so to some polls, and then another step follows. */
export function isDoneFor({ done: [usual] }: DeriveWords, polls: number): Step {
  return step(stateOf(usual.state, 'done'), { kind: 'polls', polls }, {});
}

/** The job ends without a result: it has failed, or was cancelled. */
export function endsWithout(
  end: EndWords,
  outcome: State['outcome'],
  { shape, error }: { shape?: string | undefined; error?: ErrorText | undefined } = {},
): Step {
  return step(stateOf(end.state, outcome, { shape, error }), EVER, {});
}

/** What an answer says in the place of a state. */
interface Said extends More {
  retryAfter?: Answer['retryAfter'];
  headers?: Record<string, string>;
  body?: unknown;
  /** What it says breaks the contract, whatever its status. */
  breaks?: boolean;
  /** It lasts for ever. */
  ever?: boolean;
}

/** An answer of a status; one that the contract does not document breaks it on purpose. */
export function answers(words: DeriveWords, http: number, said: Said = {}): Step {
  const { breaks = false, ever = false } = said;
  const duration = ever ? EVER : pollsOf(said);
  return step({ answer: answerOf(http, said) }, duration, said, breaks || !words.reports(http));
}

export function answerOf(http: number, { retryAfter, headers = {}, body }: Said = {}): Answer {
  return { fault: undefined, http, retryAfter, headers, body };
}

/** A fault happens to the answer of the state that the job is in. @param breaks what is said breaks the contract */
export function mishap(
  name: FaultName,
  {
    settings = {},
    breaks = false,
    ...more
  }: More & {
    settings?: Partial<FaultSettings>;
    breaks?: boolean;
  } = {},
): Step {
  return step({ answer: mishapOf(name, settings) }, pollsOf(more), more, breaks);
}

export function mishapOf(name: FaultName, settings: Partial<FaultSettings> = {}): Answer {
  return { ...answerOf(0), fault: makeFault(name, settings) };
}

export function seconds(after: number): Answer['retryAfter'] {
  return { after: after * 1000, as: 'seconds' };
}

export function asDate(after: number): Answer['retryAfter'] {
  return { after: after * 1000, as: 'date' };
}

function pollsOf({ polls = 1 }: More): StepDuration {
  return { kind: 'polls', polls };
}
