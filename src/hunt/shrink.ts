import type { Cause } from '../audit/cause.js';
import { costOf } from './cost.js';
import { type DrawnLife, formOf, lifeOf, stepsOf } from './draft.js';
import type { Drawing } from './drafts.js';
import type { Find, HuntPlan, Seen } from './plan.js';
import { newCause, type Outcome } from './play.js';
import type { Search } from './search.js';

interface Smaller {
  drawing: Drawing;
  life: DrawnLife;
  outcome: Outcome;
  cause: Cause;
}

/**
 * The shortest life that breaks the client: smaller ones are played side by side, the first of them that does is gone
 * on from, until none does or time is up. What is left is played once more, alone; where that shows nothing, the one
 * before it counts.
 *
 * A smaller life may show another cause: what is told of a life with a rare fault is not its fault where the plain one
 * breaks the client as well.
 * @param known causes that are told already
 */
export async function shrink(
  seen: Seen,
  known: ReadonlySet<string>,
  plan: HuntPlan,
  search: Search,
): Promise<Omit<Find, 'foundAfter'>> {
  const { number, life } = seen;
  const before = search.runs;
  const accepted: Smaller[] = [seen];
  const played = new Set([formOf(life)]);
  let smallest = false;
  while (!smallest && plan.left() > 0) {
    const from = accepted.at(-1) as Smaller;
    const next = await firstThatBreaks(from, played, known, number, plan, search);
    if (next === 'none') smallest = true;
    else if (next === 'late') break;
    else accepted.push(next);
  }
  const { cause, outcome, life: shrunk } = await lastThatStays(accepted, plan, search);
  return { cause, number, drawn: life, shrunk, outcome, runs: search.runs - before, smallest };
}

async function firstThatBreaks(
  from: Smaller,
  played: Set<string>,
  known: ReadonlySet<string>,
  number: number,
  plan: HuntPlan,
  search: Search,
): Promise<Smaller | 'none' | 'late'> {
  const candidates = from.drawing.smaller()[Symbol.iterator]();
  for (;;) {
    const batch = nextOf(candidates, played, { number, most: stepsOf(from.life) }, plan);
    if (batch.length === 0) return 'none';
    if (plan.left() <= 0) return 'late';
    const ends = batch.map(() => new AbortController());
    const come = await Promise.all(
      batch.map(async (one, i) => {
        const outcome = await search.play(one.life, ends[i]?.signal);
        const cause = newCause(outcome, known);
        // Who comes later in this list is not wanted any more.
        if (cause) for (const end of ends.slice(i + 1)) end.abort();
        return { ...one, outcome, cause };
      }),
    );
    for (const { outcome, cause, ...one } of come) {
      if (outcome && cause) return { ...one, outcome, cause };
      if (!outcome) return 'late';
    }
  }
}

/** As many as are played side by side; those that make a life which was played already, or a longer one, are left out. */
function nextOf(
  candidates: Iterator<Drawing>,
  played: Set<string>,
  { number, most }: { number: number; most: number },
  { kit, jobs, longest }: HuntPlan,
): Pick<Smaller, 'drawing' | 'life'>[] {
  const batch: Pick<Smaller, 'drawing' | 'life'>[] = [];
  while (batch.length < jobs) {
    const one = candidates.next();
    if (one.done) break;
    const life = lifeOf(one.value.draft, kit, `hunt-${number}`);
    const form = formOf(life);
    if (played.has(form) || stepsOf(life) > most || costOf(life.scenario) > longest) continue;
    played.add(form);
    batch.push({ drawing: one.value, life });
  }
  return batch;
}

/** The first was played three times already. */
async function lastThatStays(
  accepted: readonly Smaller[],
  { left }: HuntPlan,
  search: Search,
): Promise<Smaller> {
  for (const one of accepted.slice(1).reverse()) {
    if (left() <= 0) return one;
    const outcome = await search.play(one.life, undefined, 'surely');
    if (!outcome) return one;
    const again = outcome.causes.find(({ id }) => id === one.cause.id);
    if (again) return { ...one, outcome, cause: again };
  }
  return accepted[0] as Smaller;
}
