/** Requests of a client for the simulated APIs: schedule, poll, cancel, delete, list, read. */

import {
  dataOf,
  fill,
  good,
  placesOf,
  pollAnswer,
  refusal,
  scheduledAnswer,
  stateAnswer,
} from './answers.mjs';
import { compositions, orders } from './apis.mjs';
import { chosenFor } from './choose.mjs';
import { iso, milliseconds, retryAfter } from './durations.mjs';
import { begin, cancel, etaOf, goOn, outcomeOf, poll, stateOf, stepOf, toldAs } from './life.mjs';

const EXPIRY = milliseconds(orders.binding.expires.after);
const CANCEL = {
  after: milliseconds(orders.binding.cancel.after),
  while: 'stopping',
  state: 'stopped',
};

export const withJob = (world, job) => ({ ...world, jobs: new Map(world.jobs).set(job.id, job) });

const isExpired = (job, now) =>
  job.api === orders && job.finished !== undefined && job.finished + EXPIRY / job.pace <= now;

/** What a line of the journal says of a job. */
const about = (job, now) => ({
  job: job.id,
  scenario: job.scenario,
  state: stateOf(job),
  ...(now === undefined ? {} : { told: toldAs(job), eta: iso(etaOf(job, now)) }),
});

/** The answer about a job that nobody can be told of, if it is one. */
function gone(world, request, now) {
  const id = request.job;
  const { api } = request;
  const job = world.jobs.get(id);
  if (world.deleted.has(id)) {
    const answer = refusal(api, request, 410, `Job ${id} of session ${world.name} was deleted`);
    return { world, answer, line: { job: id, forgotten: 'deleted' } };
  }
  if (!job || job.api !== api) {
    const answer = refusal(api, request, 404, `Job ${id} is not found in session ${world.name}`);
    return { world, answer, line: { job: id } };
  }
  if (!isExpired(goOn(job, now), now)) return undefined;
  const answer = refusal(api, request, 410, `Job ${id} of session ${world.name} has expired`);
  return { world, answer, line: { job: id, scenario: job.scenario, forgotten: 'expired' } };
}

function schedule(world, request, now, drawn) {
  const { api, key } = request;
  const known = key === undefined ? undefined : world.keys.get(key);
  if (known) return again(world, request, now, known);
  const { scenario, world: next } = chosenFor(world, request);
  if (!scenario) return { world, answer: { status: 400, any: true }, line: {} };
  const headers = { 'x-sandbox-scenario': scenario.name };
  if (scenario.refuse) {
    const { http, retryAfter: after } = scenario.refuse;
    if (after) headers['retry-after'] = retryAfter(after, now, world.clock.pace);
    const answer = { ...refusal(api, request, http), headers };
    return { world: next, answer, line: { scenario: scenario.name } };
  }
  const job = begin({
    id: drawn.job,
    resource: drawn.resource,
    api,
    operation: api.schedules,
    scenario: scenario.name,
    steps: scenario.steps,
    pace: world.clock.pace,
    start: now,
    body: request.body,
  });
  const keyed = key === undefined ? next : withKey(next, key, job);
  const line = { ...about(job, now), resource: job.resource, state: undefined, told: undefined };
  return { world: withJob(keyed, job), answer: scheduledAnswer(job, request, now), line };
}

const withKey = (world, key, job) => ({
  ...world,
  keys: new Map(world.keys).set(key, { job: job.id, item: job.body.item }),
});

function again(world, request, now, known) {
  if (known.item !== request.body.item)
    return { world, answer: { ...refusal(request.api, request, 422, ''), why: true }, line: {} };
  const job = goOn(world.jobs.get(known.job), now);
  const line = { ...about(job, now), resource: job.resource, state: undefined, told: undefined };
  return { world, answer: scheduledAnswer(job, request, now), line };
}

/** Whether an answer in the state's place tells the job's eta. */
const tellsEta = (answer) => JSON.stringify(answer?.body ?? '').includes('{eta}');

function ask(world, request, now) {
  const job = poll(world.jobs.get(request.job), now);
  const step = job.cancelled ? undefined : job.index;
  const { answer, state } = stepOf(job);
  const eta = tellsEta(answer) ? { eta: iso(etaOf(job, now)) } : {};
  const line = { ...about(job, state ? now : undefined), step, fault: answer?.fault, ...eta };
  return { world: withJob(world, job), answer: pollAnswer(job, request, now), line };
}

