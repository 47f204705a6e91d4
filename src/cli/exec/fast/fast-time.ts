import type { Scenario } from '../../../scenario/scenario.js';
import type { Origin } from '../../../time/origin.js';
import { RATES } from './calibrate.js';
import { fastEnvironment } from './environment.js';
import type { Library } from './library.js';
import { needsLimits } from './needs-limits.js';
import { shareOrigin } from './shared-origin.js';

/** One run of a command in fast time. */
export interface FastRun {
  rate: number;
  origin: Origin;
  variables: Readonly<Record<string, string>>;
  /** Its shared moment goes. */
  end(): void;
}

/** How a client's time is made to run faster. */
export interface FastTime {
  /** How many times as fast it runs at present. */
  readonly rate: number;
  /**
   * It was too fast for the machine, as a finding has shown that true time did not: it runs slower from now on.
   * @param than the rate of that run; scenarios beside it, which began as fast, tell nothing more
   */
  slower(than: number): void;
  /** Whether a scenario can be played at it; else it is played at true time. */
  plays(scenario: Scenario): boolean;
  /** @param preloaded what the command would preload without it @throws Error where nothing can be shared */
  begin(preloaded: string | undefined): FastRun;
}

/** @param longLimits time-outs of the client's requests run long at this rate */
export function fastTime(
  library: Library,
  begin: number,
  { longLimits, curl }: { longLimits: boolean; curl: boolean },
): FastTime {
  let rate = begin;
  return {
    get rate() {
      return rate;
    },
    slower: (than) => {
      if (than === rate) rate = RATES.find((one) => one < rate) ?? rate;
    },
    plays: (scenario) => !(longLimits && needsLimits(scenario)),
    begin: (preloaded) => {
      const { origin, names, remove } = shareOrigin();
      const variables = fastEnvironment({ library, rate, names, curl }, preloaded);
      return { rate, origin, variables, end: remove };
    },
  };
}
