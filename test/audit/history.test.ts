import { describe, expect, it } from 'vitest';
import { readHistory } from '../../src/audit/history.js';
import { resultReads } from '../../src/audit/reads.js';
import { done, evidence, poll, read, START, submission } from '../support/evidence.js';

const history = (...exchanges: Parameters<typeof evidence>[0]) => readHistory(evidence(exchanges));

describe('a history', () => {
  it('sorts polls to the jobs that were scheduled, in the order in which they began', () => {
    const { attempts: cases } = history(
      submission('a'),
      submission('b'),
      poll('b', { at: 20 }),
      poll('a', { at: 30 }),
      poll('a', { at: 10 }),
    );
    expect(cases.map(({ job, polls }) => [job, polls.map(({ at }) => at - START)])).toEqual([
      ['a', [10, 30]],
      ['b', [20]],
    ]);
  });

  it('knows a poll of an id that nobody handed out, and whose job the journal has let go', () => {
    const { unknownJobPolls: strangers, attempts: cases } = history(
      submission('a'),
      poll('typo', { scenario: undefined, status: 404, reportedOutcome: undefined }),
      poll('forgotten'),
    );
    expect([...strangers.keys()]).toEqual(['typo']);
    expect(cases.map(({ polls }) => polls.length)).toEqual([0]);
  });

  it('parts polls into those before the end was told and those after it', () => {
    const [one] = history(
      submission('a'),
      poll('a', { at: 10 }),
      poll('a', { at: 20, durationMs: 100, ...done }),
      poll('a', { at: 50 }),
      poll('a', { at: 200 }),
    ).attempts;
    expect(one?.pollsBeforeFinal.map(({ at }) => at - START)).toEqual([10, 20, 50]);
    expect(one?.pollsAfterFinal.map(({ at }) => at - START)).toEqual([200]);
  });

  it('knows at each poll the newest eta whose answer had come by then', () => {
    const [one] = history(
      submission('a', { eta: START + 1000 }),
      poll('a', { at: 1000, durationMs: 500, eta: START + 5000 }),
      poll('a', { at: 1200 }),
      poll('a', { at: 5000 }),
    ).attempts;
    const known = one?.polls.map((each) => [each.etaAtRequest?.eta, each.previousEta?.eta]);
    expect(known).toEqual([
      [START + 1000, undefined],
      [START + 1000, undefined],
      [START + 5000, START + 1000],
    ]);
  });

  it('takes a final answer that a client may not have read for none when it goes on', () => {
    const [one] = history(
      submission('a'),
      poll('a', { at: 10, ...done, fault: 'bom' }),
      poll('a', { at: 20, ...done }),
    ).attempts;
    expect(one?.polls.map(({ reply }) => reply)).toEqual(['unreadable', 'done']);
    expect(one?.pollsAfterFinal).toEqual([]);
  });
});

describe('what a client has read of a result', () => {
  const lived = (...reads: Parameters<typeof evidence>[0]) => {
    const { attempts: cases, reads: all } = history(
      submission('a'),
      poll('a', { at: 10, ...done, responseBody: '{"href": "/things/thing-of-a"}' }),
      ...reads,
    );
    const [one] = cases;
    if (!one) throw new Error('no case');
    const { good, bad } = resultReads(one, all);
    return [good.length, bad.length];
  };

  it('is what its path names, whatever its case, once the end was told', () => {
    expect(lived(read('/api/things/THING-OF-A', { at: 50 }))).toEqual([1, 0]);
    expect(lived(read('/api/things/thing-of-a', { at: 5 }))).toEqual([0, 0]);
    expect(lived(read('/api/things/another', { at: 50 }))).toEqual([0, 0]);
  });

  it('is bad when the answer is, unless chance has taken it', () => {
    expect(lived(read('/api/things/thing-of-a', { at: 50, status: 404 }))).toEqual([0, 1]);
    const taken = { at: 50, status: 0, chance: true };
    expect(lived(read('/api/things/thing-of-a', taken))).toEqual([1, 0]);
  });
});
