import type { Compressor } from '../compressed-text.js';
import type { SessionState } from '../state.js';
import type { Fact } from './fact.js';
import { factsOf } from './told-facts.js';
import { begunFact, factOf } from './write-fact.js';

/**
 * A session as it stands, as facts: who folds them has the same.
 * @param exchanges so many of its exchanges came before
 * @param told gets the hashes of the scenarios that are told
 */
export function* stateFacts(
  state: SessionState,
  exchanges: number,
  compressor: Compressor,
  told: Set<string>,
): Generator<Fact> {
  const [began, ...others] = headFacts(state, exchanges, compressor);
  yield began as Fact;
  for (const [world, kept] of state.resources.worlds()) {
    for (const resource of kept.all()) yield { k: 'resource', api: world, resource };
  }
  for (const job of state.jobs.all()) {
    yield* factsOf({ kind: 'scheduled', job }, compressor, told);
    const { webhooks } = job;
    if (webhooks) yield { k: 'subscribed', job: job.key, webhooks };
  }
  yield* others;
}

/** The same without its jobs and resources. */
export function* headFacts(
  state: SessionState,
  exchanges: number,
  compressor: Compressor,
): Generator<Fact> {
  const { jobs, resources, deliveries, requests, streams, counters, counts } = state;
  const worlds = [...resources.worlds()];
  const dropped = {
    exchanges,
    jobs: jobs.droppedCount,
    resources: Object.fromEntries(worlds.map(([world, { dropped }]) => [world, dropped])),
  };
  yield { k: 'began', ...begunFact(state), dropped };
  if (state.queue.length > 0) yield { k: 'queue', queue: state.queue };
  for (const [world, { beginnings, size }] of state.begun) {
    yield { k: 'begun', world, beginnings, size };
  }
  const finished = jobs.finished();
  if (finished.length > 0) yield { k: 'finished', jobs: finished };
  for (const [job, api] of jobs.deleted) yield { k: 'forgotten', job, tell: true, api };
  for (const delivery of deliveries.all()) {
    yield factOf({ kind: 'delivery', delivery }, compressor);
  }
  for (const [request, { job, content }] of requests.all()) {
    yield { k: 'remembered', request, job, content };
  }
  for (const [key, asked] of counts.asked) {
    yield { k: 'asked', minute: counts.minute, key, asked };
  }
  for (const [credentials, by] of state.endedTokens) {
    yield { k: 'token ended', credentials, by };
  }
  for (const [name, stream] of streams) {
    yield factOf({ kind: 'stream', name, stream }, compressor);
  }
  for (const [api, next] of counters) yield { k: 'counted', api, next };
}
