import type { Change } from './change.js';
import type { Fact } from './facts/fact.js';
import type { Ending, Exchange } from './journal.js';
import type { Wants } from './wants.js';

/** Who keeps what a session gains, in the order in which it gains it. */
export interface Keeper {
  /** Nothing has ever to be waited for. */
  readonly atOnce: boolean;
  /** Others may change the session at the same time: what it has gained is true once it is kept. */
  readonly shared?: boolean;
  /** What the session holds is not what is kept: it has to be read again. */
  readonly stale?: boolean;
  /** Changes that have been made together. */
  changed(changes: readonly Change[]): void;
  wrote(exchange: Exchange): void;
  /** An exchange that was written down while it was open has ended. */
  ended(exchange: Exchange, end: Ending): void;
  /**
   * Calls back once all of it is kept as the store promises: at once where it is.
   * @param then told why it could not be kept; {@link MovedOn}: it is to be decided again
   */
  saved(then: (error?: Error) => void): void;
  /** Brings what lies in the store alone; undefined: all is here. */
  fetch?(wants: Wants): Promise<void>;
  /** All that was kept, in slices: from the beginning, or from what its beginning has come to. */
  facts(): AsyncIterable<readonly Fact[]>;
}
