import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BegunFact, Fact } from './fact.js';

/** Facts that are no session's: one of them is not as it must be. */
export class WrongFacts extends Error {}

/** All facts of a session, oldest first, and where its exchanges stand among them. */
export class Tape {
  /** Of each exchange, how many facts there are up to it. */
  readonly #upTo: number[] = [];
  /** It stands behind this exchange as it stood, and behind none before. */
  readonly #states: number;
  /** Number of the oldest exchange that is there. */
  readonly first: number;

  /** @throws WrongFacts */
  constructor(readonly facts: readonly Fact[]) {
    const { exchanges = 0, states = 0 } = beginningOf(facts).dropped ?? {};
    this.first = exchanges + 1;
    this.#states = states;
    facts.forEach((fact, i) => {
      if (fact.k !== 'exchange') return;
      const expected = this.first + this.#upTo.length;
      if (fact.exchange.seq !== expected) {
        throw new WrongFacts(`exchange ${fact.exchange.seq} stands where ${expected} is due`);
      }
      this.#upTo.push(i + 1);
    });
  }

  /** Number of the newest exchange; one less than `first`: there is none. */
  get last(): number {
    return this.first + this.#upTo.length - 1;
  }

  /** The oldest exchange after which its state is known; 0: before the first one, as it began. */
  get earliest(): number {
    if (this.#states > 0) return Math.min(this.#states + 1, this.last);
    return this.first === 1 ? 0 : this.first;
  }

  /** How many facts there are up to an exchange. @returns undefined where there is no such exchange */
  upTo(seq: number): number | undefined {
    if (seq < this.earliest) return undefined;
    if (seq === this.#states && seq === this.last && seq > 0) return this.facts.length;
    return seq === 0 && this.first === 1 ? 1 : this.#upTo[seq - this.first];
  }
}

/** What a session begins with. @throws WrongFacts */
export function beginningOf(facts: readonly Fact[]): BegunFact {
  const [first] = facts;
  if (first?.k === 'began') return first;
  throw new WrongFacts(`the first fact is ${first ? `"${first.k}"` : 'missing'}, and no beginning`);
}

/** All that a session has gained until now. */
export async function tapeOf(facts: AsyncIterable<readonly Fact[]>): Promise<Tape> {
  const all: Fact[] = [];
  for await (const slice of facts) {
    for (const fact of slice) all.push(fact);
    await nextTurn();
  }
  return new Tape(all);
}
