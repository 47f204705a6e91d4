import { describe, expect, it } from 'vitest';
import { DIFFERENT, HABITS, NAMES, recordAll, withoutEnd } from './recordings.js';

const HERE = ['each second', 'twice at a time', 'at odd moments'] as const;

describe.each(
  HERE,
)('a recording that is played says the same, answer by answer, to a client that asks %s', (habit) => {
  const play = recordAll(NAMES, HABITS[habit], 'time');
  it.each(NAMES)('%s', async (name) => {
    const { seen, played, text } = await play(name);
    expect(played, text).toEqual(seen);
  });
});

describe('a recording by polls says the same to a client that asks as often', () => {
  const play = recordAll(DIFFERENT, HABITS['each second'], 'polls');
  it.each(DIFFERENT)('%s', async (name) => {
    const { seen, played, text } = await play(name);
    expect(played.map(withoutEnd), text).toEqual(seen.map(withoutEnd));
  });
});
