import type { Change, Chosen } from '../change.js';
import { type Clock, isFast, isManual } from '../clock.js';
import type { Compressor } from '../compressed-text.js';
import type { SessionState } from '../state.js';
import type { Delivery } from '../webhooks/delivery.js';
import {
  type BegunFact,
  type ClockFact,
  type DeliveryFact,
  FACT_VERSION,
  type Fact,
} from './fact.js';
import { writeCursor, writeJob, writeMoved } from './job-fact.js';

/** A change as it is kept. */
export function factOf(change: Change, compressor: Compressor): Fact {
  switch (change.kind) {
    case 'scheduled':
      return { k: 'scheduled', job: writeJob(change.job, compressor) };
    case 'polled': {
      const { job, polls, here } = change;
      return { k: 'polled', job, polls, here };
    }
    case 'moved':
      return { k: 'moved', ...writeMoved(change.job) };
    case 'settled': {
      const { job, failure, notes, made, body } = change;
      return { k: 'settled', job, failure, notes, made, tells: body ? true : undefined };
    }
    case 'delivery':
      return { k: 'delivery', delivery: writeDelivery(change.delivery, compressor) };
    case 'stream':
      return { k: 'stream', name: change.name, state: change.stream.getState() };
    case 'clock':
      return { k: 'clock', clock: writeClock(change.clock) };
    case 'chosen':
      return { k: 'chosen', values: change.values, cleared: clearedIn(change.values) };
    default: {
      const { kind: k, ...values } = change;
      return { k, ...values } as Fact;
    }
  }
}

/** The same as a text. What most polls change is written as it is: no value is made and turned into JSON. */
export function factText(change: Change, compressor: Compressor): string {
  if (change.kind !== 'polled') return JSON.stringify(factOf(change, compressor));
  const { job, polls, here } = change;
  return `{"k":"polled","job":${JSON.stringify(job)},"polls":${polls},"here":${here}}`;
}

/** What a session begins with. */
export function begunFact({ clock, chosen, chaos }: SessionState): BegunFact {
  return { v: FACT_VERSION, clock: writeClock(clock), chosen, chaos };
}

function writeClock(clock: Clock): ClockFact {
  const { mode, pace } = clock;
  if (isFast(clock))
    return { mode, rate: clock.rate, now: clock.origin.at, since: clock.origin.since };
  return {
    mode,
    pace: pace === 1 ? undefined : pace,
    now: isManual(clock) ? clock.now() : undefined,
  };
}

function writeDelivery({ cursor, said, ...same }: Delivery, compressor: Compressor): DeliveryFact {
  return {
    ...same,
    cursor: writeCursor(cursor),
    said: said && { ...said, body: said.body && compressor.read(said.body) },
  };
}

/** JSON has no undefined: what was taken back is named. */
function clearedIn(values: Partial<Chosen>): (keyof Chosen)[] | undefined {
  const names = Object.keys(values) as (keyof Chosen)[];
  const cleared = names.filter((name) => values[name] === undefined);
  return cleared.length > 0 ? cleared : undefined;
}
