import { staysOpen } from '../scenario/play.js';
import type { Expect, RetryAfter, Scenario, Step } from '../scenario/scenario.js';
import type { Duration } from '../time/moments.js';
import type { Ingredient, Kit, Temper } from './ingredient.js';

/** A step that was drawn. */
export interface DrawnPiece {
  /** Index in `Kit.pieces`; 0: the plainest. */
  of: number;
  polls: number;
  /** What each of its answers tells; of one with `Retry-After`, that. */
  eta: Duration;
}

/** A life as it was drawn, before it is made one that a good client gets through. */
export interface Draft {
  /** Index in `Kit.refusals`; undefined: there is a job. */
  refusal: number | undefined;
  pieces: readonly DrawnPiece[];
  /** Index in `Kit.ends`. */
  end: number;
  /** What the first answer tells where nothing stands before the end. */
  eta: Duration;
}

/** A life, and what it is made of. */
export interface DrawnLife {
  scenario: Scenario;
  /** In the order of its steps; those of the end all name the end. */
  parts: readonly Ingredient[];
}

/** How many steps a life has; a request that is refused is one. */
export function stepsOf({ scenario: { life, refuse } }: DrawnLife): number {
  return refuse ? 1 : life.length;
}

/** What two lives have in common that are the same but for their names. */
export function formOf({ scenario: { life, refuse } }: DrawnLife): string {
  return JSON.stringify([refuse, life]);
}

/** So many polls in a row may meet the same mishap: three pauses tell growing ones from chance. */
const MOST_POLLS: Record<Temper, number> = { on: 12, mishap: 3, gone: 1, refused: 1 };
/** A slow answer is slow after this already, and no usual time-out is over. */
const LATE: Duration = 2000;

/**
 * Makes of a draft a life that a good client gets through: mishaps never follow each other, a job that is not found
 * is so at first only, one that its client may not ask for once.
 */
export function lifeOf(draft: Draft, kit: Kit, name: string): DrawnLife {
  const refusal = draft.refusal === undefined ? undefined : kit.refusals[draft.refusal];
  if (refusal) return refusedLife(refusal, name);
  const end = kit.ends[draft.end] ?? kit.ends[0];
  const pieces = gentle(draft.pieces, kit, end);
  const drawn = pieces.map(({ piece, part }) => ({ step: stepOf(part, piece), part }));
  const ending = end.steps.map((step) => ({ step, part: end }));
  const all = [...drawn, ...(drawn.length === 0 ? withEta(ending, draft.eta) : ending)];
  const life = withBreaches(all.map(({ step }) => step));
  const parts = all.map(({ part }) => part);
  return { scenario: { ...frame(name), life, expect: expectedOf(life, parts) }, parts };
}

/** What repeats a state that no contract knows breaks it as well. */
function withBreaches(steps: readonly Step[]): Step[] {
  let unknown = false;
  return steps.map((step) => {
    const { response: says, offContract } = step;
    if ('state' in says) unknown = offContract;
    const repeats = unknown && 'answer' in says && says.answer.http === 0;
    return repeats ? { ...step, offContract: true } : step;
  });
}

interface Placed {
  piece: DrawnPiece;
  part: Ingredient;
}

function gentle(pieces: readonly DrawnPiece[], kit: Kit, end: Ingredient): Placed[] {
  const placed: Placed[] = [];
  for (const piece of pieces) {
    const part = kit.pieces[piece.of] ?? kit.pieces[0];
    const last = placed.at(-1)?.part.temper ?? 'on';
    const { temper } = part;
    if (temper !== 'on' && last !== 'on') continue;
    if (temper === 'gone' && placed.length > 0) continue;
    if (temper === 'refused' && placed.some(({ part: other }) => other.temper === temper)) continue;
    placed.push({ piece, part });
  }
  // What is met before the end counts with what ends it: four times 404 in a row, once 401 too often.
  const stays = end.temper;
  if (stays === 'on') return placed;
  return placed.filter(
    ({ part: { temper } }, i) => temper !== stays && (temper === 'on' || i < placed.length - 1),
  );
}

