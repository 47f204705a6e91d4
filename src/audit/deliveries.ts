import { isEnd } from '../outcome.js';
import type { Exchange } from '../sandbox/journal.js';
import { addTo } from './add-to.js';
import { type Call, callWith } from './call.js';
import type { JobAttempt } from './job-attempt.js';
import type { Sent } from './sent.js';

/** Exchanges that are webhooks, by the ids of their jobs, in the order in which they were sent. */
export function deliveriesByJob(exchanges: readonly Exchange[]): ReadonlyMap<string, Sent[]> {
  const found = new Map<string, Sent[]>();
  for (const exchange of exchanges) {
    const { delivery: facts, job } = exchange;
    if (facts && job !== undefined) addTo(found, job, { exchange, facts, call: callOf(exchange) });
  }
  for (const sent of found.values()) {
    sent.sort((a, b) => a.exchange.startedMono - b.exchange.startedMono);
  }
  return found;
}

/** What the receiver has answered is no reply about a job. */
function callOf(exchange: Exchange): Call {
  const call = callWith(exchange, 'unknown');
  call.eta = undefined;
  return call;
}

/** It has come from the platform, on its way to the client. */
export function isGenuine({ facts: { made } }: Sent): boolean {
  return made === undefined;
}

/** The receiver has said that it has taken it. */
export function isTaken({ exchange: { status } }: Sent): boolean {
  return status >= 200 && status < 300;
}

/** What it tells is the end of its job. */
export function tellsEnd({ exchange: { reportedOutcome: told } }: Sent): boolean {
  return isEnd(told);
}

/** What the client was told of the end of its job, without asking; undefined: nothing. */
export function toldEnd({ deliveries }: Pick<JobAttempt, 'deliveries'>): Sent | undefined {
  return deliveries?.find((sent) => isGenuine(sent) && isTaken(sent) && tellsEnd(sent));
}

export function wasToldEnd(one: Pick<JobAttempt, 'deliveries'>): boolean {
  return toldEnd(one) !== undefined;
}

/**
 * A poll that news has brought about follows neither an eta nor a pause: the first of a job behind each webhook that
 * came since the poll before.
 */
export function markPrompted({ polls, deliveries = [] }: JobAttempt): void {
  let before = Number.NEGATIVE_INFINITY;
  for (const poll of polls) {
    const { startedMono: began } = poll.exchange;
    poll.prompted = deliveries.some(
      ({ exchange, facts }) =>
        facts.made !== 'lost' && exchange.startedMono > before && exchange.startedMono <= began,
    );
    before = began;
  }
}

/** Who comes because of news does not come because of an eta. */
export function forgetEtas({ polls }: JobAttempt): void {
  for (const poll of polls) {
    if (!poll.prompted) continue;
    poll.etaAtRequest = undefined;
    poll.previousEta = undefined;
  }
}
