import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Change } from '../../src/sandbox/change.js';
import { makeClock } from '../../src/sandbox/clock.js';
import { exchangeText } from '../../src/sandbox/facts/exchange-fact.js';
import type { Fact } from '../../src/sandbox/facts/fact.js';
import { Fold } from '../../src/sandbox/facts/fold.js';
import { factsOf } from '../../src/sandbox/facts/told-facts.js';
import { begunFact, factOf, factText } from '../../src/sandbox/facts/write-fact.js';
import { type Job, lifeOf, movedTo } from '../../src/sandbox/job.js';
import { type Exchange, ended, type NewExchange, UNSAID } from '../../src/sandbox/journal.js';
import { beginStream } from '../../src/sandbox/random.js';
import { Session } from '../../src/sandbox/session.js';
import { beginParts, type SessionParts } from '../../src/sandbox/session-parts.js';
import { apply } from '../../src/sandbox/state.js';
import { begin, poll } from '../../src/scenario/play.js';
import { linesOf } from '../support/folded.js';
import { openSession, START } from './world.js';

/** What a step of a run is made from: whatever it names is taken from what there is. */
interface Drawn {
  kind: string;
  at: number;
  other: number;
  text: string;
  flag: boolean;
}

const { setup } = await openSession([
  'scenario: by-polls\nlife: [{ state: PENDING, for: 2 polls }, { state: DONE }]',
  'scenario: by-time\nlife: [{ state: PENDING, for: 5s, eta: 5s }, { state: FAILED, error: { code: "1001" } }]',
  'scenario: by-hand\nlife: [{ state: PENDING, for: until released }, { state: DONE }]',
]);
const [api] = setup.apis;
const scenarios = [...api.catalogue.values()];
const [operation = ''] = api.binding.schedules.keys();

/** A live session, and its facts as they are kept. */
class Live {
  readonly parts: SessionParts = beginParts('test', setup);
  readonly texts: string[] = [];
  readonly #told = new Set<string>();
  readonly open: Exchange[] = [];
  #numbered = 0;

  constructor() {
    this.texts.push(JSON.stringify({ k: 'began', ...begunFact(this.parts.state) }));
  }

  get jobs(): Job[] {
    return [...this.parts.state.jobs.all()];
  }

  job({ at }: Drawn): Job | undefined {
    const { jobs } = this;
    return jobs[at % Math.max(1, jobs.length)];
  }

  next(): number {
    this.#numbered += 1;
    return this.#numbered;
  }