function stepOf({ steps: [step], temper }: Ingredient, { polls, eta }: DrawnPiece): Step {
  const { response: says, duration, delay } = step as Step;
  const most = Math.min(polls, isOnce(step as Step) ? 1 : MOST_POLLS[temper]);
  const lasts =
    duration.kind === 'time'
      ? { kind: 'time' as const, time: eta }
      : { kind: 'polls' as const, polls: most };
  const late = Math.min(delay, LATE);
  const past = (step?.eta?.after ?? 0) < 0;
  const told = past ? step?.eta : { from: 'answer' as const, after: eta };
  const pause = 'answer' in says ? says.answer.retryAfter : undefined;
  return {
    ...(step as Step),
    response: pause && 'answer' in says ? { answer: withPause(says.answer, pause, eta) } : says,
    duration: lasts,
    // What a step lasts is what its answers tell, where nothing else is said.
    eta: duration.kind === 'time' ? undefined : told,
    delay: late,
  };
}

function withPause<T>(answer: T, pause: RetryAfter, eta: Duration): T {
  if (pause.after < 0) return answer;
  const after = Math.max(1000, Math.ceil(eta / 1000) * 1000);
  return { ...answer, retryAfter: { ...pause, after } };
}

/** It holds its client up for long, or nobody sees how often it was asked. */
function isOnce(step: Step): boolean {
  return step.delay > 0 || holdsUp(step);
}

/** Is it a step that a life is long by? */
export function holdsUp({ response: says }: Step): boolean {
  const fault = 'answer' in says ? says.answer.fault?.name : undefined;
  return fault !== undefined && HOLDS_UP.includes(fault);
}

const HOLDS_UP: readonly string[] = ['hang', 'refused', 'slow-headers', 'slow-body', 'huge-body'];

/** What is told of a job when it is scheduled: one that has come to its end already has none. */
function withEta<T extends { step: Step }>(ending: readonly T[], after: Duration): T[] {
  return ending.map((one, i) =>
    i > 0 || 'state' in one.step.response
      ? one
      : { ...one, step: { ...one.step, eta: { from: 'answer' as const, after } } },
  );
}

function refusedLife(part: Ingredient, name: string): DrawnLife {
  const { refuse, offContract = false } = part;
  const expect = { result_read: false, polls: { at_most: 0 } };
  return { scenario: { ...frame(name), refuse, offContract, expect }, parts: [part] };
}

function frame(name: string): Scenario {
  return {
    name,
    title: '',
    about: '',
    group: 'odd',
    file: '',
    operations: undefined,
    when: [],
    refuse: undefined,
    life: [],
    result: {},
    meets: [],
    expect: {},
    tolerances: {},
    offContract: false,
  };
}

/**
 * Beyond what the rules say of every job: it reaches the end where nothing stands in its way that a good client may
 * stop at, and reads no result of a job that has none.
 */
function expectedOf(life: readonly Step[], parts: readonly Ingredient[]): Expect {
  const end = life.find((step) => 'state' in step.response && step.response.outcome !== 'open');
  if (!end || staysOpen(life)) return {};
  const failed = 'state' in end.response && end.response.outcome !== 'done';
  const before = life.slice(0, life.indexOf(end));
  const isGentle = before.every((step, i) => !mayStopAt(step, parts[i] as Ingredient));
  return {
    ...(isGentle ? { reaches_end: true } : {}),
    ...(failed ? { result_read: false } : {}),
  };
}

function mayStopAt({ duration, response: says }: Step, { temper }: Ingredient): boolean {
  if (temper === 'on' || temper === 'gone') return false;
  if (temper === 'refused') return true;
  const fault = 'answer' in says ? says.answer.fault?.name : undefined;
  return fault === 'refused' || (duration.kind === 'polls' && duration.polls > 1);
}
