import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../src/error-codes.js';
import { loadSetup } from '../../src/load/load-setup.js';
import type { Api } from '../../src/sandbox/api.js';
import type { ControlledSession } from '../../src/sandbox/control/controlled-session.js';
import { SandboxControl } from '../../src/sandbox/control/sandbox-control.js';
import type { SessionSettings } from '../../src/sandbox/control/session-settings.js';
import { handleSchedule } from '../../src/sandbox/handle-schedule.js';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import type { Setup } from '../../src/sandbox/setup.js';
import { ControlProblem, SandboxError, UsageError } from '../../src/sandbox-error.js';
import { creation, START } from './world.js';

const BASE = 'http://sandbox.test';

async function open(
  reading: 'finds' | 'begins' = 'begins',
  more: Partial<Setup> = {},
  ofApi: Partial<Api> = {},
) {
  const setup = await loadSetup({ clock: { mode: 'manual', now: START }, seed: 1 });
  Object.assign(setup.apis[0], ofApi);
  const sandbox = new Sandbox({ ...setup, ...more });
  const control = new SandboxControl(sandbox, BASE, reading);
  return { sandbox, control, session: control.session('mine') };
}

/** Schedules a job in a session that has begun; its id. */
function begin(session: ControlledSession): string {
  const inside = session.read();
  const draft = inside.draft();
  const { journal } = handleSchedule(draft, creation());
  expect(inside.keep(draft)).toBe(true);
  return journal.job ?? '';
}

function problemOf(act: () => unknown): ControlProblem {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(ControlProblem);
    return error as ControlProblem;
  }
  throw new Error('nothing was thrown');
}

describe('a session that is steered without HTTP', () => {
  it('is set as a whole: what is left out stays', async () => {
    const { session } = await open();
    session.set({ scenario: 'slow', envelope: 'data' });
    session.set({ rules: 'off', chaos: { rate: 0.5 } });
    expect(session.show()).toMatchObject({
      url: `${BASE}/~mine`,
      scenario: 'slow',
      envelope: 'data',
      rules: 'off',
      chaos: { rate: 0.5, seed: 1 },
    });
    expect(session.set({ scenario: null, chaos: null })).toMatchObject({
      scenario: null,
      envelope: 'data',
      chaos: null,
    });
  });

  it('shows jobs as they stand at one moment, though the clock goes on while they are shown', async () => {
    let moment = Number(START);
    const wall = () => {
      moment += 1;
      return moment as ReturnType<Setup['wall']>;
    };
    const { session } = await open('begins', {
      wall,
      steady: () => 0 as ReturnType<Setup['steady']>,
    });
    session.set({ clock: { mode: 'real' }, scenario: 'held-until-released' });
    const first = begin(session);
    begin(session);
    const etas = session.jobs().jobs.map(({ eta }) => eta);
    expect(etas).toHaveLength(2);
    expect(new Set(etas).size).toBe(1);
    const { eta, life } = session.release(first);
    expect(eta).toBe(life?.at(-1)?.from);
  });

  it('is set not at all when one of the settings is wrong, and does not begin then', async () => {
    const { session, sandbox } = await open();
    const good = { scenario: 'slow', envelope: 'data', rules: 'off' } as const;
    const wrongOnes: SessionSettings[] = [
      { scenario: 'sloww' },
      { envelope: 'dat' },
      { rules: 'of' as never },
      { settings: { CANCEL_DAYS_NEWBRON: 3 } },
      { settings: { CANCEL_DAYS_NEWBORN: 'many' } },
      { clock: { mode: 'paced', pace: 0 } as const },
      { clock: { mode: 'real', pace: 2 } as const },
      { clock: { mode: 'real', now: '2026-01-01T00:00:00Z' } as const },
      { clock: { mode: 'manual', now: 'noon' } as const },
      { clock: { mode: 'manual', now: '+010000-01-01T00:00:00Z' } as const },
      { chaos: { rate: 2 } },
      { chaos: { rate: 1, faults: ['hangg'] } },
    ];
    for (const wrong of wrongOnes) {
      expect(() => session.set({ ...good, ...wrong }), JSON.stringify(wrong)).toThrow(
        ControlProblem,
      );
    }
    expect(sandbox.find('mine')).toBeUndefined();
  });

  it('that is in use keeps everything when its clock would go back', async () => {
    const { session } = await open();
    begin(session);
    const before = session.show();
    const clock = { mode: 'manual', now: '2020-01-01T00:00:00Z' } as const;
    expect(problemOf(() => session.set({ clock, scenario: 'slow' }))).toMatchObject({
      status: 409,
      code: 'CLOCK_WOULD_GO_BACK',
    });
    expect(session.show()).toEqual(before);
  });

  it('shows jobs as they are by now, the newest ones, in one state or in any', async () => {
    const { session } = await open();
    session.queue('done-after-eta');
    const first = begin(session);
    session.advance('1h');
    session.queue('held-until-released', { times: 2 });
    const [second, third] = [begin(session), begin(session)];
    expect(session.jobs().jobs.map(({ id }) => id)).toEqual([first, second, third]);
    expect(session.jobs({ limit: 2 }).jobs.map(({ id }) => id)).toEqual([second, third]);
    expect(session.jobs({ state: 'DONE' }).jobs.map(({ id }) => id)).toEqual([first]);
    expect(session.jobs({ state: 'PENDING', limit: 1 }).jobs.map(({ id }) => id)).toEqual([third]);
    expect(session.jobs({ state: 'NEVER' }).jobs).toEqual([]);
    expect(session.release(second)).toMatchObject({ id: second, waits_for_release: false });
  });

  it('begins by being read where it is held in the hand, and only there', async () => {
    const held = await open('begins');
    expect(held.session.jobs().jobs).toEqual([]);
    expect(held.sandbox.find('mine')).toBeDefined();
    const named = await open('finds');
    expect(problemOf(() => named.session.jobs())).toMatchObject({ code: 'SESSION_UNKNOWN' });
    expect(named.sandbox.find('mine')).toBeUndefined();
  });

  it('moves its clock by a text or by milliseconds', async () => {
    const { session } = await open();
    expect(session.advance('1s').now).toBe(new Date(START + 1000).toISOString());
    expect(session.advance(500).now).toBe(new Date(START + 1500).toISOString());
  });
});

