import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadApi } from '../../src/load/load-setup.js';
import { readSuite } from '../../src/load/suite-files.js';
import { staysOpen } from '../../src/scenario/play.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import {
  everyMs,
  type Manner,
  type SimulatedPoll,
  simulate,
  waiting,
} from '../support/simulate.js';

const SECOND = 1000;
/** Pauses that clients are written with, whatever they are told. */
const USUAL = [1, 2, 3, 5, 10];
/** As much may a poll come early (`eta-respected`). */
const EARLY = 50;
/** Who comes later than twice the wait, and by this at least, does not go by eta. */
const LATE = 2 * SECOND;

const PACKS = ['compositions', 'medical-events'];
/** Those whose etas are kept: others are no measure of a pause. */
const PROMISING = ['compositions'];
const apis = new Map(
  await Promise.all(PACKS.map(async (pack) => [pack, (await loadApi({ pack })).apis[0]] as const)),
);
const apiOf = (pack: string) => {
  const api = apis.get(pack);
  if (!api) throw new Error(`no pack ${pack}`);
  return api;
};
const scenario = (pack: string, name: string) => {
  const found = apiOf(pack).catalogue.get(name);
  if (!found) throw new Error(`${pack} has no ${name}`);
  return found;
};
const ALL = PACKS.flatMap((pack) =>
  [...apiOf(pack).catalogue.values()].map((one) => ({ pack, name: one.name, one })),
);

/** Waits for each eta, and never less than this. */
const atLeast =
  (pause: number): Manner =>
  (known) =>
    Math.max(waiting(known), known.now + pause);

const isEarly = ({ at, told }: SimulatedPoll) => told.eta - at > EARLY;

/** How long a client that goes by them has to wait for each eta. */
const waitsOf = (one: Scenario) => simulate(one, waiting).map(({ told: { eta, at } }) => eta - at);

/** Does a poll show that its client has not gone by the newest eta? Late is the first one after it alone. */
function betrays(poll: SimulatedPoll, i: number, polls: readonly SimulatedPoll[]): boolean {
  const { at, told } = poll;
  if (isEarly(poll)) return true;
  const wait = told.eta - told.at;
  const isFirst = polls[i - 1]?.told !== told;
  return isFirst && wait > 0 && at - told.eta > Math.max(LATE, wait);
}

/** Those of the usual pauses that no answer of the scenario shows to be one's own. */
function unnoticed(one: Scenario): number[] {
  return USUAL.filter((pause) => !simulate(one, everyMs(pause * SECOND)).some(betrays));
}

/** As long does each of the examples wait for a job (`ESOZ_PATIENCE_SECONDS`). */
const PATIENCE = 600 * SECOND;

/** How long a client that waits as it is told polls for a job. */
const timeOf = (one: Scenario) => Math.min(simulate(one, waiting).at(-1)?.at ?? 0, PATIENCE);

const SUITES = PACKS.flatMap((pack) =>
  readdirSync(`scenarios/${pack}/suites`).map((file) => ({
    pack,
    name: file.replace('.yaml', ''),
    file: `scenarios/${pack}/suites/${file}`,
  })),
);

async function suiteOf(pack: string, name: string): Promise<Scenario[]> {
  const suite = await readSuite([apiOf(pack)], `scenarios/${pack}/suites/${name}.yaml`);
  return suite.scenarios.map((each) => scenario(pack, each));
}

describe('a pause that is the same whatever it is told', () => {
  it.each([
    ['compositions', 'done-after-two-polls'],
    ['compositions', 'done-after-five-polls'],
    ['compositions', 'eta-moves'],
    ['compositions', 'eta-in-two-stages'],
    ['compositions', 'eta-comes-closer'],
    ['compositions', 'slow-answer'],
    ['compositions', 'slow'],
  ])('shows in %s, %s, be it 1, 2, 3, 5 or 10 seconds', (pack, name) => {
    expect(unnoticed(scenario(pack, name))).toEqual([]);
  });

  it.each([
    ['compositions', 'done-after-eta', 'failed-error-list'],
  ])('shows in polling-basics of %s', async (pack, happy, failed) => {
    const basics = await suiteOf(pack, 'polling-basics');
    const showing = (pause: number) =>
      basics.filter((one) => !unnoticed(one).includes(pause)).map(({ name }) => name);
    const all = basics.map(({ name }) => name);
    const but = (...names: string[]) => all.filter((name) => !names.includes(name));
    expect(showing(1)).toEqual(all);
    expect(showing(2)).toEqual(all);
    expect(showing(3)).toEqual(but(happy, failed, 'unavailable-503', 'reset-once'));
    expect(showing(5)).toEqual(but(failed, 'unauthorized-in-mid-poll'));
    expect(showing(10)).toEqual(all);
  });

  it.each(PROMISING)('comes too early at least once in eta-moves of %s', (pack) => {
    for (const pause of USUAL) {
      const polls = simulate(scenario(pack, 'eta-moves'), everyMs(pause * SECOND));
      expect(polls.some(isEarly), `${pause} s`).toBe(true);
    }
  });

  it.each(PROMISING)('is as long as no eta of %s', (pack) => {
    const waits = [...apiOf(pack).catalogue.values()].flatMap(waitsOf);
    expect(USUAL.filter((pause) => waits.includes(pause * SECOND))).toEqual([]);
  });

  it.each(PROMISING)('is shorter than the longest eta in polling-basics of %s', async (pack) => {
    const basics = await suiteOf(pack, 'polling-basics');
    expect(Math.max(...basics.flatMap(waitsOf))).toBeGreaterThan(10 * SECOND + EARLY);
  });
});

