import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox, UsageError } from '../../src/index.js';
import { onlyForward, PACES } from '../../src/sandbox/clock.js';
import { startServer } from '../../src/server/server.js';
import { makeClient } from '../support/client.js';
import { run } from '../support/command.js';
import { disability } from '../support/conclusions.js';
import { callControl } from '../support/control.js';
import { openSandbox } from '../support/sandbox.js';

const HOUR = 3_600_000;

describe('the time of a session with a real clock', () => {
  /** A machine whose clock and steady clock the test moves. */
  function machine() {
    const at = { wall: Date.parse('2026-02-02T12:00:00Z'), steady: 1000.25 };
    const pass = (ms: number) => {
      at.wall += ms;
      at.steady += ms;
    };
    return {
      at,
      pass,
      now: onlyForward(
        () => at.wall,
        () => at.steady,
      ),
    };
  }

  it('is the machine’s, to the millisecond', () => {
    const { at, pass, now } = machine();
    for (let i = 0; i < 1000; i += 1) {
      expect(now()).toBe(at.wall);
      pass(i % 7);
    }
  });

  it('goes on at its own pace when the machine’s clock is set back', () => {
    const { at, pass, now } = machine();
    const began = now();
    at.wall -= HOUR;
    expect(now()).toBe(began);
    pass(3000);
    expect(now()).toBe(began + 3000);
  });

  it('goes back by no millisecond while the machine’s clock is set back bit by bit', () => {
    const { at, pass, now } = machine();
    let before = now();
    for (let i = 0; i < 500; i += 1) {
      at.wall -= i % 13;
      pass(0.3);
      const shown = now();
      expect(shown).toBeGreaterThanOrEqual(before);
      before = shown;
    }
  });

  it('follows the machine’s clock forward: after its sleep jobs are due', () => {
    const { at, now } = machine();
    at.wall += 8 * HOUR;
    expect(now()).toBe(at.wall);
  });

  it('ends a job of 2.3 s after 2.3 s, although the clock was set back by an hour', async () => {
    const server = await startServer({ port: 0, scenario: 'done-after-eta' });
    onTestFinished(() => server.close());
    const { setup } = server.sandbox;
    const at = { wall: Date.parse('2026-02-02T12:00:00Z'), steady: 0 };
    setup.wall = () => at.wall;
    setup.steady = () => at.steady;
    const client = makeClient(`${server.url}/~set-back`);
    const { json } = await client.create(disability());
    at.wall -= HOUR;
    at.steady += 2299;
    expect((await client.poll(json.data.id)).json.data.status).toBe('PENDING');
    at.steady += 1;
    expect((await client.poll(json.data.id)).json.data.status).toBe('DONE');
    // The journal says what the machine's own clock has said, and a new session begins by it.
    const later = await callControl(server.url, 'GET', '/sessions/set-back/journal');
    expect(later.json.exchanges[1].wall).toBe('2026-02-02T11:00:00.000Z');
    const fresh = await callControl(server.url, 'PUT', '/sessions/fresh');
    expect(fresh.json.clock.now).toBe('2026-02-02T11:00:00.000Z');
  });
});

describe('limits of clocks', () => {
  const TOO_MUCH = [
    { mode: 'paced', pace: 1e-308 },
    { mode: 'paced', pace: 0.0009 },
    { mode: 'paced', pace: 1e308 },
    { mode: 'paced', pace: Number.POSITIVE_INFINITY },
    { mode: 'paced', pace: Number.NaN },
    { mode: 'manual', now: '9999-12-31T23:59:58Z' },
    { mode: 'manual', now: '0000-12-31T23:59:58Z' },
  ] as const;

  it.each(TOO_MUCH)('are kept by the options of the Node API: %j', async (clock) => {
    const setting = { ...clock, ...('now' in clock ? { now: Date.parse(clock.now) } : {}) };
    const starting = startSandbox({ clock: setting as never });
    await expect(starting).rejects.toBeInstanceOf(UsageError);
    await expect(starting).rejects.toThrow('now' in clock ? '0001 to 8999' : '0.001 to 1000000');
  });

  it.each([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    -1e300,
  ])('a manual clock at %d is none', async (now) => {
    const starting = startSandbox({ clock: { mode: 'manual', now } });
    await expect(starting).rejects.toThrow('give a moment in the years 0001 to 8999');
  });

  it.each(TOO_MUCH)('are kept by clock.set of the Node API: %j', async (clock) => {
    const { sandbox } = await openSandbox();
    const says = 'now' in clock ? '0001 to 8999' : '0.001 to 1000000';
    expect(() => sandbox.session('x').clock.set(clock)).toThrow(says);
  });

  it.each(TOO_MUCH)('are kept by the control API, and the session goes on: %j', async (clock) => {
    const { sandbox, client } = await openSandbox();
    const path = '/sessions/default';
    const refused = await callControl(sandbox.url, 'PUT', path, { body: { clock } });
    expect(refused.status).toBe(422);
    if ('now' in clock) expect(JSON.stringify(refused.json)).toContain('in the years 0001 to 8999');
    expect((await client.create(disability())).status).toBe(200);
  });

  it.each([
    ['paced:1e-308', 'give a number from 0.001 to 1000000'],
    ['paced:0', 'give a number from 0.001 to 1000000'],
    ['paced:1e309', 'give a number from 0.001 to 1000000'],
    ['manual:9999-12-31T23:59:58Z', 'give a moment in the years 0001 to 8999'],
    ['manual:0000-01-01T00:00:00Z', 'give a moment in the years 0001 to 8999'],
  ])('are kept by --clock %s', async (clock, says) => {
    const { code, err } = await run('serve', '--port', '0', '--clock', clock);
    expect(code).toBe(3);
    expect(err).toContain(says);
  });

  it.each([
    PACES.least,
    PACES.most,
  ])('leave room for the etas of every scenario: at a pace of %d they can be told', async (pace) => {
    const { sandbox, client } = await openSandbox({ clock: { mode: 'paced', pace } });
    const telling = ['happy', 'failed', 'odd'];
    const silent = ['huge-body', 'redirected-303', 'redirected-307'];
    for (const { name, operations, group } of sandbox.scenarios) {
      if (operations || !telling.includes(group) || silent.includes(name)) continue;
      const made = await client.create(disability(), { 'X-Sandbox-Scenario': name });
      expect(made.status, name).toBe(200);
      expect((await client.poll(made.json.data.id)).status, name).toBe(200);
    }
    expect(sandbox.jobs().length).toBeGreaterThan(20);
  });

  it('an eta of a hundred years, a thousand times as slow, is told as the last that can be', async () => {
    const { lastEta } = await import('./long-life.js');
    expect(await lastEta('-36500d')).toBe('0001-01-02T00:00:00.000Z');
    expect(await lastEta('36500d')).toBe('9999-12-31T00:00:00.000Z');
  });
});
