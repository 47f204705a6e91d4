import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/formats/scenario/parse.js';
import * as play from '../../src/scenario/play.js';
import type { Vocabulary } from '../../src/scenario/vocabulary.js';
import { parseDuration } from '../../src/time/duration.js';

const WORDS: Vocabulary = {
  operations: ['schedule'],
  states: new Map([
    ['PENDING', { outcome: 'open', shapes: ['default'] }],
    ['DONE', { outcome: 'done', shapes: ['default'] }],
    ['FAILED', { outcome: 'failed', shapes: ['default'] }],
  ]),
  envelopes: ['bare'],
  errors: new Map(),
  tolerances: new Map(),
};

const START = Date.parse('2026-02-02T12:00:00Z');

/** A job that lives through these steps, and the time; everything is told relative to its start. */
function job(steps: string[], pace = 1) {
  const text = `scenario: own\nlife:\n${steps.map((step) => `  - { ${step} }\n`).join('')}`;
  const { life } = parseScenario('own.yaml', text, WORDS);
  let cursor = play.begin(life, START);
  let now = START;
  const said = () => {
    const { response: says } = play.stepAt(life, cursor);
    return 'state' in says ? says.state : says.answer.http;
  };
  const since = (moment: number | undefined) => moment && moment - START;
  return {
    wait: (time: string) => {
      now += parseDuration(time) ?? Number.NaN;
    },
    /** What a poll is told. */
    poll: () => {
      cursor = play.poll(life, cursor, { now, pace });
      return said();
    },
    polls: (times: number) =>
      Array.from({ length: times }, () => {
        cursor = play.poll(life, cursor, { now, pace });
        return said();
      }),
    /** What someone sees who looks without polling. */
    look: () => {
      cursor = play.elapse(life, cursor, { now, pace });
      return said();
    },
    release: () => {
      const released = play.release(life, cursor, { now, pace });
      cursor = released ?? cursor;
      return released !== undefined;
    },
    state: () => play.stateAt(life, cursor)?.state,
    eta: () => play.etaAt(life, cursor, { now, pace }) - START,
    ends: () => since(play.endOfStep(life, cursor, pace)),
    done: () => since(cursor.done),
    failed: () => since(cursor.failed),
    since: () => since(cursor.since),
  };
}

describe('a step that lasts a time', () => {
  it('keeps a job PENDING until its end, whatever the number of polls', () => {
    const { wait, polls, poll } = job(['state: PENDING, for: 3s', 'state: DONE']);
    expect(new Set(polls(100))).toEqual(new Set(['PENDING']));
    wait('2999ms');
    expect(new Set(polls(100))).toEqual(new Set(['PENDING']));
    wait('1ms');
    expect(poll()).toBe('DONE');
  });

  it('ends even if nobody polls, at the moment that it should and not when someone looks', () => {
    const { wait, look, done } = job(['state: PENDING, for: 3s', 'state: DONE']);
    wait('1h');
    expect(look()).toBe('DONE');
    expect(done()).toBe(3000);
  });

  it('is followed by others that begin where it ended', () => {
    const { wait, look, done, since } = job([
      'state: PENDING, for: 3s',
      'state: PENDING, for: 5s',
      'state: DONE',
    ]);
    wait('4s');
    expect(look()).toBe('PENDING');
    expect(since()).toBe(3000);
    wait('1h');
    expect(look()).toBe('DONE');
    expect(done()).toBe(8000);
  });
});

