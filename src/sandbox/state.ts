import type { TokenEvent } from '../scenario/scenario.js';
import type { Change, Chosen } from './change.js';
import type { ChaosSetting } from './chaos.js';
import type { Clock } from './clock.js';
import { Jobs } from './jobs.js';
import type { Beginnings } from './pack.js';
import type { Counts } from './quota.js';
import type { RandomStream } from './random.js';
import { RememberedRequests } from './remembered-requests.js';
import type { Queued } from './select-scenario.js';
import { SessionResources } from './session-resources.js';
import type { Setup } from './setup.js';
import { Deliveries } from './webhooks/deliveries.js';

/** What a session holds besides its journal; it changes by {@link apply} alone. */
export interface SessionState {
  readonly name: string;
  readonly setup: Setup;
  readonly jobs: Jobs;
  readonly resources: SessionResources;
  /** What is yet to be sent of its jobs' news. */
  readonly deliveries: Deliveries;
  /** Worlds of platforms that have begun, by their names: what a new user needs to begin with. */
  readonly begun: Map<string, Begun>;
  /** Those that are known when they come again. */
  readonly requests: RememberedRequests;
  /** Streams of random numbers by name; one that has not been drawn from is not there yet. */
  readonly streams: Map<string, RandomStream>;
  /** By the name of the API, the number of its next job; where ids are not counted there is none. */
  readonly counters: Map<string, number>;
  /** What has been asked in the present minute, where requests are counted. */
  counts: Counts;
  /** What has happened to credentials, as `credentialsOf` tells them, that are let in no more. */
  readonly endedTokens: Map<string, TokenEvent>;
  clock: Clock;
  queue: readonly Queued[];
  chaos: ChaosSetting | undefined;
  chosen: Chosen;
  /** How many changes have been made. */
  position: number;
}

/** How a world has begun. */
interface Begun {
  beginnings: Beginnings;
  /** So many resources were there then. */
  size: number;
}

/** Streams of faults begin with this word; a new setting begins them anew. */
export const CHAOS_STREAM = 'chaos ';

/** @param dropped told of what had to go because there was too much of it */
export function beginState(
  name: string,
  setup: Setup,
  clock: Clock,
  dropped: (what: 'job' | 'resource', id: string) => void,
): SessionState {
  const { apis, limits, chaos, rules, auth, quota } = setup;
  const settings = Object.fromEntries(apis.map((api) => [api.name, api.settings]));
  return {
    name,
    setup,
    jobs: new Jobs(limits.jobs, (id) => dropped('job', id)),
    resources: new SessionResources(apis, limits.resources, ({ id }) => dropped('resource', id)),
    deliveries: new Deliveries(limits.jobs),
    begun: new Map(),
    requests: new RememberedRequests(limits.jobs),
    streams: new Map(),
    counters: new Map(),
    counts: { minute: 0, asked: new Map() },
    endedTokens: new Map(),
    clock,
    queue: [],
    chaos,
    chosen: { scenario: undefined, envelope: undefined, rules, auth, quota, settings },
    position: 0,
  };
}

/** The same state, of a session that keeps all of it in memory: what becomes of one changes nothing in the other. */
export function copyState(
  state: SessionState,
  clock: Clock,
  dropped: (what: 'job' | 'resource', id: string) => void,
): SessionState {
  const { counts } = state;
  return {
    ...state,
    jobs: state.jobs.copy((id) => dropped('job', id)),
    resources: state.resources.copy(({ id }) => dropped('resource', id)),
    deliveries: state.deliveries.copy(),
    begun: new Map(state.begun),
    requests: state.requests.copy(),
    streams: new Map(state.streams),
    counters: new Map(state.counters),
    counts: { minute: counts.minute, asked: new Map(counts.asked) },
    endedTokens: new Map(state.endedTokens),
    clock,
  };
}

/** Makes one change. */
export function apply(state: SessionState, change: Change): void {
  state.position += 1;
  const { jobs, clock } = state;
  switch (change.kind) {
    case 'scheduled':
      jobs.schedule(change.job, clock.pace);
      break;
    case 'polled':
      jobs.count(change.job, change.polls, change.here);
      break;
    case 'moved':
      jobs.move(change.job, clock.pace);
      if (change.job.webhooks) state.deliveries.follow(change.job);
      break;
    case 'settled':
      jobs.settle(change.job, change);
      break;
    case 'finished':
      for (const key of change.jobs) jobs.finish(key);
      break;
    case 'subscribed': {
      const job = jobs.subscribe(change.job, change.webhooks);
      if (job) state.deliveries.follow(job);
      break;
    }
    case 'delivery':
      state.deliveries.put(change.delivery);
      break;
    case 'delivered':
      state.deliveries.end(change.id);
      break;
    case 'forgotten':
      jobs.forget(change.job, change.tell, change.api);
      state.deliveries.forget(change.job);
      break;
    case 'begun': {
      const { size = state.resources.of(change.world).size } = change;
      state.begun.set(change.world, { beginnings: change.beginnings, size });
      break;
    }
    case 'unbegun':
      state.begun.delete(change.world);
      state.resources.forget(change.world);
      break;
    case 'resource':
      state.resources.of(change.api).put(change.resource);
      break;
    case 'removed':
      state.resources.of(change.api).remove(change.key);
      break;
    case 'remembered':
      state.requests.remember(change.request, change);
      break;
    case 'asked':
      if (state.counts.minute !== change.minute) {
        state.counts = { minute: change.minute, asked: new Map() };
      }
      state.counts.asked.set(change.key, change.asked);
      break;
    case 'token ended':
      state.endedTokens.set(change.credentials, change.by);
      // Each job lets one end, and there are no more jobs at a time.
      if (state.endedTokens.size > state.setup.limits.jobs) {
        state.endedTokens.delete(state.endedTokens.keys().next().value as string);
      }
      break;
    case 'tokens restored':
      state.endedTokens.clear();
      break;
    case 'queue':
      state.queue = change.queue;
      break;
    case 'stream':
      state.streams.set(change.name, change.stream);
      break;
    case 'counted':
      state.counters.set(change.api, change.next);
      break;
    case 'clock':
      state.clock = change.clock;
      if (change.clock.pace !== clock.pace) jobs.repace(change.clock.pace);
      break;
    case 'chaos':
      state.chaos = change.setting;
      for (const name of state.streams.keys()) {
        if (name.startsWith(CHAOS_STREAM)) state.streams.delete(name);
      }
      break;
    case 'chosen':
      state.chosen = { ...state.chosen, ...change.values };
      break;
  }
}
