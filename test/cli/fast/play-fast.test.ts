import { describe, expect, it } from 'vitest';
import type { FastTime } from '../../../src/cli/exec/fast/fast-time.js';
import { fastTime } from '../../../src/cli/exec/fast/fast-time.js';
import { needsLimits } from '../../../src/cli/exec/fast/needs-limits.js';
import { type FastPlan, playFast } from '../../../src/cli/exec/fast/play-fast.js';
import { stillAt } from '../../../src/cli/exec/fast/still.js';
import { loadSetup } from '../../../src/load/load-setup.js';
import { scenarioOf } from '../../../src/sandbox/api.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { chapterOf } from '../../support/verdicts.js';

const { apis } = await loadSetup({});
const scenario = (name: string) => scenarioOf(apis[0], name) as Scenario;
const LIBRARY = { file: '/l/libfaketimeMT.so.1', curl: undefined };
const time = (longLimits = false) => fastTime(LIBRARY, 20, { longLimits, curl: false });

const GREEN = chapterOf('x', []);
const RED = chapterOf('x', [], {
  verdict: { held: false, counts: { error: 1, warning: 0, note: 0 } },
});

/** Plays what it is given, one after the other, and notes how. */
async function play(
  chapters: (typeof GREEN)[],
  fast: FastTime,
  name = 'done-after-eta',
  more: Partial<FastPlan> = {},
) {
  const how: string[] = [];
  const chapter = await playFast(
    async (given) => {
      how.push(given ? 'fast' : 'true');
      return chapters[how.length - 1] as typeof GREEN;
    },
    { fast, scenario: scenario(name), believed: new Set(), ...more },
    () => {},
  );
  return { how, chapter };
}

describe('a scenario in fast time', () => {
  it('is played once where nothing is held against the client', async () => {
    const { how, chapter } = await play([GREEN], time());
    expect(how).toEqual(['fast']);
    expect(chapter.fast).toEqual({ rate: 20, outcome: 'fast' });
  });

  it('is red only where it is red at true time too', async () => {
    const { how, chapter } = await play([RED, RED], time());
    expect(how).toEqual(['fast', 'true']);
    expect(chapter.fast?.outcome).toBe('confirmed');
    expect(chapter.verdict.held).toBe(false);
  });

  it('is green where true time does not confirm it, and time runs slower from then on', async () => {
    const fast = time();
    const { how, chapter } = await play([RED, GREEN], fast);
    expect(how).toEqual(['fast', 'true']);
    expect(chapter.fast).toEqual({ rate: 20, outcome: 'not-confirmed' });
    expect(chapter.verdict.held).toBe(true);
    expect(fast.rate).toBe(15);
  });

  it('is played at true time where it is about time-outs that run long', async () => {
    const { how, chapter } = await play([GREEN], time(true), 'silent-server');
    expect(how).toEqual(['true']);
    expect(chapter.fast?.outcome).toBe('late-answers');
    expect((await play([GREEN], time(true))).how).toEqual(['fast']);
    expect((await play([GREEN], time(), 'silent-server')).how).toEqual(['fast']);
  });
});

describe('fast time', () => {
  it('runs no slower for the second scenario beside the first that it was too fast for', () => {
    const fast = time();
    fast.slower(20);
    fast.slower(20);
    expect(fast.rate).toBe(15);
    fast.slower(15);
    expect(fast.rate).toBe(10);
  });
});

describe('a scenario with something in the baseline that does not show', () => {
  const seemsMended = (chapter: typeof GREEN) => chapter.verdict.held;

  it('is played again at true time before that is said to be mended', async () => {
    const { how, chapter } = await play([GREEN, GREEN], time(), undefined, { seemsMended });
    expect(how).toEqual(['fast', 'true']);
    expect(chapter.fast?.outcome).toBe('confirmed');
  });

  it('tells what true time shows', async () => {
    const known = { ...RED, standing: { known: 1, fresh: 0, unfinished: 0 } };
    const fast = time();
    const { chapter } = await play([GREEN, known], fast, undefined, { seemsMended });
    expect(chapter.verdict.held).toBe(false);
    expect(chapter.fast?.outcome).toBe('not-confirmed');
    expect(fast.rate).toBe(15);
  });
});

describe('a life of a hunt', () => {
  const ended = (stopped: boolean) => ({
    ...GREEN,
    command: { code: stopped ? undefined : 0, stopped, took: 1, output: '' },
  });

  it('is not played again for what it shows: whoever hunts does that', async () => {
    expect((await play([RED], time(), undefined, { unconfirmed: true })).how).toEqual(['fast']);
  });

  it('is played at true time where the client had to be ended and nothing shows', async () => {
    const many = [ended(true), ended(false)];
    const { how } = await play(many, time(), undefined, { unconfirmed: true });
    expect(how).toEqual(['fast', 'true']);
  });
});

describe('a scenario', () => {
  it.each(['silent-server', 'slow-answer'])('is about time-outs: %s', (name) => {
    expect(needsLimits(scenario(name))).toBe(true);
  });

  it.each(['done-after-eta', 'outage', 'reset-once', 'never-ends'])('is not: %s', (name) => {
    expect(needsLimits(scenario(name))).toBe(false);
  });
});

it('takes no client for hanging that waits for minutes of its own time, or has only begun', () => {
  expect(stillAt(20, 3)).toBe(20_000);
  expect(stillAt(5, 3)).toBe(60_000);
  expect(stillAt(20, 0)).toBe(90_000);
});
