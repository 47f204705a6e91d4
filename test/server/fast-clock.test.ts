import { describe, expect, it } from 'vitest';
import { disability } from '../support/conclusions.js';
import { eventually } from '../support/eventually.js';
import { play, playJob } from '../support/life.js';

/** Ten minutes in less than a second: at the machine's own time the test would be cut off. */
const FAST = { mode: 'fast', rate: 1000 } as const;
const MINUTE = 60_000;

describe('a fast clock', () => {
  it('lets a late answer wait in its time', async () => {
    const { sandbox, client, job } = await playJob(
      '{ state: PENDING, for: 1 poll, delay: 10min }',
      {
        clock: FAST,
      },
    );
    const before = sandbox.clock.now().getTime();
    expect((await client.poll(job)).status).toBe(200);
    expect(sandbox.clock.now().getTime() - before).toBeGreaterThanOrEqual(10 * MINUTE);
  });

  it('lets a job live by it, and tells etas in full length', async () => {
    const life = 'life: [{ state: PENDING, for: 10min, eta: 10min }, { state: DONE }]';
    const { sandbox, client } = await play(life, { clock: FAST });
    const { json } = await client.create(disability());
    const { id, eta } = json.data;
    const [scheduled] = sandbox.journal();
    // A paced clock would tell one of 600 ms.
    expect(Date.parse(eta) - Date.parse(String(scheduled?.at))).toBeGreaterThanOrEqual(10 * MINUTE);
    await eventually(() => sandbox.clock.now() >= new Date(eta));
    expect((await client.poll(id)).json.data.status).toBe('DONE');
  });

  it('is the time of every header', async () => {
    const { sandbox, client, job } = await playJob('{ state: PENDING, for: 1d }', { clock: FAST });
    const ahead = () => sandbox.clock.now().getTime() - Date.now();
    await eventually(() => ahead() > 10 * MINUTE);
    const { headers } = await client.poll(job);
    expect(Date.parse(String(headers.get('date'))) - Date.now()).toBeGreaterThan(9 * MINUTE);
  });

  it('is told by the verdict, whose lengths are its own', async () => {
    const { sandbox, client, job } = await playJob('{ state: PENDING, for: 1 poll, delay: 2min }', {
      clock: FAST,
    });
    await client.poll(job);
    const verdict = sandbox.verdict();
    expect(verdict.clock).toEqual({ mode: 'fast', pace: 1, rate: 1000 });
    const [poll] = verdict.jobs[0]?.polls ?? [];
    const took = Date.parse(String(poll?.until)) - Date.parse(String(poll?.at));
    expect(took).toBeGreaterThanOrEqual(2 * MINUTE);
  });
});
