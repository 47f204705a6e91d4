import { stepsOf } from './draft.js';
import { type Find, type Flaky, type Hunted, type HuntPlan, LAST_RUN, type Seen } from './plan.js';
import { shows } from './play.js';
import { Search } from './search.js';
import { shrink } from './shrink.js';
import { Tried } from './tried.js';

/** A life that was seen to break the client is played so many times again, alone. */
const AGAIN = 2;

/** Draws lives and plays them until one breaks the client, or time is up. */
export async function hunt(plan: HuntPlan): Promise<Hunted> {
  const { kit, hear, left, all } = plan;
  const tried = new Tried(kit);
  const finds: Find[] = [];
  const flaky: Flaky[] = [];
  const known = new Set<string>();
  const search = new Search(plan, tried);
  while (left() > LAST_RUN) {
    const seen = await search.next(known);
    if (!seen) break;
    const again = await confirm(seen, plan, search);
    if (again.seen < again.of) {
      flaky.push(again);
      hear({ kind: 'flaky', flaky: again });
      // What was seen of one life by chance may be there in another.
      continue;
    }
    hear({ kind: 'shrinking', steps: stepsOf(seen.life) });
    const foundAfter = plan.elapsed();
    const find = { ...(await shrink(seen, known, plan, search)), foundAfter };
    finds.push(find);
    known.add(find.cause.id);
    hear({ kind: 'found', find });
    if (!all) break;
  }
  const { lives, runs } = search;
  return { finds, flaky, lives, runs, tried };
}

/** Where time is up before it could be played again, nobody knows. */
async function confirm(
  { cause, number, life }: Seen,
  { hear }: HuntPlan,
  search: Search,
): Promise<Flaky> {
  hear({ kind: 'confirming', number, cause });
  const plays = Array.from({ length: AGAIN }, () => search.play(life, undefined, 'surely'));
  const again = await Promise.all(plays);
  const seen = again.filter((outcome) => shows(outcome, cause.id)).length;
  return { cause, number, life, seen: 1 + seen, of: 1 + AGAIN };
}
