import { costOf } from './cost.js';
import { type DrawnLife, formOf, lifeOf } from './draft.js';
import type { Drawing } from './drafts.js';
import type { Find, HuntPlan, Seen } from './plan.js';
import { type Outcome, shows } from './play.js';
import type { Search } from './search.js';

interface Smaller {
  drawing: Drawing;
  life: DrawnLife;
  outcome: Outcome;
}

/**
 * The shortest life that shows the cause: smaller ones are played side by side, the first of them that shows it is
 * gone on from, until none does or time is up. What is left is played once more, alone; where that shows nothing, the
 * one before it counts.
 */
export async function shrink(seen: Seen, plan: HuntPlan, search: Search): Promise<Find> {
  const { cause, number, life } = seen;
  const before = search.runs;
  const accepted: Smaller[] = [seen];
  const known = new Set([formOf(life)]);
  let smallest = false;
  while (!smallest && plan.left() > 0) {
    const next = await firstThatShows(accepted.at(-1) as Smaller, known, seen, plan, search);
    if (next === 'none') smallest = true;
    else if (next === 'late') break;
    else accepted.push(next);
  }
  const last = await lastThatStays(accepted, seen, plan, search);
  const shown = last.outcome.causes.find(({ id }) => id === cause.id) ?? cause;
  const runs = search.runs - before;
  return {
    cause: shown,
    number,
    drawn: life,
    shrunk: last.life,
    outcome: last.outcome,
    runs,
    smallest,
  };
}

async function firstThatShows(
  from: Smaller,
  known: Set<string>,
  seen: Seen,
  plan: HuntPlan,
  search: Search,
): Promise<Smaller | 'none' | 'late'> {
  const candidates = from.drawing.smaller()[Symbol.iterator]();
  for (;;) {
    const batch = nextOf(candidates, known, seen, plan);
    if (batch.length === 0) return 'none';
    if (plan.left() <= 0) return 'late';
    const ends = batch.map(() => new AbortController());
    const played = await Promise.all(
      batch.map(async (one, i) => {
        const outcome = await search.play(one.life, ends[i]?.signal);
        // Who comes later in this list is not wanted any more.
        if (shows(outcome, seen.cause.id)) for (const end of ends.slice(i + 1)) end.abort();
        return { ...one, outcome };
      }),
    );
    for (const { outcome, ...one } of played) {
      if (outcome && shows(outcome, seen.cause.id)) return { ...one, outcome };
      if (!outcome) return 'late';
    }
  }
}

/** As many as are played side by side; those that make a life which was played already are left out. */
function nextOf(
  candidates: Iterator<Drawing>,
  known: Set<string>,
  { number }: Seen,
  { kit, jobs, longest }: HuntPlan,
): Omit<Smaller, 'outcome'>[] {
  const batch: Omit<Smaller, 'outcome'>[] = [];
  while (batch.length < jobs) {
    const one = candidates.next();
    if (one.done) break;
    const life = lifeOf(one.value.draft, kit, `hunt-${number}`);
    const form = formOf(life);
    if (known.has(form) || costOf(life.scenario) > longest) continue;
    known.add(form);
    batch.push({ drawing: one.value, life });
  }
  return batch;
}

/** The first was played three times already. */
async function lastThatStays(
  accepted: readonly Smaller[],
  { cause }: Seen,
  { left }: HuntPlan,
  search: Search,
): Promise<Smaller> {
  for (const one of accepted.slice(1).reverse()) {
    if (left() <= 0) return one;
    const outcome = await search.play(one.life);
    if (!outcome) return one;
    if (shows(outcome, cause.id)) return { ...one, outcome };
  }
  return accepted[0] as Smaller;
}
