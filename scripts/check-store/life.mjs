/**
 * The life of a job, as docs/reference/scenario.md tells it under "How long a step lasts". A job is a value:
 * each function gives a new one.
 *
 * @typedef {object} Step
 * @property {string} [state]
 * @property {{ http?: number, fault?: string, body?: unknown, retryAfter?: string, headers?: object }} [answer]
 * @property {{ after: number } | { polls: number } | 'released' | 'never'} ends  `after` in milliseconds
 * @property {{ after: number } | { fromStart: number }} [eta]  in milliseconds
 * @property {string} [shape]
 * @property {string} [envelope]
 * @property {{ code?: string, name?: string, message?: string }} [error]
 * @property {string} [retryAfter]
 * @property {object} [headers]
 *
 * @typedef {object} Job
 * @property {string} id
 * @property {string} resource
 * @property {import('./apis.mjs').Api} api
 * @property {string} operation
 * @property {string} scenario
 * @property {Step[]} steps
 * @property {number} pace   durations are divided by it
 * @property {number} start  moments are milliseconds since 1970
 * @property {number} index  the present step
 * @property {number} since  when it began
 * @property {number} answered  polls that it has answered
 * @property {number} polls  polls of the whole life
 * @property {{ step: number, from: number, until: number }[]} past
 * @property {number} [finished]
 * @property {boolean} [cancelled]
 * @property {object} body  of the scheduling request
 */

/** What an eta says when nobody knows when the step ends. */
const USUAL_ETA = 3000;

export const stepOf = (job) => job.steps[job.index];

/** A step that shows no state shows that of the step before it, the first one that of an open job. */
export function stateOf(job) {
  for (let i = job.index; i >= 0; i -= 1) if (job.steps[i].state) return job.steps[i].state;
  return job.api.firstOpen;
}

/** `unknown` is a state that the contract does not know: to the sandbox the job goes on. */
export const toldAs = (job, state = stateOf(job)) => job.api.outcomes[state] ?? 'unknown';

export const outcomeOf = (job) => job.api.outcomes[stateOf(job)] ?? 'open';

const isFinal = (job, step) =>
  step.state && !['open', undefined].includes(job.api.outcomes[step.state]);

/** When the present step ends by the clock; undefined where polls or a release end it. */
function endOf(job) {
  const { ends } = stepOf(job);
  return ends.after === undefined ? undefined : job.since + ends.after / job.pace;
}

function enter(job, index, now) {
  const past = [...job.past, { step: job.index, from: job.since, until: now }];
  const next = { ...job, index, since: now, answered: 0, past };
  if (next.finished === undefined && isFinal(job, job.steps[index])) next.finished = now;
  return next;
}

/** @returns {Job} a job that begins */
export function begin(job) {
  const first = { ...job, index: 0, since: job.start, answered: 0, polls: 0, past: [] };
  return isFinal(first, first.steps[0]) ? { ...first, finished: job.start } : first;
}

/** @returns {Job} the job as it stands at a moment: steps that last a time have ended by themselves */
export function goOn(job, now) {
  let next = job;
  for (let end = endOf(next); end !== undefined && end <= now; end = endOf(next))
    next = enter(next, next.index + 1, end);
  return next;
}

/** @returns {Job} the job after a poll; the step that has answered it is the present one */
export function poll(job, now) {
  let next = goOn(job, now);
  const { ends } = stepOf(next);
  if (ends.polls !== undefined && next.answered >= ends.polls)
    next = enter(next, next.index + 1, now);
  return { ...next, answered: next.answered + 1, polls: next.polls + 1 };
}

export const waitsForRelease = (job) => stepOf(job).ends === 'released';

/** @returns {Job} */
export const release = (job, now) => enter(job, job.index + 1, now);

/** @returns {Job} one that stops for `after`, and is cancelled then */
export function cancel(job, { while: open, after, state }, now) {
  const lived = job.steps.slice(0, job.index + 1);
  const steps = [...lived, { state: open, ends: { after } }, { state, ends: 'never' }];
  return enter({ ...job, steps, cancelled: true }, job.index + 1, now);
}

/** What a poll at this moment is told to come back at. */
export function etaOf(job, now) {
  const step = stepOf(job);
  if (step.eta?.after !== undefined) return now + step.eta.after / job.pace;
  if (step.eta?.fromStart !== undefined) return job.start + step.eta.fromStart / job.pace;
  if (isFinal(job, step)) return job.since;
  return endOf(job) ?? now + USUAL_ETA / job.pace;
}
