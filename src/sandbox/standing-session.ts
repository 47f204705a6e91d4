import type { Moment } from '../time/moments.js';
import { wallAt } from './clock.js';
import type { Fact } from './facts/fact.js';
import { Fold } from './facts/fold.js';
import type { Keeper } from './keeper.js';
import { Session } from './session.js';
import { beginParts } from './session-parts.js';
import type { Setup } from './setup.js';

/**
 * A session as it stood after its facts: its clock stands at the last moment that they tell, and what becomes of it is
 * kept nowhere.
 * @param now where no exchange tells a moment, or a later one is known
 * @param all what it is told to have come about by; left out, those that it is made of
 * @throws UnservedApi for a job of an API that is not served here
 */
export function standingSession(
  name: string,
  setup: Setup,
  facts: readonly Fact[],
  now?: Moment,
  all = facts,
): Session {
  const standing: Setup = { ...setup, wall: () => Number.NEGATIVE_INFINITY, steady: () => 0 };
  const parts = beginParts(name, standing);
  const fold = new Fold(parts);
  for (const fact of facts) fold.add(fact);
  const { state, time } = parts;
  const shown = now === undefined ? undefined : wallAt(state.clock, now);
  if (shown !== undefined) time.notBefore(shown);
  return new Session(name, standing, () => {}, parts, keptNowhere(all));
}

function keptNowhere(facts: readonly Fact[]): Keeper {
  return {
    atOnce: true,
    changed: () => {},
    wrote: () => {},
    ended: () => {},
    saved: (then) => then(),
    facts: async function* () {
      yield facts;
    },
  };
}
