import { describe, expect, it } from 'vitest';
import { DIFFERENT, HABITS, ON_THE_WAY, recordAll, withoutEnd } from './recordings.js';

/** The others have their turn in `sequence.full.test.ts`. */
const SOME = DIFFERENT.filter((_, i) => i % 6 === 0);

const timeless = (line = '') => line.replace(/^at [^:]*: /, '').split(',', 1)[0];

describe('a recording that is played says the same, answer by answer, to a client that asks at odd moments', () => {
  const play = recordAll(SOME, HABITS['at odd moments'], 'time');
  it.each(SOME)('%s', async (name) => {
    const { seen, played, text } = await play(name);
    expect(played, text).toEqual(seen);
  });
});

describe('a recording of what befell an answer on its way', () => {
  // A test's clock runs on while a huge body is on its way.
  const names = ON_THE_WAY.filter((name) => name !== 'huge-body');
  const play = recordAll(names, [0, 3000, 20_000, 40_000], 'time');
  it.each(names)('%s can be played, and comes to the same end', async (name) => {
    const { seen, played, text } = await play(name);
    expect(played[0], text).toBe(seen[0]);
    expect(played[1]?.split(',', 1)).toEqual(seen[1]?.split(',', 1));
    expect(timeless(played.at(-1)), text).toBe(timeless(seen.at(-1)));
    expect(timeless(seen.at(-1))).toBe('200 DONE relative');
  });
});

describe('a recording by polls says the same to a client that asks as often', () => {
  const play = recordAll(SOME, HABITS['each second'], 'polls');
  it.each(SOME)('%s', async (name) => {
    const { seen, played, text } = await play(name);
    expect(played.map(withoutEnd), text).toEqual(seen.map(withoutEnd));
  });
});
