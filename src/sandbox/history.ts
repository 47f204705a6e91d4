import type { Change } from './change.js';
import { exchangeFact } from './facts/exchange-fact.js';
import type { DroppedFact, Fact } from './facts/fact.js';
import { noteDropped } from './facts/fold.js';
import { stateFacts } from './facts/state-facts.js';
import { factsOf } from './facts/told-facts.js';
import type { Ending, Exchange } from './journal.js';
import type { Keeper } from './keeper.js';
import { apply, beginState, type SessionState } from './state.js';

/** The end of an exchange that was written down while it was open. */
type End = Extract<Fact, { k: 'ended' }>;

type Entry = readonly Change[] | Exchange | End;

/** So many entries are told at a time: nobody else waits for long. */
const SLICE = 500;

/** So many exchanges more than the journal keeps may wait until the base takes them in. */
const SLACK = 1000;

/**
 * How a session of a sandbox that keeps nothing on disk has come about: as far back as its journal goes, every change
 * and every exchange; what came before, as the state that it had led to.
 */
export class History implements Keeper {
  readonly atOnce = true;
  #entries: Entry[] = [];
  #exchanges = 0;
  /** The state before the oldest entry, and how many exchanges had led to it. */
  #base: { state: SessionState; exchanges: number } | undefined;
  readonly #began: Pick<SessionState, 'clock' | 'chosen' | 'chaos'>;

  /**
   * @param state of a session that has just begun
   * @param dropped how much it had let go before, where it goes on from another
   */
  constructor(
    private readonly state: SessionState,
    private readonly dropped?: DroppedFact,
  ) {
    const { clock, chosen, chaos } = state;
    this.#began = { clock, chosen, chaos };
  }

  changed(changes: readonly Change[]): void {
    // A copy has room for these alone; a list that was pushed to has room for sixteen more.
    if (changes.length > 0) this.#entries.push(changes.slice());
  }

  wrote(exchange: Exchange): void {
    // One that is open will be completed in place, and was open here.
    this.#entries.push(exchange.endedAt === undefined ? { ...exchange } : exchange);
    this.#exchanges += 1;
    if (this.#exchanges > this.state.setup.limits.journal + SLACK) this.#takeIn(SLACK);
  }

  ended({ seq }: Exchange, end: Ending): void {
    this.#entries.push({ k: 'ended', seq, ...end });
  }

  saved(then: () => void): void {
    then();
  }

  /** What the session gains meanwhile is not among them. */
  async *facts(): AsyncGenerator<readonly Fact[]> {
    const { compressor } = this.state.setup;
    const told = new Set<string>();
    const entries = this.#entries.slice();
    const { state, exchanges } = this.#base ?? this.#beginning();
    const [began, ...others] = stateFacts(state, exchanges, compressor, told);
    yield [this.#known(began as Fact, exchanges), ...others];
    for (let from = 0; from < entries.length; from += SLICE) {
      yield entries.slice(from, from + SLICE).flatMap((entry) => {
        if (isExchange(entry)) return [exchangeFact(entry, compressor)];
        if ('k' in entry) return [entry];
        return entry.flatMap((change) => factsOf(change, compressor, told));
      });
    }
  }

  /** The states of a session that goes on from another may stand behind exchanges. */
  #known(began: Fact, exchanges: number): Fact {
    const { states = 0 } = this.dropped ?? {};
    if (began.k !== 'began' || !began.dropped || states <= exchanges) return began;
    return { ...began, dropped: { ...began.dropped, states } };
  }

  #beginning(): { state: SessionState; exchanges: number } {
    const { name, setup } = this.state;
    const state = beginState(name, setup, this.#began.clock, () => {});
    Object.assign(state, this.#began);
    if (this.dropped) noteDropped(state, this.dropped);
    return { state, exchanges: this.dropped?.exchanges ?? 0 };
  }

  #takeIn(exchanges: number): void {
    this.#base ??= this.#beginning();
    let taken = 0;
    let past = 0;
    for (const entry of this.#entries) {
      if (taken === exchanges) break;
      past += 1;
      if (isExchange(entry)) taken += 1;
      else if (!('k' in entry)) for (const change of entry) apply(this.#base.state, change);
    }
    this.#entries = this.#entries.slice(past);
    this.#base.exchanges += taken;
    this.#exchanges -= taken;
  }
}

function isExchange(entry: Entry): entry is Exchange {
  return 'method' in entry;
}