describe('a step that lasts some polls', () => {
  it('answers just so many of them', () => {
    const { polls } = job(['state: PENDING, for: 2 polls', 'state: DONE']);
    expect(polls(4)).toEqual(['PENDING', 'PENDING', 'DONE', 'DONE']);
  });

  it('waits for them as long as it takes', () => {
    const { wait, poll } = job(['state: PENDING, for: 1 poll', 'state: DONE']);
    wait('3d');
    expect(poll()).toBe('PENDING');
  });

  it('ends when the next poll comes: what the client was told stays true in between', () => {
    const { wait, poll, look, done } = job(['state: PENDING, for: 1 poll', 'state: DONE']);
    poll();
    wait('10s');
    expect(look()).toBe('PENDING');
    expect(done()).toBeUndefined();
    expect(poll()).toBe('DONE');
    expect(done()).toBe(10_000);
  });

  it('counts its own polls only', () => {
    const { wait, polls } = job([
      'state: PENDING, for: 3s',
      'state: PENDING, for: 2 polls',
      'state: DONE',
    ]);
    polls(5);
    wait('3s');
    expect(polls(3)).toEqual(['PENDING', 'PENDING', 'DONE']);
  });

  it('starts the time of the step after it with the poll that ended it', () => {
    const { wait, poll, look, ends } = job([
      'state: PENDING, for: 1 poll',
      'state: PENDING, for: 5s',
      'state: DONE',
    ]);
    poll();
    wait('60s');
    poll();
    expect(ends()).toBe(65_000);
    wait('4999ms');
    expect(look()).toBe('PENDING');
    wait('1ms');
    expect(look()).toBe('DONE');
  });
});

describe('a step that lasts until released', () => {
  it('ends with its release, and by nothing else', () => {
    const { wait, polls, release, look, done } = job([
      'state: PENDING, for: until released',
      'state: DONE',
    ]);
    polls(50);
    wait('1h');
    expect(look()).toBe('PENDING');
    expect(release()).toBe(true);
    expect(look()).toBe('DONE');
    expect(done()).toBe(3_600_000);
  });

  it.each([
    ['a time', ['state: PENDING, for: 3s', 'state: DONE']],
    ['some polls', ['state: PENDING, for: 1 poll', 'state: DONE']],
    ['for ever', ['state: DONE']],
  ])('is the only one that can be released, one that lasts %s cannot', (_, steps) => {
    const { release, look } = job(steps);
    const before = look();
    expect(release()).toBe(false);
    expect(look()).toBe(before);
  });

  it('is released one step at a time', () => {
    const { release, look } = job([
      'state: PENDING, for: until released',
      'state: FAILED, for: until released',
      'state: DONE',
    ]);
    expect([look(), release(), look(), release(), look(), release()]).toEqual([
      'PENDING',
      true,
      'FAILED',
      true,
      'DONE',
      false,
    ]);
  });

  it('is found by a release even if the time of the step before has run out unseen', () => {
    const { wait, release, look } = job([
      'state: PENDING, for: 3s',
      'state: PENDING, for: until released',
      'state: DONE',
    ]);
    wait('3s');
    expect(release()).toBe(true);
    expect(look()).toBe('DONE');
  });
});

describe('the eta that a client is told', () => {
  it('is the truth while a step lasts a time', () => {
    const { wait, poll, eta } = job(['state: PENDING, for: 3s', 'state: DONE']);
    expect(eta()).toBe(3000);
    wait('2s');
    poll();
    expect(eta()).toBe(3000);
  });

  it('is the end of the present stage, not of the whole life', () => {
    const { wait, poll, eta } = job([
      'state: PENDING, for: 3s',
      'state: PENDING, for: 5s',
      'state: DONE',
    ]);
    expect(eta()).toBe(3000);
    wait('3s');
    poll();
    expect(eta()).toBe(8000);
  });

  it.each([
    'for: 2 polls',
    'for: until released',
  ])('is 3 seconds after each answer when nobody knows the end (%s)', (lasts) => {
    const { wait, poll, eta } = job([`state: PENDING, ${lasts}`, 'state: DONE']);
    expect(eta()).toBe(3000);
    wait('10s');
    poll();
    expect(eta()).toBe(13_000);
  });

  it('is 3 seconds after each answer when the job is PENDING for ever', () => {
    const { wait, poll, eta } = job(['state: PENDING']);
    wait('1d');
    poll();
    expect(eta()).toBe(86_403_000);
  });

  it('moves with each answer when the script counts from the answer', () => {
    const { wait, poll, eta } = job(['state: PENDING, for: 1h, eta: 5s', 'state: DONE']);
    expect(eta()).toBe(5000);
    wait('20s');
    poll();
    expect(eta()).toBe(25_000);
  });

  it('stands still when the script counts from the start', () => {
    const { wait, poll, eta } = job([
      'state: PENDING, for: 1 poll',
      'state: PENDING, for: 1h, eta: 10s from start',
      'state: DONE',
    ]);
    poll();
    wait('20s');
    poll();
    expect(eta()).toBe(10_000);
  });

  it('can be past already', () => {
    const { wait, poll, eta } = job(['state: PENDING, for: 3 polls, eta: -5s', 'state: DONE']);
    wait('20s');
    poll();
    expect(eta()).toBe(15_000);
  });

  it.each(['DONE', 'FAILED'])('is the moment of the end once the job is %s', (state) => {
    const { wait, poll, eta } = job(['state: PENDING, for: 3s', `state: ${state}`]);
    wait('1h');
    expect(poll()).toBe(state);
    expect(eta()).toBe(3000);
  });
});

