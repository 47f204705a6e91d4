import { describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { createByWire, HEAD, lines, play, playJob, pollByWire } from '../support/life.js';
import { NOON } from '../support/sandbox.js';
import { openWire, statusOf } from '../support/wire.js';

const at = (seconds: number) => new Date(Date.parse(NOON) + seconds * 1000).toISOString();

describe('a reset', () => {
  const RESET = '{ answer: { fault: reset }, for: 1 poll }';

  it('breaks the connection of a poll, without a byte of an answer', async () => {
    const wire = await pollByWire(await playJob(RESET));
    expect(await wire.failure()).toBe('ECONNRESET');
    expect(await wire.whole()).toBe('');
  });

  it('breaks the connection of a request that schedules, and no job is made', async () => {
    const { sandbox } = await play('refuse: { fault: reset }');
    const wire = await createByWire(sandbox.url);
    expect(await wire.failure()).toBe('ECONNRESET');
    expect(await wire.whole()).toBe('');
    expect(sandbox.jobs()).toEqual([]);
    const [written] = sandbox.journal();
    expect(written).toMatchObject({ operation: 'createComposition', scenario: 'own', status: 0 });
    expect(written).toMatchObject({ fault: 'reset', note: 'scenario chosen by server' });
    expect(written).not.toHaveProperty('job');
  });

  it('is in the journal with its end, and tells the client nothing', async () => {
    const played = await playJob(RESET);
    played.sandbox.clock.advance('1s');
    await (await pollByWire(played)).whole();
    const [written] = played.journal();
    expect(written).toMatchObject({ at: at(1), until: at(1), step: 0, status: 0, fault: 'reset' });
    expect(written).toMatchObject({
      took: expect.any(Number),
      response: { headers: {}, body: '' },
    });
    for (const key of ['told', 'eta', 'left']) expect(written).not.toHaveProperty(key);
  });

  it('harms no other connection, and the job goes on', async () => {
    const played = await playJob(RESET);
    const other = await openWire(played.sandbox.url);
    await (await pollByWire(played)).whole();
    other.write(lines(`GET /api/patients/composition/job/${played.job} HTTP/1.1`, ...HEAD));
    expect(statusOf(await other.until('"DONE"'))).toBe(200);
  });

  it('can come late', async () => {
    const played = await playJob('{ answer: { fault: reset }, for: 1 poll, delay: 5s }');
    const wire = await pollByWire(played);
    expect(played.journal()).toEqual([]);
    played.sandbox.clock.advance('5s');
    expect(await wire.failure()).toBe('ECONNRESET');
    expect(played.journal()).toMatchObject([{ at: at(0), until: at(5), fault: 'reset' }]);
  });
});

describe('a request that hangs', () => {
  const HANG = '{ answer: { fault: hang }, for: 1 poll }';

  it('is in the journal at once, open', async () => {
    const played = await playJob(HANG);
    const wire = await pollByWire(played);
    played.sandbox.clock.advance('1h');
    const [written] = played.journal();
    expect(written).toMatchObject({ at: at(0), job: played.job, status: 0, fault: 'hang' });
    for (const key of ['until', 'took', 'told', 'left']) expect(written).not.toHaveProperty(key);
    expect(wire.soFar()).toBe('');
    expect(played.sandbox.journal({ status: 0 })).toEqual([written]);
  });

  it.each(['end', 'reset'] as const)('ends when the client leaves by %s', async (how) => {
    const played = await playJob(HANG);
    const wire = await pollByWire(played);
    played.sandbox.clock.advance('10s');
    wire[how]();
    expect(await wire.whole()).toBe('');
    await eventually(() => played.journal()[0]?.until !== undefined);
    expect(played.journal()).toMatchObject([
      { at: at(0), until: at(10), took: expect.any(Number), status: 0, fault: 'hang', left: true },
    ]);
  });

  it('can be one that schedules; no job is made', async () => {
    const { sandbox } = await play('refuse: { fault: hang }');
    const wire = await createByWire(sandbox.url);
    await eventually(() => sandbox.journal().length === 1);
    expect(wire.soFar()).toBe('');
    expect(sandbox.jobs()).toEqual([]);
    expect(sandbox.journal()).toMatchObject([{ operation: 'createComposition', fault: 'hang' }]);
  });

  it('does not keep the sandbox from closing, nor is it the client that has left', async () => {
    const played = await playJob(HANG);
    const wire = await pollByWire(played);
    await played.sandbox.close();
    expect(await wire.whole()).toBe('');
    const [written] = played.journal();
    expect(written).toMatchObject({ until: at(0), took: expect.any(Number), fault: 'hang' });
    expect(written).not.toHaveProperty('left');
  });

  it('ends with its session', async () => {
    const played = await playJob(HANG);
    const wire = await pollByWire(played);
    played.sandbox.reset();
    expect(await wire.whole()).toBe('');
  });

  it('does not keep others waiting', async () => {
    const played = await playJob(HANG);
    await pollByWire(played);
    expect((await played.client.poll(played.job)).json.data.status).toBe('DONE');
    expect(played.journal().map(({ status }) => status)).toEqual([0, 200]);
  });
});

describe('a delayed answer', () => {
  const LATE = '{ state: PENDING, for: 1 poll, delay: 5s }';

  it('is held until a manual clock has been advanced by so much, and not a moment longer', async () => {
    const played = await playJob(LATE);
    const wire = await pollByWire(played);
    played.sandbox.clock.advance('4999ms');
    await played.client.search('subject=1'); // whatever has been sent by now has come with its answer
    expect(wire.soFar()).toBe('');
    expect(played.sandbox.journal({ job: played.job })).toHaveLength(1);
    played.sandbox.clock.advance('1ms');
    expect(statusOf(await wire.until('"PENDING"'))).toBe(200);
  });

  it('says what was so when the request came, with the Date of its sending', async () => {
    const played = await playJob(LATE);
    const wire = await pollByWire(played);
    played.sandbox.clock.advance('10s');
    const answer = await wire.until('"PENDING"');
    expect(answer).toContain(`"eta":"${at(3)}"`);
    expect(answer).toContain(`Date: ${new Date(at(10)).toUTCString()}`);
    expect(played.journal()).toMatchObject([
      { at: at(0), until: at(10), eta: at(3), told: 'open', status: 200 },
    ]);
  });

  it('is one of its own: each is held for itself', async () => {
    const played = await playJob('{ state: PENDING, for: 2 polls, delay: 5s }');
    const first = await pollByWire(played);
    played.sandbox.clock.advance('2s');
    const second = await pollByWire(played);
    played.sandbox.clock.advance('3s');
    await first.until('"PENDING"');
    expect(second.soFar()).toBe('');
    played.sandbox.clock.advance('2s');
    await second.until('"PENDING"');
    expect(played.journal()).toMatchObject([
      { at: at(0), until: at(5) },
      { at: at(2), until: at(7) },
    ]);
  });

  it('can be any answer of a step', async () => {
    const played = await playJob('{ answer: { http: 404 }, for: 1 poll, delay: 5s }');
    const wire = await pollByWire(played);
    expect(wire.soFar()).toBe('');
    played.sandbox.clock.advance('5s');
    expect(statusOf(await wire.until('not_found'))).toBe(404);
  });

  it('takes its time by a real clock', async () => {
    const clock = { mode: 'real' as const };
    const life = '{ state: PENDING, for: 1 poll, delay: 50ms }';
    const { client, job, journal } = await playJob(life, { clock });
    expect((await client.poll(job)).json.data.status).toBe('PENDING');
    const [written] = journal();
    const { at: came = '', until = '' } = written ?? {};
    expect(Date.parse(until) - Date.parse(came)).toBeGreaterThanOrEqual(50);
  });

  it('comes sooner by a paced clock', async () => {
    const clock = { mode: 'paced' as const, pace: 12_000 };
    const life = '{ state: PENDING, for: 1 poll, delay: 10min }';
    const { client, job, journal } = await playJob(life, { clock });
    expect((await client.poll(job)).json.data.status).toBe('PENDING');
    const [written] = journal();
    const { at: came = '', until = '' } = written ?? {};
    expect(Date.parse(until) - Date.parse(came)).toBeGreaterThanOrEqual(50);
  });

  it('comes by itself when a manual clock becomes a real one', async () => {
    const clock = { mode: 'manual' as const, now: Date.now() };
    const life = '{ state: PENDING, for: 1 poll, delay: 50ms }';
    const played = await playJob(life, { clock });
    const wire = await pollByWire(played);
    played.sandbox.clock.set({ mode: 'real' });
    expect(statusOf(await wire.until('"PENDING"'))).toBe(200);
  });

  it('waits for somebody when a real clock becomes a manual one', async () => {
    const life = '{ state: PENDING, for: 1 poll, delay: 1h }';
    const played = await playJob(life, { clock: { mode: 'real' } });
    const wire = await pollByWire(played);
    played.sandbox.clock.set({ mode: 'manual' });
    expect(wire.soFar()).toBe('');
    played.sandbox.clock.advance('1h');
    expect(statusOf(await wire.until('"PENDING"'))).toBe(200);
  });

  it.each(['end', 'reset'] as const)('is not sent when the client has left by %s', async (how) => {
    const played = await playJob(LATE);
    const wire = await pollByWire(played);
    played.sandbox.clock.advance('2s');
    wire[how]();
    await eventually(() => played.journal().length === 1);
    played.sandbox.clock.advance('1h');
    expect(await wire.whole()).toBe('');
    const [written, ...more] = played.journal();
    expect(more).toEqual([]);
    expect(written).toMatchObject({ at: at(0), until: at(2), status: 0, left: true, step: 0 });
    for (const key of ['told', 'eta', 'fault']) expect(written).not.toHaveProperty(key);
  });

  it('is sent at once when the sandbox closes', async () => {
    const played = await playJob(LATE, { clock: { mode: 'real' } });
    const wire = await pollByWire(played);
    await played.sandbox.close();
    expect(await wire.whole()).toContain('"PENDING"');
  });

  it('is sent at once when its session ends', async () => {
    const played = await playJob(LATE);
    const wire = await pollByWire(played);
    played.sandbox.reset();
    await wire.until('"PENDING"');
  });

  it('is seen by those who watch the session before their stream ends', async () => {
    const played = await playJob(LATE);
    const stream = await openWire(played.sandbox.url);
    stream.write(lines('GET /__sandbox/sessions/default/events HTTP/1.1', HEAD[0] ?? ''));
    await stream.until(': events');
    await pollByWire(played);
    played.sandbox.reset();
    expect(await stream.until('"told":"open"')).toContain('event: exchange');
  });
});
