/** Requests for the control API (spec/control/openapi.yaml): what they answer and change. */
import { viewOf } from './answers.mjs';
import { iso } from './durations.mjs';
import { firstEnd, withJob } from './exchange.mjs';
import { goOn, release, stateOf, waitsForRelease } from './life.mjs';

const clockOf = ({ mode, pace, now }) => ({ mode, pace, now: iso(now) });
const refused = (status, code) => ({ status, code });
const jobsOf = (world, now) => [...world.jobs.values()].map((job) => goOn(job, now));

/** What `getSession` tells that the model knows. */
function sessionOf(world, now) {
  const jobs = jobsOf(world, now);
  const done = jobs.filter((job) => firstEnd(job) === 'done').length;
  const moves = world.clock.mode !== 'manual';
  return {
    name: world.name,
    scenario: world.scenario,
    clock: clockOf(world.clock),
    queue: world.queue,
    holds: {
      jobs: jobs.length,
      // A clock that moves goes on between what is due and what is shown.
      resources: moves ? undefined : done + world.made.size,
      exchanges: world.seq,
    },
    dropped: { jobs: 0, resources: 0, exchanges: 0 },
  };
}

const shown = (world, now) => ({ world, answer: { status: 200, has: sessionOf(world, now) } });
const clockShown = (world) => ({ world, answer: { status: 200, body: clockOf(world.clock) } });

function getJob(world, { job: id }, now) {
  const job = world.jobs.get(id);
  if (!job) return { world, answer: refused(404, 'JOB_UNKNOWN') };
  return { world, answer: { status: 200, body: viewOf(goOn(job, now), now) } };
}

function listJobs(world, { query }, now) {
  const { state, limit } = query;
  const asked = jobsOf(world, now).filter((job) => !state || stateOf(job) === state);
  const jobs = asked.slice(limit === undefined ? 0 : -limit).map((job) => viewOf(job, now));
  return { world, answer: { status: 200, body: { jobs, dropped: 0 } } };
}

function advance(world, { by }) {
  if (world.clock.mode !== 'manual')
    return { world, answer: refused(409, 'CLOCK_MOVES_BY_ITSELF') };
  return clockShown({ ...world, clock: { ...world.clock, now: world.clock.now + by } });
}

function setClock(world, { to }, now) {
  if (to < world.clock.now) return { world, answer: refused(409, 'CLOCK_WOULD_GO_BACK') };
  return shown({ ...world, clock: { ...world.clock, now: to } }, Math.max(to, now));
}

const choose = (world, { scenario }, now) => shown({ ...world, scenario }, now);

function queue(world, { entry }, now) {
  return shown({ ...world, queue: [...world.queue, { times: 1, ...entry }] }, now);
}

const clearQueue = (world, _, now) => shown({ ...world, queue: [] }, now);

function released(world, { job: id }, now) {
  const job = world.jobs.has(id) ? goOn(world.jobs.get(id), now) : undefined;
  if (!job) return { world, answer: refused(404, 'JOB_UNKNOWN') };
  if (!waitsForRelease(job)) return { world, answer: refused(409, 'JOB_NOT_WAITING') };
  const next = goOn(release(job, now), now);
  return { world: withJob(world, next), answer: { status: 200, body: viewOf(next, now) } };
}

const ANSWERS = {
  getJob,
  listJobs,
  advance,
  setClock,
  choose,
  queue,
  clearQueue,
  release: released,
  getClock: clockShown,
  getSession: (world, _, now) => shown(world, now),
};

export const controlAnswer = (world, request, now) => ANSWERS[request.kind](world, request, now);
