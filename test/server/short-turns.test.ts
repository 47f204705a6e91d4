import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ShortTurns } from '../../src/server/api/short-turns.js';

/** Does pieces that all come in one turn. @returns them in order, and by turns how many milliseconds each took */
async function doneInTurns(lengths: readonly number[], further: readonly number[] = []) {
  let now = 0;
  let turn = 0;
  const spent = new Map<number, number[]>();
  const order: number[] = [];
  const turns = new ShortTurns(() => now);
  const take = (length: number, i: number) =>
    turns.do(() => {
      now += length;
      order.push(i);
      spent.set(turn, [...(spent.get(turn) ?? []), length]);
    });
  // Asked for before the others, it is always the first of its turn.
  const begin = () => {
    turn += 1;
    now += 1;
    // Clients that come while others wait.
    const length = further[turn - 1];
    if (length !== undefined) take(length, lengths.length + turn - 1);
    if (order.length < lengths.length) setImmediate(begin);
  };
  setImmediate(begin);
  lengths.forEach(take);
  while (order.length < lengths.length) await nextTurn();
  return { order, spent };
}

test('what comes at once is done in several turns, in the order in which it came', async () => {
  const { order, spent } = await doneInTurns(Array.from({ length: 20 }, () => 4));

  expect(order).toEqual(Array.from({ length: 20 }, (_, i) => i));
  expect([...spent.values()].map((lengths) => lengths.length)).toEqual([3, 3, 3, 3, 3, 3, 2]);
  // Sockets are read before, and what was put off is done behind them: both in one turn would make it twice as long.
  expect([...spent.keys()]).toEqual([0, 2, 3, 4, 5, 6, 7]);
});

test('a turn ends with the piece that fills it, whatever comes meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 60 }),
      fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 20 }),
      async (lengths, further) => {
        const { order, spent } = await doneInTurns(lengths, further);

        expect(order).toEqual([...order].sort((a, b) => a - b));
        for (const [last, ...others] of [...spent.values()].map((all) => all.toReversed())) {
          expect(last).toBeDefined();
          expect(others.reduce((sum, length) => sum + length, 0)).toBeLessThan(10);
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('few pieces are done as they come', () => {
  const done: number[] = [];
  const turns = new ShortTurns(() => 0);

  for (let i = 0; i < 5; i += 1) turns.do(() => done.push(i));

  expect(done).toEqual([0, 1, 2, 3, 4]);
});
