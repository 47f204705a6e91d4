import type { ProcessStep } from '../../scenario/process.js';
import type { MachineMs } from '../../time/moments.js';
import type { ProcessFacts } from './facts.js';
import {
  type Bound,
  type Broken,
  brokenBy,
  type Candidate,
  endFor,
  type Names,
  namesOf,
} from './step-check.js';

/** What was found of one step. */
export interface Walked {
  step: ProcessStep;
  /** The request that shows it, or that comes nearest to it; undefined: there is none. */
  one: Candidate | undefined;
  /** Nothing is wrong with it, and it came in its turn. */
  done: boolean;
  broken: readonly Broken[];
  /** It began before this step was over. */
  before: ProcessStep | undefined;
  /** Does the request name what earlier steps have made? */
  names: Names;
  /** Of a step that is not done: all that could have shown it. */
  tried?: readonly Walked[];
}

/** So many requests are looked at closely: in a session of thousands a way is found among the first that were tried. */
const MOST_LOOKS = 20_000;

/**
 * The way through a process that its client has come farthest on: each step with a request of its own, in their
 * order. Where several requests could show a step, that one counts with which most of the others are right.
 * @param candidates of each step, in the order in which they came
 */
export function walkSteps(
  steps: readonly ProcessStep[],
  candidates: ReadonlyMap<string, readonly Candidate[]>,
  facts: ProcessFacts,
): Walked[] {
  return new Walk(steps, candidates, facts).best();
}

class Walk {
  #looks = 0;
  #best: { walked: Walked[]; score: number } | undefined;
  readonly #full: number;

  constructor(
    private readonly steps: readonly ProcessStep[],
    private readonly candidates: ReadonlyMap<string, readonly Candidate[]>,
    private readonly facts: ProcessFacts,
  ) {
    this.#full = scoreOf(steps.map((step) => ({ step, done: true })));
  }

  best(): Walked[] {
    this.#go([], new Map());
    return this.#best?.walked ?? [];
  }

  #go(walked: readonly Walked[], bound: Bound): void {
    if (this.#best && (this.#best.score === this.#full || this.#looks > MOST_LOOKS)) return;
    const step = this.steps[walked.length];
    if (!step) {
      const score = scoreOf(walked);
      if (!this.#best || score > this.#best.score) this.#best = { walked: [...walked], score };
      return;
    }
    const before = this.#before(step, walked);
    const tried = this.#try(step, bound, before, walked);
    const right = tried.filter(({ done }) => done);
    // The newest run first: whoever begins again means the second one.
    for (const each of walked.length === 0 ? right.toReversed() : right) {
      this.#go([...walked, each], new Map(bound).set(step.name, each.one as Candidate));
    }
    if (right.length > 0 && !step.optional) return;
    // What no other step asks for is about this one: later steps are held to it, right or wrong.
    const near = right.length > 0 || !isAlone(step, this.steps) ? undefined : nearestOf(tried);
    const nothing = { one: undefined, done: false, broken: [], before: undefined } as const;
    const none: Walked = { step, ...nothing, names: 'nothing', tried };
    const left = near?.one ? new Map(bound).set(step.name, near.one) : bound;
    this.#go([...walked, near ? { ...near, tried } : none], left);
  }

  /** The step that has to be over before, and when it was: that one, or what was done, right or wrong, above it. */
  #before({ after }: ProcessStep, walked: readonly Walked[]): Walked | undefined {
    const own = walked.find(({ step }) => step.name === after);
    if (own?.one) return own;
    return walked.findLast(({ step, one }) => one !== undefined && !step.optional);
  }

  /** One request shows one step. */
  #try(
    step: ProcessStep,
    bound: Bound,
    before: Walked | undefined,
    walked: readonly Walked[],
  ): Walked[] {
    const used = new Set(walked.flatMap(({ done, one }) => (done && one ? [one.call] : [])));
    const over = before?.one ? overAt(before.step, before.one, this.facts) : undefined;
    const free = (this.candidates.get(step.name) ?? []).filter(({ call }) => !used.has(call));
    return free.map((one) => {
      this.#looks += 1;
      const broken = brokenBy(step, one, bound, this.facts);
      const early = over !== undefined && one.call.startedMono < over;
      return {
        step,
        one,
        done: broken.length === 0 && !early,
        broken,
        before: early ? before?.step : undefined,
        names: namesOf(step, one, bound, this.facts),
      };
    });
  }
}

/** What nobody may leave out counts for more than all that they may. */
function scoreOf(walked: readonly Pick<Walked, 'step' | 'done'>[]): number {
  return walked.reduce((sum, { step, done }) => sum + (done ? (step.optional ? 1 : 1000) : 0), 0);
}

/** No other step is about its operations. */
export function isAlone({ name, operations }: ProcessStep, steps: readonly ProcessStep[]): boolean {
  return steps.every(
    (other) => other.name === name || !other.operations.some((id) => operations.includes(id)),
  );
}

/** The request with which least is wrong; of several the last. */
export function nearestOf(tried: readonly Walked[]): Walked | undefined {
  const wrong = ({ broken, before }: Walked) => broken.length * 2 + (before ? 1 : 0);
  return tried.reduce<Walked | undefined>(
    (best, each) => (best === undefined || wrong(each) <= wrong(best) ? each : best),
    undefined,
  );
}

/** When a step was over: its job's end was told, or its answer had come. */
export function overAt(
  step: ProcessStep,
  { call, attempt }: Candidate,
  facts: ProcessFacts,
): MachineMs {
  const waits = step.expect.job !== undefined || endFor(step, facts) !== undefined;
  return (waits ? attempt?.end?.call.endedMono : undefined) ?? call.endedMono;
}
