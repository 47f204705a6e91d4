import { describe, expect, it } from 'vitest';
import { Journal } from '../../src/sandbox/journal.js';
import { poll, submission } from '../support/evidence.js';

/** Two jobs: submission, submission, three polls in turn, the last of them 404. */
function written(limit = 100): Journal {
  const journal = new Journal(limit);
  const polls = [poll('a'), poll('b'), poll('a', { status: 404 })];
  for (const one of [submission('a'), submission('b'), ...polls]) journal.add(one);
  return journal;
}

const numbers = (journal: Journal, filter: Parameters<Journal['read']>[0]) =>
  journal.read(filter).map(({ seq }) => seq);

describe('a journal', () => {
  it('numbers exchanges from 1, and goes on when it lets some go', () => {
    const journal = written(3);
    expect(numbers(journal, {})).toEqual([3, 4, 5]);
    expect([journal.size, journal.dropped]).toEqual([3, 2]);
  });

  it.each([
    [{ job: 'a' }, [1, 3, 5]],
    [{ operation: 'report' }, [3, 4, 5]],
    [{ status: 404 }, [5]],
    [{ job: 'a', operation: 'report', status: 200 }, [3]],
    [{ after: 3 }, [4, 5]],
  ])('is filtered by %j', (filter, expected) => {
    expect(numbers(written(), filter)).toEqual(expected);
  });

  it('with a limit gives the newest, and behind a number the next ones', () => {
    expect(numbers(written(), { limit: 2 })).toEqual([4, 5]);
    expect(numbers(written(), { after: 1, limit: 2 })).toEqual([2, 3]);
  });

  it('keeps of a long body its beginning and its length', () => {
    const journal = new Journal(1);
    const { entry } = journal.add(poll('a', { responseBody: 'x'.repeat(20_000) }));
    expect(entry.responseBody).toBe(`${'x'.repeat(16_384)}… (20000 characters)`);
    expect(journal.add(poll('a', { responseBody: 'x'.repeat(16_384) }))).toMatchObject({
      dropped: true,
      entry: { responseBody: 'x'.repeat(16_384) },
    });
  });
});
