import type { Scenario } from '../../scenario/scenario.js';
import type { Api } from '../api.js';
import type { Change } from '../change.js';
import { wallAt } from '../clock.js';
import type { Compressor } from '../compressed-text.js';
import { type Exchange, ended, LaterExchange } from '../journal.js';
import type { SessionParts } from '../session-parts.js';
import { apply, type SessionState } from '../state.js';
import { type BriefFact, LikeExchange } from './exchange-texts.js';
import {
  type BegunFact,
  type DroppedFact,
  type ExchangeFact,
  FACT_VERSION,
  type Fact,
} from './fact.js';
import { OpenExchanges } from './open-exchanges.js';
import { changeOf, readClock, readExchange } from './read-fact.js';
import { ScenarioBook } from './scenario-book.js';

/** Folds facts, one after the other, into a session. */
export class Fold {
  readonly #apis: ReadonlyMap<string, Api>;

  /**
   * @param scenarios those that facts have told already
   * @param open exchanges that have not ended yet
   */
  constructor(
    private readonly into: SessionParts,
    readonly scenarios = new ScenarioBook(),
    readonly open = new OpenExchanges(),
  ) {
    const { apis } = into.state.setup;
    this.#apis = new Map(apis.map((api) => [api.name, api]));
  }

  /**
   * @returns the change that was made, or the exchange that was written or has ended
   * @throws UnservedApi for a job of an API that is not served here
   */
  add(fact: Fact): Change | Exchange | undefined;
  add(fact: BriefFact): Change | Exchange | LaterExchange | undefined;
  add(fact: BriefFact): Change | Exchange | LaterExchange | undefined {
    const { state, journal, time } = this.into;
    const { compressor } = state.setup;
    switch (fact.k) {
      case 'began':
        this.#begin(fact);
        return undefined;
      case 'scenario':
        this.scenarios.note(fact.hash, fact.scenario as Scenario);
        return undefined;
      case 'exchange': {
        const exchange = laterOrNow(fact.exchange, compressor);
        // One that is told by another had ended before it was written.
        if (exchange instanceof LaterExchange) journal.addLater(exchange);
        else {
          journal.add(exchange, true);
          this.open.note(exchange);
        }
        const { wall, at, endedAt } = fact.exchange;
        // The clock goes on from what it had shown, also where the machine's was set back meanwhile.
        time.notBefore(wall);
        const shown = wallAt(state.clock, endedAt ?? at);
        if (shown !== undefined) time.notBefore(shown);
        return exchange;
      }
      case 'ended': {
        const { k: _, seq, ...end } = fact;
        const open = this.open.end(seq, end);
        if (!open) return undefined;
        // A copy: who has seen the session before has seen it open.
        const exchange = ended(open, end);
        journal.replace(exchange);
        return exchange;
      }
      default: {
        const change = changeOf(fact, {
          jobs: state.jobs,
          time,
          compressor,
          apiOf: (name) => servedApi(this.#apis, name),
          scenarioOf: (hash) => this.scenarios.get(hash),
        });
        if (change) apply(state, change);
        return change;
      }
    }
  }

  #begin({ v = 1, clock, chosen, chaos, dropped }: BegunFact): void {
    const { state, time } = this.into;
    if (v > FACT_VERSION) throw new NewerFacts(v);
    state.clock = readClock(clock, time);
    const settings = { ...state.chosen.settings };
    // A pack that has learnt a setting since begins with its own value.
    for (const [api, values] of Object.entries(chosen.settings)) {
      settings[api] = { ...settings[api], ...values };
    }
    state.chosen = { ...state.chosen, ...chosen, settings };
    state.chaos = chaos;
    if (!dropped) return;
    this.into.journal.hasDropped(dropped.exchanges);
    noteDropped(state, dropped);
  }
}

function laterOrNow(
  fact: ExchangeFact | LikeExchange,
  compressor: Compressor,
): Exchange | LaterExchange {
  if (!(fact instanceof LikeExchange)) return readExchange(fact, compressor);
  return new LaterExchange(fact.seq, () => readExchange(fact.read(), compressor));
}

/** @throws UnservedApi */
export function servedApi(apis: ReadonlyMap<string, Api>, name: string): Api {
  const api = apis.get(name);
  if (!api) throw new UnservedApi(name);
  return api;
}

/** Notes how much a session has let go before it begins here. */
export function noteDropped(state: SessionState, { jobs, resources }: DroppedFact): void {
  state.jobs.hasDropped(jobs);
  for (const [world, count] of Object.entries(resources)) {
    state.resources.of(world).hasDropped(count);
  }
}

/** Facts that a newer version of the sandbox has written. */
export class NewerFacts extends Error {
  constructor(version: number) {
    super(`these facts are of version ${version}, and this sandbox knows ${FACT_VERSION}`);
  }
}

/** Facts of a session tell of an API that is not served here. */
export class UnservedApi extends Error {
  constructor(readonly api: string) {
    super(`a job is of the API "${api}", which is not served here`);
  }
}
