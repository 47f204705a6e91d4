import { isPreference, type WaitRule, waitAskedFor } from '../contract/waiting.js';
import { stepAt } from '../scenario/play.js';
import { formatDuration } from '../time/duration.js';
import type { Duration, Moment } from '../time/moments.js';
import type { Draft } from './draft.js';
import { sameJob } from './find-job.js';
import type { Handled, HandlerRequest, Hold } from './handled.js';
import { currentState, type Job, lifeOf, ownStep } from './job.js';

/** What a request that would rather wait is answered with, once it has waited. */
type Tell = (draft: Draft, request: HandlerRequest, job: Job) => Handled;

/**
 * The same answer, held for as long as the request asks if there is reason to: until the state of the job has
 * changed, or an answer stands in the place of its state. A job that is at its end changes no more.
 * @param before the job as it was when the poll came
 */
export function holdUntilChange(
  draft: Draft,
  request: HandlerRequest,
  before: Job,
  job: Job,
  now: Handled,
  tell: Tell,
): Handled {
  const { wait } = draft.api.binding.report;
  if (!wait) return now;
  if (onlyPollsEnd(before) || onlyPollsEnd(job)) return sendAtOnce(request, job, wait, now);
  const state = currentState(job);
  const isOver = (later: Job) =>
    later.settled || isInPlaceOfState(later) || currentState(later) !== state;
  return hold(draft, request, job, wait, now, tell, isOver);
}

/** A step of *n* polls would hold each of them for as long as it asks; the rules take it for one that was held. */
function sendAtOnce(request: HandlerRequest, job: Job, rule: WaitRule, now: Handled): Handled {
  const length = waitAskedFor(rule, request);
  if (length === undefined) return now;
  const asked = { ...now, journal: { ...now.journal, heldFrom: ownStep(job) ?? 0 } };
  return prefer(asked, rule, length, NOT_HELD, now.journal.note);
}

/** The same of an operation that schedules: until the job has come to its end. */
export function holdUntilEnd(
  draft: Draft,
  request: HandlerRequest,
  job: Job,
  now: Handled,
  tell: Tell,
): Handled {
  const wait = draft.api.binding.schedules.get(request.operation.id)?.wait;
  return wait ? hold(draft, request, job, wait, now, tell, ({ settled }) => settled) : now;
}

function hold(
  draft: Draft,
  request: HandlerRequest,
  job: Job,
  rule: WaitRule,
  now: Handled,
  tell: Tell,
  isOver: Hold['isOver'],
): Handled {
  const length = waitAskedFor(rule, request);
  if (length === undefined) return now;
  if (isOver(job)) return prefer(tell(draft, request, job), rule, length, now.journal.note);
  const step = ownStep(job) ?? 0;
  const came = draft.now;
  return {
    ...now,
    journal: { ...now.journal, heldFrom: step },
    hold: {
      job: job.key,
      until: Math.ceil(came + length / draft.pace),
      isOver,
      resume: (later, requester) => {
        const again = { ...request, requester };
        const { job: there, answer } = sameJob(later, again, job);
        const handled = there ? tell(later, again, there) : answer;
        handled.journal.heldFrom = step;
        const held = tellHeld(came, later, there === undefined || isOver(there));
        return prefer(handled, rule, length, now.journal.note, held);
      },
    },
  };
}

const NOT_HELD = 'not held: nothing but another poll changes the job';

function onlyPollsEnd(job: Job): boolean {
  return stepAt(lifeOf(job), job.cursor).duration.kind === 'polls';
}

function isInPlaceOfState(job: Job): boolean {
  return 'answer' in stepAt(lifeOf(job), job.cursor).response;
}

/** `held for 2.5s, until the job changed`, in the API's time. */
function tellHeld(came: Moment, { now, pace }: Draft, changed: boolean): string {
  const held = formatDuration(Math.round((now - came) * pace));
  return `held for ${held}, ${changed ? 'until the job changed' : 'as long as the request asked'}`;
}

/** RFC 7240 §3: that the preference was heeded. @param notes what the journal is told besides */
function prefer(
  handled: Handled,
  rule: WaitRule,
  length: Duration,
  ...notes: readonly (string | undefined)[]
): Handled {
  const { outcome, journal } = handled;
  if (isPreference(rule) && outcome.kind === 'answer') {
    outcome.answer.headers['Preference-Applied'] = `wait=${Math.ceil(length / 1000)}`;
  }
  const told = new Set([...notes, journal.note].filter((note) => note !== undefined));
  if (told.size > 0) journal.note = [...told].join('; ');
  return handled;
}
