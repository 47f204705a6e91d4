import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Keeper } from '../keeper.js';
import type { SessionParts } from '../session-parts.js';
import type { DroppedFact, Fact } from './fact.js';
import { Fold } from './fold.js';
import { beginningOf } from './tape.js';

/** So many facts are folded at a time: nobody else waits for long. */
const SLICE = 500;

/**
 * Folds facts into a session that goes on from them, and hands all that it gains by them to who keeps it.
 * @param begin who keeps a session that has begun so
 * @throws UnservedApi, WrongFacts
 */
export async function goOn(
  facts: readonly Fact[],
  parts: SessionParts,
  begin: (parts: SessionParts, dropped: DroppedFact | undefined) => Keeper,
): Promise<Keeper> {
  const { dropped } = beginningOf(facts);
  const fold = new Fold(parts);
  fold.add(facts[0] as Fact);
  const keeper = begin(parts, dropped);
  for (let from = 1; from < facts.length; from += SLICE) {
    for (const fact of facts.slice(from, from + SLICE)) keep(keeper, fact, fold);
    await nextTurn();
  }
  return keeper;
}

function keep(keeper: Keeper, fact: Fact, fold: Fold): void {
  const gained = fold.add(fact);
  if (gained === undefined) return;
  if ('kind' in gained) keeper.changed([gained]);
  else if (fact.k !== 'ended') keeper.wrote(gained);
  else {
    const { k: _, seq: __, ...end } = fact;
    keeper.ended(gained, end);
  }
}
