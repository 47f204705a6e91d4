import { heldState, heldStep, isHeld, leftStep, playedSteps, restOf } from '../scenario/by-hand.js';
import { begin, type Life, leave, stateAt, stepAt } from '../scenario/play.js';
import { progressAt } from '../scenario/progress.js';
import type { Moment, SessionTime } from '../time/moments.js';
import { openState } from './binding-words.js';
import { type Job, lifeOf } from './job.js';

/** The job, kept in the step that it is in until a person lets it go. */
export function held(job: Job, time: SessionTime): Job {
  const life = lifeOf(job);
  if (isHeld(life, job.cursor, job.byHand)) return job;
  return inHand(job, [heldStep(stepAt(life, job.cursor))], restOf(life, job.cursor, time), time);
}

/** The job, living from now on what a person wants; what its own life had before it waits until it is let go. */
export function played(job: Job, wanted: Life, time: SessionTime): Job {
  const life = lifeOf(job);
  const now = stateAt(life, job.cursor) ?? openState(job.api.binding);
  const steps = playedSteps(wanted, now);
  const ends = steps.at(-1)?.duration.kind === 'ever';
  return inHand(job, steps, ends ? [] : ownRest(job, time), time);
}

/** The job, living on as it would have before a person took it; undefined: nobody holds it. */
export function letGo(job: Job, time: SessionTime): Job | undefined {
  const { byHand, cursor } = job;
  const life = lifeOf(job);
  if (!byHand || !isHeld(life, cursor, byHand)) return undefined;
  const own = { ...byHand, left: [...byHand.left, leftStep(cursor, time)] };
  const left = leave(life, cursor, byHand.rest, time.now);
  return { ...job, diverted: left.life, cursor: left.cursor, byHand: own };
}

/** A job that is held before its life begins; it is open, whatever that begins with. */
export function heldFromBeginning(job: Job, at: Moment): Job {
  const { life } = job.scenario;
  const [first] = life;
  const isOpen = first && 'state' in first.response && first.response.outcome === 'open';
  const step = isOpen ? heldStep(first) : heldState(openState(job.api.binding));
  const diverted = [step, ...life];
  return {
    ...job,
    diverted,
    cursor: begin(diverted, at),
    byHand: { rest: life, left: [], progress: 0 },
  };
}

function ownRest(job: Job, time: SessionTime): Life {
  const life = lifeOf(job);
  if (job.byHand && isHeld(life, job.cursor, job.byHand)) return job.byHand.rest;
  return restOf(life, job.cursor, time);
}

function inHand(job: Job, steps: Life, rest: Life, time: SessionTime): Job {
  const { byHand, cursor } = job;
  const life = lifeOf(job);
  const left = leave(life, cursor, [...steps, ...rest], time.now);
  return {
    ...job,
    diverted: left.life,
    cursor: left.cursor,
    byHand: {
      rest,
      left: [...(byHand?.left ?? []), leftStep(cursor, time)],
      progress: Math.max(byHand?.progress ?? 0, progressAt(life, cursor, time)),
    },
  };
}