function cancelled(world, request, now) {
  const job = goOn(world.jobs.get(request.job), now);
  if (outcomeOf(job) !== 'open') {
    const why = `Job ${job.id} cannot be cancelled: it is ${stateOf(job)}`;
    return { world, answer: refusal(orders, request, 409, why), line: about(job) };
  }
  const next = job.cancelled ? job : cancel(job, CANCEL, now);
  const answer = stateAnswer(next, request, now);
  return { world: withJob(world, next), answer, line: about(next, now) };
}

function deleted(world, request, now) {
  const job = goOn(world.jobs.get(request.job), now);
  if (outcomeOf(job) === 'open') {
    const why = `Job ${job.id} cannot be deleted: it is ${stateOf(job)}`;
    return { world, answer: refusal(orders, request, 409, why), line: about(job) };
  }
  const jobs = new Map(world.jobs);
  jobs.delete(job.id);
  const made = new Map(world.made);
  if (firstEnd(job) === 'done') made.set(job.resource, job);
  const keys = new Map([...world.keys].filter(([, known]) => known.job !== job.id));
  const next = { ...world, jobs, made, keys, deleted: new Set(world.deleted).add(job.id) };
  return { world: next, answer: { status: 204, text: '' }, line: about(job) };
}

function bill(world, request, now) {
  const job = goOn(world.jobs.get(request.job), now);
  if (outcomeOf(job) !== 'done') {
    const why = `Job ${job.id} is ${stateOf(job)}: getBill has nothing of it`;
    return { world, answer: refusal(orders, request, 409, why), line: about(job) };
  }
  const { data } = orders.binding.results[0];
  return { world, answer: good(orders, request, fill(data, placesOf(job, now))), line: about(job) };
}

/** A resource is there once its job was done. */
function madeBy(world, resource, now) {
  for (const job of world.jobs.values())
    if (job.resource === resource) return firstEnd(goOn(job, now)) === 'done' ? job : undefined;
  return world.made.get(resource);
}

/** How a job has ended, whatever it has told later. */
export function firstEnd(job) {
  if (job.finished === undefined) return undefined;
  const lived = [...job.past.map(({ step }) => step), job.index];
  const states = lived.map((step) => job.api.outcomes[job.steps[step].state] ?? 'open');
  return states.find((outcome) => outcome !== 'open');
}

function read(world, request, now) {
  const { api, resource } = request;
  const job = madeBy(world, resource, now);
  if (!job) return { world, answer: { status: 404, any: true }, line: {} };
  if (api === compositions) return { world, answer: { status: 200, same: resource }, line: {} };
  const places = { ...placesOf(job, now), id: resource };
  const data = fill(orders.binding.resources.parcel.data, places);
  return { world, answer: good(api, request, data), line: {} };
}

function list(world, request, now) {
  const { status, limit = 20, after } = request.query;
  const all = [...world.jobs.values()]
    .filter((job) => job.api === orders)
    .map((job) => goOn(job, now));
  const there = all.filter((job) => !isExpired(job, now) && (!status || stateOf(job) === status));
  const newest = there.reverse();
  if (after && !newest.some(({ id }) => id === after))
    return { world, answer: { status: 400, any: true }, line: {} };
  const first = after ? newest.findIndex(({ id }) => id === after) + 1 : 0;
  const page = newest.slice(first, first + limit);
  const body = {
    orders: page.map((job) => dataOf(job, now)),
    more: newest.length > first + limit,
    last: page.at(-1)?.id ?? null,
  };
  const listed = page.map((job) => ({ job: job.id, state: stateOf(job) }));
  return { world, answer: { status: 200, body }, line: { listed } };
}

const OF_A_JOB = { poll: ask, cancel: cancelled, delete: deleted, bill };
const OTHERS = { schedule, read, list };

export function apiAnswer(world, request, now, drawn) {
  const { kind } = request;
  const known = OF_A_JOB[kind] && gone(world, request, now);
  const told = known ?? (OF_A_JOB[kind] ?? OTHERS[kind])(world, request, now, drawn);
  const { status = 0, lost } = told.answer;
  const shown = lost === 'truncated-body' ? 200 : status;
  const { method, path, api, operation } = request;
  return { ...told, line: { method, path, api: api.name, operation, status: shown, ...told.line } };
}