  change(change: Change): void {
    apply(this.parts.state, change);
    for (const fact of factsOf(change, setup.compressor, this.#told)) {
      this.texts.push(JSON.stringify(fact));
    }
  }

  write(exchange: NewExchange): void {
    const { entry } = this.parts.journal.add(exchange);
    this.texts.push(exchangeText(entry, setup.compressor));
    if (entry.endedAt === undefined) this.open.push(entry);
  }

  end(exchange: Exchange, { at, flag, text }: Drawn): void {
    const sent = { status: 200, responseHeaders: { A: text }, responseBody: text };
    const end = {
      ...{ endedAt: START + at, durationMs: at, aborted: flag },
      ...(flag ? { untold: true as const } : { sent }),
    };
    this.parts.journal.replace(ended(exchange, end));
    this.texts.push(JSON.stringify({ k: 'ended', seq: exchange.seq, ...end }));
  }
}

const some = <T>(list: readonly T[], at: number): T => list[at % list.length] as T;

function scheduled(live: Live, { at, text, flag }: Drawn): Job {
  const scenario = some(scenarios, at);
  const id = `job-${live.next()}`;
  return {
    ...{ id, key: id, api, operation, scenario, diverted: undefined, polls: 0, settled: false },
    cursor: begin(scenario.life, START + at),
    params: flag ? { patient_id: text } : {},
    body: flag ? setup.compressor.keep(JSON.stringify({ text })) : undefined,
    told: flag ? { id: at, query: { q: [text] }, headers: { h: text } } : undefined,
    resource: `resource-${id}`,
    ...{ failure: undefined, notes: undefined },
    ...(flag ? { caller: { token: text } as unknown as NonNullable<Job['caller']> } : {}),
  };
}

const moved = (job: Job, { at }: Drawn) =>
  movedTo(job, poll(lifeOf(job), job.cursor, { now: START + at * 1000, pace: 1 }), job.polls + 1);

const webhooks = ({ text, at }: Drawn) => ({
  subscriptions: [{ webhook: at, url: `http://client.test/${at}`, only: [text] }],
  where: { origin: 'http://sandbox.test', api: '' },
});

/** One change of each kind: a kind that is missing here does not compile. */
const MAKE: Record<Change['kind'], (live: Live, drawn: Drawn) => Change | undefined> = {
  scheduled: (live, drawn) => ({ kind: 'scheduled', job: scheduled(live, drawn) }),
  polled: (live, drawn) => {
    const job = live.job(drawn);
    return (
      job && { kind: 'polled', job: job.key, polls: job.polls + 1, here: job.cursor.polls + 1 }
    );
  },
  moved: (live, drawn) => {
    const job = live.job(drawn);
    return job && { kind: 'moved', job: moved(job, drawn) };
  },
  settled: (live, drawn) => {
    const job = live.job(drawn);
    if (!job || job.settled) return undefined;
    const { text, flag } = drawn;
    const failure = flag ? { code: '1', name: text, message: text, text } : undefined;
    const notes = flag ? [text] : undefined;
    return { kind: 'settled', job: job.key, failure, notes, body: flag ? job.body : undefined };
  },
  finished: (live) => {
    const jobs = live.jobs.filter(({ settled }) => !settled).map(({ key }) => key);
    return jobs.length === 0 ? undefined : { kind: 'finished', jobs: jobs.slice(0, 1) };
  },
  subscribed: (live, drawn) => {
    const job = live.job(drawn);
    return job && { kind: 'subscribed', job: job.key, webhooks: webhooks(drawn) };
  },
  delivery: (live, drawn) => {
    const job = live.job(drawn);
    if (!job) return undefined;
    const { at, text, flag } = drawn;
    const said = flag
      ? { method: 'POST', headers: { a: text }, body: setup.compressor.keep(text) }
      : undefined;
    const delivery = {
      ...{ id: `delivery-${at}`, job: job.key, webhook: 0, url: text, event: text, said },
      ...{ cursor: job.cursor, at: START, due: flag ? undefined : START + at, order: at },
      ...{ attempts: at, copy: 1, forge: flag },
    };
    return { kind: 'delivery', delivery };
  },
  delivered: (_, { at }) => ({ kind: 'delivered', id: `delivery-${at}` }),
  forgotten: (live, drawn) => {
    const job = live.job(drawn);
    return job && { kind: 'forgotten', job: job.key, tell: drawn.flag, api: job.api.name };
  },
  begun: (_, { text, at }) => ({
    kind: 'begun',
    world: api.world,
    beginnings: { client_id: text } as never,
    size: at,
  }),
  unbegun: () => ({ kind: 'unbegun', world: api.world }),
  resource: (_, { at, other, text, flag }) => ({
    kind: 'resource',
    api: api.world,
    resource: {
      ...{ id: `r-${at}`, kind: `kind-${other % 3}`, document: { text }, facts: { text } },
      created: START,
      ...(flag ? { about: text, title: text, key: `key/${at}` } : {}),
    },
  }),
  removed: (_, { at }) => ({ kind: 'removed', api: api.world, key: `r-${at}` }),
  remembered: (_, { at, text }) => ({ kind: 'remembered', request: text, job: text, content: at }),
  asked: (_, { at, other, text }) => ({ kind: 'asked', minute: at % 3, key: text, asked: other }),
  'token ended': (_, { text, flag }) =>
    ({
      kind: 'token ended',
      credentials: text,
      by: flag ? 'expires' : 'revoked',
    }) as Change,
  'tokens restored': () => ({ kind: 'tokens restored' }),
  queue: (_, { at, text, flag }) => ({
    kind: 'queue',
    queue: flag ? [{ scenario: text, operation: undefined, times: at + 1 }] : [],
  }),
  stream: (_, { text, flag }) => ({
    kind: 'stream',
    name: flag ? `chaos ${text}` : text,
    stream: beginStream(text),
  }),
  counted: (_, { at, text }) => ({ kind: 'counted', api: text, next: at }),
  clock: (live, { at, flag }) => ({
    kind: 'clock',
    clock: flag
      ? makeClock({ mode: 'manual', now: START + at }, live.parts.time)
      : makeClock({ mode: 'paced', pace: 1 + at }, live.parts.time),
  }),
  chaos: (_, { at, flag }) => ({
    kind: 'chaos',
    setting: flag ? { rate: 0.5, seed: at, faults: ['bom'], operations: undefined } : undefined,
  }),
  chosen: (_, { text, flag }) => ({
    kind: 'chosen',
    values: flag
      ? { scenario: text, rules: 'off', settings: { [api.name]: { ...api.settings } } }
      : { scenario: undefined, quota: undefined, hold: 'next' },
  }),
};

function exchangeOf({ at, text, flag }: Drawn): NewExchange {
  return {
    ...UNSAID,
    ...{ at: START, wall: START as never, startedMono: at as never },
    endedAt: flag ? START + at : undefined,
    durationMs: (flag ? at : undefined) as never,
    ...{ method: 'GET', path: `/x?${at}`, status: 200, aborted: false, requestHeaders: text },
    requestBody: flag ? setup.compressor.keep(text) : undefined,
    ...{ responseHeaders: { A: text }, responseBody: text, note: flag ? text : undefined },
  };
}

const KINDS = [...Object.keys(MAKE), 'exchange', 'ended'] as const;

const drawn: fc.Arbitrary<Drawn> = fc.record({
  kind: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('scheduled', 'moved', 'exchange') },
    { weight: 5, arbitrary: fc.constantFrom(...KINDS) },
  ),
  at: fc.nat(12),
  other: fc.nat(5),
  text: fc.string({ unit: 'binary', maxLength: 12 }),
  flag: fc.boolean(),
});

