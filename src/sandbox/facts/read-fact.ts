import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { Change, Chosen } from '../change.js';
import { type Clock, type ClockSetting, type ForwardTime, makeClock } from '../clock.js';
import type { Compressor } from '../compressed-text.js';
import type { Jobs } from '../jobs.js';
import { type Exchange, UNSAID } from '../journal.js';
import type { Delivery } from '../webhooks/delivery.js';
import type { ClockFact, DeliveryFact, ExchangeFact, Fact } from './fact.js';
import { type JobReading, readCursor, readJob, readMoved } from './job-fact.js';

/** What reading a fact needs of the session that it is read for. */
export interface FactReading extends JobReading {
  jobs: Jobs;
  time: ForwardTime;
}

/** Facts that are changes of what a session holds besides its journal. */
export type ChangeFact = Exclude<Fact, { k: 'began' | 'scenario' | 'exchange' | 'ended' }>;

/** The change that a fact tells; undefined: it is of a job that is no more. */
export function changeOf(fact: ChangeFact, reading: FactReading): Change | undefined {
  switch (fact.k) {
    case 'scheduled':
      return { kind: 'scheduled', job: readJob(fact.job, reading) };
    case 'moved': {
      const before = reading.jobs.at(fact.job);
      return before && { kind: 'moved', job: readMoved(fact, before) };
    }
    case 'settled': {
      const { job, failure, notes, made, tells } = fact;
      const body = tells ? reading.jobs.at(job)?.body : undefined;
      return { kind: 'settled', job, failure, notes, made, body };
    }
    case 'delivery':
      return { kind: 'delivery', delivery: readDelivery(fact.delivery, reading.compressor) };
    case 'stream':
      return { kind: 'stream', name: fact.name, stream: xoroshiro128plusFromState(fact.state) };
    case 'clock':
      return { kind: 'clock', clock: readClock(fact.clock, reading.time) };
    case 'token ended':
      return { kind: 'token ended', credentials: fact.credentials, by: fact.by ?? 'expires' };
    case 'chaos':
      return { kind: 'chaos', setting: fact.setting };
    case 'chosen':
      return { kind: 'chosen', values: { ...fact.values, ...cleared(fact.cleared) } };
    default: {
      const { k: kind, ...values } = fact;
      return { kind, ...values } as Change;
    }
  }
}

export function readClock(fact: ClockFact, time: ForwardTime): Clock {
  const given = Object.entries(fact).filter(([, value]) => value !== undefined);
  return makeClock(Object.fromEntries(given) as unknown as ClockSetting, time);
}

export function readExchange(fact: ExchangeFact, compressor: Compressor): Exchange {
  const { requestBody } = fact;
  const kept = requestBody === undefined ? undefined : compressor.keep(requestBody);
  return { ...UNTOLD, ...fact, requestBody: kept };
}

/** What JSON leaves out of an exchange. */
const UNTOLD = { ...UNSAID, endedAt: undefined, durationMs: undefined, note: undefined };

function readDelivery({ cursor, said, ...same }: DeliveryFact, compressor: Compressor): Delivery {
  const body = said?.body === undefined ? undefined : compressor.keep(said.body);
  return { ...same, due: same.due, cursor: readCursor(cursor), said: said && { ...said, body } };
}

function cleared(names: readonly (keyof Chosen)[] = []): Partial<Chosen> {
  return Object.fromEntries(names.map((name) => [name, undefined]));
}