describe('an answer in the place of a state', () => {
  it('leaves the job in the state that it was in', () => {
    const { poll, state } = job([
      'state: PENDING, for: 1 poll',
      'answer: { http: 503 }, for: 1 poll',
      'state: DONE',
    ]);
    poll();
    expect(poll()).toBe(503);
    expect(state()).toBe('PENDING');
    poll();
    expect(state()).toBe('DONE');
  });

  it('leaves a job without a state when none has been told before', () => {
    const { poll, state } = job(['answer: { http: 404 }']);
    expect(poll()).toBe(404);
    expect(state()).toBeUndefined();
  });
});

describe('the end of a job', () => {
  it('is there from the start when the script begins with it', () => {
    expect(job(['state: DONE']).done()).toBe(0);
    expect(job(['state: FAILED']).failed()).toBe(0);
  });

  it('is the first one, although the script may take it back', () => {
    const { polls, wait, done, failed } = job([
      'state: PENDING, for: 2s',
      'state: DONE, for: 1 poll',
      'state: PENDING, for: 1 poll',
      'state: DONE',
    ]);
    wait('2s');
    expect(polls(2)).toEqual(['DONE', 'PENDING']);
    wait('5s');
    expect(polls(2)).toEqual(['DONE', 'DONE']);
    expect(done()).toBe(2000);
    expect(failed()).toBeUndefined();
  });
});

describe('a paced clock', () => {
  it('divides every duration, the told ones too', () => {
    const { wait, look, eta } = job(['state: PENDING, for: 10min', 'state: DONE'], 60);
    expect(eta()).toBe(10_000);
    wait('9999ms');
    expect(look()).toBe('PENDING');
    wait('1ms');
    expect(look()).toBe('DONE');
  });

  it.each([
    ['state: PENDING, for: 2 polls', 50],
    ['state: PENDING, for: 2 polls, eta: 6s', 100],
    ['state: PENDING, for: 2 polls, eta: 6s from start', 100],
    ['state: PENDING, for: 2 polls, eta: -6s', -100],
  ])('divides the eta of "%s"', (step, eta) => {
    expect(job([step, 'state: DONE'], 60).eta()).toBe(eta);
  });

  it('leaves numbers of polls as they are', () => {
    const { polls } = job(['state: PENDING, for: 2 polls', 'state: DONE'], 60);
    expect(polls(3)).toEqual(['PENDING', 'PENDING', 'DONE']);
  });

  it('never tells an eta that comes before the end: milliseconds are rounded up', () => {
    const { wait, look, eta } = job(['state: PENDING, for: 3s', 'state: DONE'], 7);
    expect(eta()).toBe(429);
    wait('428ms');
    expect(look()).toBe('PENDING');
    wait('1ms');
    expect(look()).toBe('DONE');
  });
});