/** A run that has each kind, whatever chance brings. */
const all = (flag: boolean): Drawn[] =>
  (['scheduled', 'scheduled', 'exchange', ...KINDS] as const).map((kind, i) => ({
    kind,
    at: 0,
    other: i % 5,
    text: 'a',
    flag,
  }));

function play(run: readonly Drawn[]): Live {
  const live = new Live();
  for (const one of run) {
    if (one.kind === 'exchange') live.write(exchangeOf(one));
    else if (one.kind === 'ended') {
      const open = live.open.shift();
      if (open) live.end(open, one);
    } else {
      const change = MAKE[one.kind as Change['kind']](live, one);
      if (change) live.change(change);
    }
  }
  return live;
}

const sessionOf = (parts: SessionParts) => new Session('test', setup, () => {}, parts);

it('a session is what its facts come to, each written and read again, whatever they tell', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.array(drawn, { maxLength: 60 }), (run) => {
      const live = play(run);
      const parts = beginParts('test', setup);
      const fold = new Fold(parts);
      for (const text of live.texts) {
        const fact = JSON.parse(text) as Fact;
        seen.add(fact.k);
        fold.add(fact);
      }
      expect(linesOf(sessionOf(parts))).toEqual(linesOf(sessionOf(live.parts)));
    }),
    { numRuns: 150, examples: [[all(true)], [all(false)]] },
  );
  expect([...seen].sort()).toEqual([...KINDS, 'began', 'scenario'].sort());
});

it('a session as it stands, told as facts, is the same session', () => {
  fc.assert(
    fc.property(fc.array(drawn, { maxLength: 60 }), (run) => {
      const session = sessionOf(play(run).parts);
      const before = [...session.standing()].map((fact) => JSON.stringify(fact));
      const parts = beginParts('test', setup);
      const fold = new Fold(parts);
      for (const text of before) fold.add(JSON.parse(text) as Fact);
      const again = [...sessionOf(parts).standing()].map((fact) => JSON.stringify(fact));
      expect(again.map((text) => JSON.parse(text))).toEqual(before.map((text) => JSON.parse(text)));
    }),
    { numRuns: 100 },
  );
});

it('writes a poll as JSON has it, whatever the id of its job', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(), fc.nat(), (job, polls, here) => {
      const change: Change = { kind: 'polled', job, polls, here };
      const { compressor } = setup;
      expect(JSON.parse(factText(change, compressor))).toEqual(factOf(change, compressor));
    }),
  );
});
