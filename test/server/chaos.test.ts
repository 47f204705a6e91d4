import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAULT_NAMES, FAULTS } from '../../src/faults/index.js';
import type { ChaosOptions, SessionControl } from '../../src/index.js';
import { reproaches } from '../audit/play.js';
import { Poller } from '../clients/poller.js';
import { makeClient } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { openSandbox } from '../support/sandbox.js';

const POLLS = ['getAsyncJobStatus'];

/** Polls a job so often, whatever comes back; the faults that were met, in order. */
async function pollMany(session: SessionControl, times: number): Promise<(string | undefined)[]> {
  const client = makeClient(session.url);
  const { json } = await client.create(disability());
  const before = session.journal().at(-1)?.seq ?? 0;
  for (let i = 0; i < times; i += 1) await client.poll(json.data.id).catch(() => undefined);
  return session.journal({ after: before, limit: times }).map(({ fault }) => fault);
}

describe('chaos', () => {
  it('brings the same faults for the same seed, and others for another', async () => {
    const run = async (chaos: ChaosOptions) => {
      const { sandbox } = await openSandbox({ chaos: { ...chaos, operations: POLLS } });
      return pollMany(sandbox, 60);
    };
    const first = await run({ rate: 0.3, seed: 7 });
    expect(await run({ rate: 0.3, seed: 7 })).toEqual(first);
    expect(await run({ rate: 0.3, seed: 8 })).not.toEqual(first);
    expect(first.filter(Boolean).length).toBeGreaterThan(8);
    expect(first.filter(Boolean).length).toBeLessThan(32);
  });

  it('leaves the polls of one job as they are when other requests come in between', async () => {
    const run = async (others: number) => {
      const { sandbox, client } = await openSandbox({ chaos: { rate: 0.5, operations: POLLS } });
      for (let i = 0; i < others; i += 1) await client.search('subject=1');
      return pollMany(sandbox, 20);
    };
    expect(await run(5)).toEqual(await run(0));
  });

  it('strikes every answer at rate 1, and none at 0', async () => {
    const { sandbox } = await openSandbox();
    sandbox.set({ chaos: { rate: 1, faults: ['bom'], operations: POLLS } });
    expect(await pollMany(sandbox, 5)).toEqual(Array(5).fill('bom'));
    sandbox.set({ chaos: { rate: 0 } });
    expect(await pollMany(sandbox, 5)).toEqual(Array(5).fill(undefined));
    sandbox.set({ chaos: { rate: 1, faults: ['bom'], operations: POLLS } });
    sandbox.set({ chaos: null });
    expect(await pollMany(sandbox, 2)).toEqual([undefined, undefined]);
  });

  it('is shown with its session, begins anew with it, and is the session’s alone', async () => {
    const { sandbox } = await openSandbox({ chaos: { rate: 0.5, seed: 3, faults: ['reset'] } });
    const chaos = { rate: 0.5, seed: 3, faults: ['reset'] };
    expect(sandbox.set({})).toMatchObject({ chaos });
    expect(sandbox.session('quiet').set({ chaos: null })).toMatchObject({ chaos: null });
    expect(sandbox.set({})).toMatchObject({ chaos });
    const lost = sandbox.session('loud').set({ chaos: { rate: 1 } });
    expect(lost.chaos).toMatchObject({ rate: 1, seed: 1 });
    expect(lost.chaos?.faults).toEqual([
      'reset', 'empty-reply', 'reset-after-headers', 'truncated-body', 'chunked-cut-off',
      'wrong-content-length', 'broken-gzip', 'gateway-html', 'malformed-json',
    ]); // biome-ignore format: reads as one list
  });

  it('leaves the faults of scenarios as they are, and says which are its own', async () => {
    const { sandbox, client } = await openSandbox({
      chaos: { rate: 1, faults: ['malformed-json'], operations: POLLS },
    });
    sandbox.next('reset-once');
    const { json } = await client.create(disability());
    for (const _ of [1, 2, 3]) await client.poll(json.data.id).catch(() => undefined);
    const [scheduled, ...polls] = sandbox.journal();
    expect(polls.map(({ fault, chance }) => [fault, chance])).toEqual([
      ['malformed-json', true],
      ['reset', undefined],
      ['malformed-json', true],
    ]);
    expect(scheduled?.note).toBe('scenario chosen by queue');
  });

  it('strikes what schedules as well: the job is there, and its client has never been told', async () => {
    const { sandbox, client } = await openSandbox({ chaos: { rate: 1, faults: ['reset'] } });
    await expect(client.create(disability())).rejects.toThrow();
    expect(sandbox.jobs()).toHaveLength(1);
    const [written] = sandbox.journal();
    expect(written).toMatchObject({ fault: 'reset', chance: true });
    expect(written).not.toHaveProperty('eta');
    expect(reproaches(sandbox.verdict())).toEqual([]);
  });

  it('refuses what it cannot be, and says what it can', async () => {
    const { sandbox } = await openSandbox();
    const set = (chaos: ChaosOptions) => () => sandbox.set({ chaos });
    expect(set({ rate: 2 })).toThrow('"rate" is 2; give a share from 0 to 1, 0.1 is a tenth');
    expect(set({ rate: 0.1, faults: [] })).toThrow('"faults" is empty; name some, or leave it out');
    expect(set({ rate: 0.1, seed: 0.5 })).toThrow('"seed" is 0.5; give a whole number');
    await expect(openSandbox({ chaos: { rate: 0.1, faults: ['rest'] } })).rejects.toThrow(
      'chaos: unknown fault "rest"; did you mean reset?',
    );
  });
});

describe('a good client in chaos', () => {
  /** Those that neither stop the test’s clock nor the server. */
  const faults = FAULT_NAMES.filter((name) => !/^(hang|refused|slow-|huge)/.test(name));

  it('gets no finding, whatever happens to its polls', async () => {
    const { sandbox } = await openSandbox();
    const property = fc.asyncProperty(
      fc.integer({ min: 0, max: 1e9 }),
      fc.subarray(faults, { minLength: 1 }),
      fc.constantFrom('done-after-five-polls', 'failed-after-two-polls', 'done-after-eta'),
      async (seed, some, scenario) => {
        sandbox.reset();
        sandbox.set({ chaos: { rate: 0.4, seed, faults: some, operations: POLLS } });
        sandbox.next(scenario);
        await new Poller(sandbox).run(disability());
        const met = sandbox.journal().filter(({ fault }) => fault !== undefined);
        for (const { fault, told, eta } of met) {
          if (fault && FAULTS[fault].read === 'no')
            expect([told, eta]).toEqual([undefined, undefined]);
        }
        expect(reproaches(sandbox.verdict())).toEqual([]);
      },
    );
    await fc.assert(property, { numRuns: 60, seed: 1 });
  });

  it('that gives up at the first fault gets one', async () => {
    const { sandbox } = await openSandbox({ chaos: { rate: 1, seed: 2, operations: POLLS } });
    await new Poller(sandbox, { failures: 1 }).run(disability());
    const failed = sandbox.verdict().rules.filter(({ outcome }) => outcome === 'failed');
    expect(failed.map(({ rule }) => rule)).toContain('survives-a-blip');
  });
});
