import { tellStep } from '../sandbox/control/scenario-views.js';
import type { Exchange } from '../sandbox/journal.js';
import type { Scenario, Step } from '../scenario/scenario.js';
import type { Duration } from '../time/moments.js';
import { deliveriesByJob, wasToldEnd } from './deliveries.js';
import { formatApiLength } from './format.js';
import type { Verdict } from './verdict.js';

/** A step that a good client meets, and that this one has not met. */
export interface UnmetStep {
  step: Step;
  /** From 1, as people count. */
  number: number;
  /** How long after its job was scheduled the client came for the last time before the step. */
  before: Duration | undefined;
  /** The same of the first time after it. */
  after: Duration | undefined;
}

/**
 * The steps that a good client meets and that nobody has met here. None where nobody has asked for the
 * scenario at all: then there is no job that could have met them.
 *
 * A step is met by a poll that it answers, whatever comes of the answer on its way, and by a list that tells of it.
 * Who was told the end by a webhook need not poll.
 */
export function unmetSteps(
  exchanges: readonly Exchange[],
  { name, life, meets, refuse }: Pick<Scenario, 'name' | 'life' | 'meets' | 'refuse'>,
  deliveries: readonly Exchange[] = [],
): UnmetStep[] {
  // A submission that is refused makes no job: it is all that can be met.
  if (refuse) return [];
  const own = exchanges.filter(({ scenario, method }) => scenario === name && method !== 'HEAD');
  const scheduled = own.find(
    ({ step, resource, job }) =>
      (step === undefined || resource !== undefined) && job !== undefined,
  );
  if (own.length === 0) return [];
  const sent = deliveriesByJob(deliveries.filter(({ scenario }) => scenario === name));
  if ([...sent.values()].some((each) => wasToldEnd({ deliveries: each }))) return [];
  const lists = looksInLists(exchanges, name);
  const looks = lists.length === 0 ? own : [...own, ...lists].sort((a, b) => a.at - b.at);
  const met = new Set(looks.flatMap(stepsOf));
  return meets.flatMap((index) => {
    const step = life[index];
    if (!step || met.has(index)) return [];
    const since = (look: Pick<Exchange, 'at'> | undefined) =>
      look && scheduled && look.at - scheduled.at;
    const before = since(looks.findLast(({ step: at }) => at !== undefined && at < index));
    const after = since(looks.find(({ step: at }) => at !== undefined && at > index));
    return [{ step, number: index + 1, before, after }];
  });
}

/** A step that a good client meets, and whether this one has. */
export interface StepToMeet {
  /** From 1, as people count. */
  step: number;
  /** `RUNNING for 2 polls, eta 3s after each answer` */
  says: string;
  met: boolean;
}

/** Every step that a good client meets, in their order. */
export function stepsToMeet(
  exchanges: readonly Exchange[],
  scenario: Pick<Scenario, 'name' | 'life' | 'meets' | 'refuse'>,
  deliveries: readonly Exchange[] = [],
): StepToMeet[] {
  const { name, life, meets, refuse } = scenario;
  if (refuse) return [];
  const begun = exchanges.some((each) => each.scenario === name);
  const unmet = new Set(unmetSteps(exchanges, scenario, deliveries).map(({ number }) => number));
  return meets.flatMap((index) => {
    const step = life[index];
    if (!step) return [];
    const number = index + 1;
    return [{ step: number, says: tellStep(step), met: begun && !unmet.has(number) }];
  });
}

type Look = Pick<Exchange, 'at' | 'step' | 'heldFrom'>;

/** Lists that have told of jobs of a scenario, each with the step that one of them was in. */
function looksInLists(exchanges: readonly Exchange[], name: string): Look[] {
  return exchanges.flatMap(({ at, listed = [] }) =>
    listed
      .filter(({ scenario }) => scenario === name)
      .map(({ step }) => ({ at, step, heldFrom: undefined })),
  );
}

/** An answer that was held has lived through every step since its request came. */
function stepsOf({ step, heldFrom }: Look): (number | undefined)[] {
  if (step === undefined || heldFrom === undefined || heldFrom > step) return [step];
  return Array.from({ length: step - heldFrom + 1 }, (_, i) => heldFrom + i);
}

/**
 * Why a scenario counts as not played; undefined when it was. A client that is blamed for something has
 * been put to the test, and what it is blamed for is why it has not come further.
 * @param dropped exchanges that the journal has let go: what they have met, nobody knows
 * @param unheard said where nothing has come
 */
export function whyNotPlayed(
  exchanges: readonly Exchange[],
  dropped: number,
  scenario: Pick<Scenario, 'name' | 'life' | 'meets' | 'refuse'>,
  { jobs, counts, clock: { pace } }: Pick<Verdict, 'jobs' | 'counts' | 'clock'>,
  deliveries: readonly Exchange[] = [],
  unheard = 'the command sent no request to the sandbox; does it read ESOZ_SANDBOX_URL?',
): string | undefined {
  if (exchanges.length + dropped === 0) return unheard;
  if (!jobs.some((job) => job.scenario === scenario.name)) {
    return 'the client sent no request that this scenario is for, so it was not played';
  }
  if (dropped > 0 || counts.error + counts.warning > 0) return undefined;
  const [first, ...others] = unmetSteps(exchanges, scenario, deliveries);
  if (!first) return undefined;
  const places = [first, ...others].map(tellPlace).join(', nor ');
  return `the client never polled ${places}: ${tellHow(first, pace)}; the scenario was not played to its end`;
}

/** `step 2 «answer 503 for 2 polls» (line 11)`; one that is derived has no line. */
function tellPlace({ step, number }: UnmetStep): string {
  const line = step.line > 0 ? ` (line ${step.line})` : '';
  return `step ${number} «${tellStep(step)}»${line}`;
}

/** Lengths are those of the API: a paced session divides them. */
function tellHow({ before, after }: UnmetStep, pace: number): string {
  const length = (time: Duration) => formatApiLength(time, { pace });
  if (after !== undefined && before !== undefined) {
    return `it asked ${length(before)} after scheduling, before that step, and next after ${length(after)}, when the step was over`;
  }
  if (after !== undefined) {
    return `it came only ${length(after)} after scheduling, when the step was over`;
  }
  if (before !== undefined) {
    return `it asked for the last time ${length(before)} after scheduling, before that step`;
  }
  return 'it never asked for its job';
}
