import { isEnd } from '../outcome.js';
import { formatDuration } from '../time/duration.js';
import type { Duration, WallMoment } from '../time/moments.js';
import type { Observation, Said } from './said.js';

/** What ends a step: the time that it lasted, or the polls that it answered. */
export type By = 'time' | 'polls';

/** A step of a scenario, as its file spells it. */
export interface Draft {
  said: Said;
  for: string | undefined;
  eta: string | undefined;
  delay: string | undefined;
}

/** What is known of the job's beginning. */
export interface Beginning {
  at: WallMoment;
  /** Told by the answer that scheduled it; undefined when it told none, or nobody saw it. */
  eta: WallMoment | undefined;
  /** The state that a job is in when it has been scheduled. */
  open: Said;
}

/** Answers in a row that say the same, with an eta that one step can tell. */
interface Phase {
  said: Said;
  delay: Duration;
  polls: number;
  /** First and last moment at which it was so. */
  first: WallMoment;
  last: WallMoment;
  told: Told | undefined;
  doneAt: WallMoment | undefined;
}

/** An eta counted from the job's start and from the answer; undefined when it is not always the same. */
interface Told {
  start: Duration | undefined;
  answer: Duration | undefined;
  /** The newest one, as a moment. */
  last: WallMoment;
}

/**
 * The steps of a life that answers as was seen, for a client that asks at the same times after its
 * scheduling request (`time`), or in the same order (`polls`).
 * @param observations in the order of their times
 */
export function draftLife(
  beginning: Beginning,
  observations: readonly Observation[],
  by: By,
): Draft[] {
  const phases = observations.reduce<Phase[]>(
    (before, seen) => extend(before, seen, beginning.at),
    [],
  );
  const all = withBeginning(beginning, phases);
  let since = beginning.at;
  return all.map((phase, i) => {
    const next = all[i + 1];
    const ends = next && boundary(phase, next, by);
    const draft = draftOf(phase, beginning.at, since, next && { ends });
    if (next) since = ends ?? next.first;
    return draft;
  });
}

function extend(phases: Phase[], seen: Observation, start: WallMoment): Phase[] {
  const { at, said, delay, doneAt } = seen;
  const here = seen.eta === undefined ? undefined : toldAt(seen.eta, at, start);
  const last = phases.at(-1);
  const told = last && last.said.key === said.key && last.delay === delay && join(last.told, here);
  if (last && told) Object.assign(last, { polls: last.polls + 1, last: at, told: told.told });
  else phases.push({ said, delay, polls: 1, first: at, last: at, told: here, doneAt });
  return phases;
}

function toldAt(eta: WallMoment, at: WallMoment, start: WallMoment): Told {
  return { start: eta - start, answer: eta - at, last: eta };
}

/** Undefined when one step cannot tell both. */
function join(a: Told | undefined, b: Told | undefined): { told: Told | undefined } | undefined {
  if (!a || !b) return a === b ? { told: undefined } : undefined;
  const start = a.start === b.start ? a.start : undefined;
  const answer = a.answer === b.answer ? a.answer : undefined;
  if (start === undefined && answer === undefined) return undefined;
  return { told: { start, answer, last: b.last } };
}

/**
 * The scheduling answer has told an eta too, and that the job is open. The first phase reaches back to
 * it if it can say the same; else one stands before it that nobody has polled.
 */
function withBeginning({ at, eta, open }: Beginning, phases: Phase[]): Phase[] {
  const [first, ...rest] = phases;
  const told = eta === undefined ? undefined : toldAt(eta, at, at);
  const before: Phase = {
    said: open,
    delay: 0,
    polls: 0,
    first: at,
    last: at,
    told,
    doneAt: undefined,
  };
  if (!first) return [before];
  const ended = isEnd(first.said.outcome);
  const silent = first.said.outcome === 'none' && !first.told;
  const joined = !told || silent ? { told: told ?? first.told } : join(told, first.told);
  // Ended as soon as it had begun, as far as it says itself.
  const atOnce = ended && (first.doneAt ?? first.first) <= at;
  if (joined && (!ended || atOnce))
    return [{ ...first, first: at, told: latest(joined.told, first) }, ...rest];
  return first.first > at ? [before, ...phases] : phases;
}

/** The newest eta is that of the answers, whatever the scheduling told. */
function latest(told: Told | undefined, first: Phase): Told | undefined {
  return told && first.told ? { ...told, last: first.told.last } : told;
}

/**
 * When a phase ended. Nobody saw the moment: it lies after the last answer that said so, and not after
 * the first one that said otherwise. What the job tells of it itself comes first, then the eta, else the
 * middle. Undefined when nothing but the number of polls tells the two apart.
 */
function boundary(phase: Phase, next: Phase, by: By): WallMoment | undefined {
  const [from, to] = [phase.last, next.first];
  if (phase.polls === 0 && by === 'polls') return from + 1;
  if (by === 'polls' || to <= from) return undefined;
  const ended = isEnd(next.said.outcome);
  const said = [ended ? next.doneAt : undefined, phase.told?.last];
  const fits = said.find((moment) => moment !== undefined && moment > from && moment <= to);
  return fits ?? Math.ceil((from + to) / 2);
}

function draftOf(
  { said, delay, polls, told }: Phase,
  start: WallMoment,
  since: WallMoment,
  next: { ends: WallMoment | undefined } | undefined,
): Draft {
  const ends = next?.ends;
  const counted = `${polls} ${polls === 1 ? 'poll' : 'polls'}`;
  const lasts = ends === undefined ? counted : formatDuration(ends - since);
  const over = isEnd(said.outcome);
  const unasked = over ? since : ends;
  return {
    said,
    for: next ? lasts : undefined,
    eta:
      told && told.start !== undefined && told.start === (unasked ?? Number.NaN) - start
        ? undefined
        : spell(told, over),
    delay: delay === 0 ? undefined : formatDuration(delay),
  };
}

/** Where both ways of counting say the same, an open job's eta moves on with each answer. */
function spell(told: Told | undefined, over: boolean): string | undefined {
  if (!told) return undefined;
  const { start, answer } = told;
  if (answer !== undefined && (start === undefined || !over)) return formatDuration(answer);
  return start === undefined ? undefined : `${formatDuration(start)} from start`;
}
