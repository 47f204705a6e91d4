import { describe, expect, it } from 'vitest';
import { DIFFERENT, HABITS, recordAll } from './recordings.js';

const HERE = ['each second', 'twice at a time'] as const;

describe.each(
  HERE,
)('a recording that is played says the same, answer by answer, to a client that asks %s', (habit) => {
  const play = recordAll(DIFFERENT, HABITS[habit], 'time');
  it.each(DIFFERENT)('%s', async (name) => {
    const { seen, played, text } = await play(name);
    expect(played, text).toEqual(seen);
  });
});