describe('what a session refuses has a status, a code and what to do next', () => {
  type Act = (session: ControlledSession) => unknown;
  const CASES: [number, string, Act][] = [
    [404, 'USAGE_UNKNOWN_SCENARIO', (s) => s.queue('sloww')],
    [422, 'QUEUE_WRONG_TIMES', (s) => s.queue('slow', { times: 0.5 })],
    [422, 'QUEUE_WRONG_OPERATION', (s) => s.queue('slow', { operation: 'sign' })],
    [422, 'QUEUE_WRONG_SCENARIO', (s) => s.queue('failed-1002', { operation: 'signComposition' })],
    [422, 'CLOCK_WRONG_LENGTH', (s) => s.advance('3')],
    [
      422,
      'CLOCK_TOO_LATE',
      (s) => {
        s.set({ clock: { mode: 'manual', now: '8999-12-31T00:00:00Z' } });
        s.advance('2d');
      },
    ],
    [404, 'JOB_UNKNOWN', (s) => s.job('nobody')],
    [409, 'JOB_NOT_WAITING', (s) => s.release(begin(s))],
    [422, 'RESOURCE_WRONG_DOCUMENT', (s) => s.seed({})],
    [422, 'CHAOS_NO_FAULTS', (s) => s.set({ chaos: { rate: 1, faults: [] } })],
    [422, 'CHAOS_WRONG_SEED', (s) => s.set({ chaos: { rate: 1, seed: 0.5 } })],
    [422, 'CHAOS_UNKNOWN_OPERATION', (s) => s.set({ chaos: { rate: 1, operations: ['sign'] } })],
  ];

  it.each(CASES)('%i %s', async (status, code, act) => {
    const { session } = await open();
    const problem = problemOf(() => act(session));
    expect(problem).toMatchObject({ status, code, name: 'ControlProblem' });
    expect(ERROR_CODES).toHaveProperty([code]);
    if (problem.hint !== undefined)
      expect(problem.message.endsWith(`; ${problem.hint}`)).toBe(true);
  });

  it('409 for a clock that moves by itself, and for resources that nobody keeps', async () => {
    const real = await open('begins', { clock: { mode: 'real' } });
    expect(problemOf(() => real.session.advance('1s'))).toMatchObject({
      status: 409,
      code: 'CLOCK_MOVES_BY_ITSELF',
    });
    const { session } = await open('begins', {}, { pack: undefined });
    expect(problemOf(() => session.seed({}))).toMatchObject({
      status: 409,
      code: 'RESOURCE_NONE_KEPT',
    });
  });

  it('400 for its name, 429 where there is no room for it', async () => {
    const { control, sandbox } = await open('begins');
    expect(problemOf(() => control.session('a b').set({}))).toMatchObject({
      status: 400,
      code: 'SESSION_WRONG_NAME',
    });
    const limits = { ...sandbox.setup.limits, sessions: 1 };
    const full = await open('begins', { limits });
    full.sandbox.session('other').open();
    expect(problemOf(() => full.session.set({}))).toMatchObject({
      status: 429,
      code: 'SESSION_TOO_MANY',
    });
  });
});

describe('options that cannot be', () => {
  it.each([
    ['CLOCK_WRONG_PACE', { clock: { mode: 'paced', pace: -1 } }],
    ['USAGE_UNKNOWN_ENVELOPE', { envelope: 'dat' }],
    ['USAGE_UNKNOWN_SCENARIO', { scenario: 'sloww' }],
    ['USAGE_UNKNOWN_PACK', { pack: 'composition' }],
    ['USAGE_UNKNOWN_PACK', { pack: './no-such-folder' }],
    ['USAGE_WRONG_PORT', { port: 70_000 }],
    ['CHAOS_WRONG_RATE', { chaos: { rate: -1 } }],
    ['SETTING_UNKNOWN', { settings: { CANCEL_DAYS: 3 } }],
    ['SETTING_WRONG_RULES', { rules: 'of' }],
  ] as [
    string,
    object,
  ][])('throw a UsageError with the code of the same check: %s', async (code, options) => {
    const error = await loadSetup(options).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toBeInstanceOf(SandboxError);
    expect(error).toMatchObject({ code, name: 'UsageError' });
  });
});
