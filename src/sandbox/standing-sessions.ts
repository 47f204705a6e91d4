import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Moment } from '../time/moments.js';
import { wallAt } from './clock.js';
import type { Fact } from './facts/fact.js';
import { Fold } from './facts/fold.js';
import { OpenExchanges } from './facts/open-exchanges.js';
import { ScenarioBook } from './facts/scenario-book.js';
import type { Keeper } from './keeper.js';
import { Session } from './session.js';
import { beginParts, copyParts, type SessionParts } from './session-parts.js';
import type { Setup } from './setup.js';

/** Facts that are folded at a time: nobody else waits for long. */
const SLICE = 200;

/** Facts from one checkpoint to the next, at first: whole slices. */
const EVERY = 1_000;

/** So many jobs, resources and exchanges all checkpoints may name together; where they are more, every second one goes. */
const MOST_NAMED = 1_000_000;

/** What the first facts have come to. Nothing changes it: who goes on from it takes a copy. */
interface Checkpoint {
  facts: number;
  parts: SessionParts;
  open: OpenExchanges;
}

/**
 * A session as it stood after any of its facts: its clock stands at the last moment that they tell, and what becomes of
 * it is kept nowhere. What is folded on the way leaves checkpoints, so that the next look folds no more than the
 * facts behind one of them.
 */
export class StandingSessions {
  readonly #setup: Setup;
  readonly #scenarios = new ScenarioBook();
  #checkpoints: Checkpoint[] = [];
  #every = EVERY;
  #folded = 0;

  constructor(
    private readonly name: string,
    setup: Setup,
    private readonly facts: readonly Fact[],
  ) {
    this.#setup = { ...setup, wall: () => Number.NEGATIVE_INFINITY, steady: () => 0 };
  }

  /** So many facts were folded until now, for all looks together. */
  get folded(): number {
    return this.#folded;
  }

  /**
   * @param count after so many facts
   * @param now where no exchange tells a moment, or a later one is known
   * @throws UnservedApi for a job of an API that is not served here
   */
  async after(count: number, now?: Moment): Promise<Session> {
    const { parts, open, facts: from } = this.#goOnFrom(count);
    const fold = new Fold(parts, this.#scenarios, open);
    for (let at = from; at < count; ) {
      const till = Math.min(count, at + SLICE);
      for (const fact of this.facts.slice(at, till)) fold.add(fact);
      this.#folded += till - at;
      at = till;
      if (at % this.#every === 0) this.#note({ parts, open, facts: at });
      await nextTurn();
    }
    const { state, time } = parts;
    const shown = now === undefined ? undefined : wallAt(state.clock, now);
    if (shown !== undefined) time.notBefore(shown);
    const facts = () => this.facts.slice(0, count);
    return new Session(this.name, this.#setup, () => {}, parts, keptNowhere(facts));
  }

  #goOnFrom(count: number): Checkpoint {
    const nearest = this.#checkpoints.findLast(({ facts }) => facts <= count);
    if (nearest) return copy(nearest);
    return { facts: 0, parts: beginParts(this.name, this.#setup), open: new OpenExchanges() };
  }

  #note(reached: Checkpoint): void {
    const place = this.#checkpoints.findLastIndex(({ facts }) => facts <= reached.facts);
    if (this.#checkpoints[place]?.facts === reached.facts) return;
    this.#checkpoints.splice(place + 1, 0, copy(reached));
    while (namedBy(this.#checkpoints) > MOST_NAMED && this.#checkpoints.length > 1) {
      this.#every *= 2;
      this.#checkpoints = this.#checkpoints.filter(({ facts }) => facts % this.#every === 0);
    }
  }
}

function copy({ facts, parts, open }: Checkpoint): Checkpoint {
  return { facts, parts: copyParts(parts), open: open.copy() };
}

function namedBy(checkpoints: readonly Checkpoint[]): number {
  const named = checkpoints.map(({ parts: { state, journal } }) => {
    return state.jobs.size + state.resources.size + journal.size;
  });
  return named.reduce((sum, one) => sum + one, 0);
}

function keptNowhere(facts: () => readonly Fact[]): Keeper {
  return {
    atOnce: true,
    changed: () => {},
    wrote: () => {},
    ended: () => {},
    saved: (then) => then(),
    facts: async function* () {
      yield facts();
    },
  };
}