describe('a client that waits as it is told', () => {
  it.each(PACKS)('is never early nor much too late in %s', (pack) => {
    for (const one of apiOf(pack).catalogue.values()) {
      expect(simulate(one, waiting).filter(betrays), one.name).toEqual([]);
    }
  });

  it.each([
    ['compositions', 'polling-basics', 90],
    ['compositions', 'errors', 75],
    ['compositions', 'bad-network', 240],
    ['compositions', 'token-service', 15],
    ['medical-events', 'polling-basics', 90],
    ['medical-events', 'errors', 60],
    ['medical-events', 'token-service', 10],
  ])('has polled through %s, %s, in %d seconds', async (pack, name, seconds) => {
    const took = (await suiteOf(pack, name)).map(timeOf);
    expect(took.reduce((sum, each) => sum + each, 0)).toBeLessThan(seconds * SECOND);
  });

  it.each(SUITES)('has time enough in $pack, $name, even if its job never ends', async (of) => {
    const { timeout = 0, timeoutEndless = 0 } = await readSuite([apiOf(of.pack)], of.file);
    expect(timeout).toBeGreaterThan(PATIENCE);
    const isEndless = (await suiteOf(of.pack, of.name)).some(({ life }) => staysOpen(life));
    // The rule gives-up allows half an hour: nobody is stopped before that where nothing else would end the polling.
    if (isEndless) expect(timeoutEndless).toBeGreaterThan(1800 * SECOND);
    for (const one of await suiteOf(of.pack, of.name)) {
      expect(timeOf(one), one.name).toBeLessThanOrEqual(PATIENCE);
    }
  });
});

describe('every step that a good client meets is met', () => {
  const missed = (one: Scenario, polls: readonly SimulatedPoll[]) =>
    one.meets.filter((step) => !polls.some((poll) => poll.step === step));

  it.each(ALL)('by one that waits for each eta, in $pack, $name', ({ one }) => {
    expect(missed(one, simulate(one, waiting))).toEqual([]);
  });

  it.each(ALL)('by one that polls every second, in $pack, $name', ({ one }) => {
    expect(missed(one, simulate(one, everyMs(SECOND)))).toEqual([]);
  });

  it.each(ALL)('by one that polls every 2, 3, 5, 10 or 15 seconds, in $pack, $name', ({ one }) => {
    for (const pause of [2, 3, 5, 10, 15]) {
      expect(missed(one, simulate(one, everyMs(pause * SECOND))), `${pause} s`).toEqual([]);
    }
  });

  it.each(
    ALL,
  )('by one that waits for each eta and never less than 15 seconds, which keeps what $pack, $name expects', ({
    one,
  }) => {
    for (const least of [2, 5, 10, 15]) {
      const polls = simulate(one, atLeast(least * SECOND));
      const { polls: wanted, within = Number.POSITIVE_INFINITY } = one.expect;
      expect(missed(one, polls), `${least} s`).toEqual([]);
      expect(polls.length, `${least} s`).toBeGreaterThanOrEqual(wanted?.at_least ?? 0);
      expect(polls.at(-1)?.at ?? 0, `${least} s`).toBeLessThanOrEqual(within);
    }
  });
});

describe('a pause that only grows, and so is never too early', () => {
  const growing = (first: number): Manner => {
    let pause = first / 2;
    return ({ now }) => {
      pause *= 2;
      return now + pause;
    };
  };

  it.each(PACKS)('comes to the end of eta-moves of %s later than it expects', (pack) => {
    const one = scenario(pack, 'eta-moves');
    const { within = Number.POSITIVE_INFINITY } = one.expect ?? {};
    expect(simulate(one, growing(13 * SECOND)).filter(isEarly)).toEqual([]);
    expect(simulate(one, growing(13 * SECOND)).at(-1)?.at).toBeGreaterThan(within);
    expect(simulate(one, waiting).at(-1)?.at).toBeLessThan(within / 2);
  });
});
