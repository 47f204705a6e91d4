import type { Exchange } from '../../sandbox/journal.js';
import type { SessionEvent } from '../../sandbox/session.js';

/** What is counted from the start on, whether anybody asks or not: a request costs an addition. */
export class Counts {
  /** By kind and status. */
  readonly exchanges = new Map<string, number>();
  readonly faults = new Map<string, number>();
  evicted = 0;
  /** Told how long each exchange took, in seconds, once somebody wants to know. */
  onLength: ((seconds: number) => void) | undefined;

  /** To be told of everything that happens in any session. */
  hear(event: SessionEvent): void {
    if (event.kind === 'evicted') this.evicted += 1;
    if (event.kind === 'exchange' && !event.elsewhere) this.#note(event.exchange);
  }

  #note({ status, fault, delivery, durationMs }: Exchange): void {
    add(this.exchanges, `${delivery ? 'webhook' : 'request'} ${status}`);
    if (fault !== undefined) add(this.faults, fault);
    if (durationMs !== undefined && !delivery) this.onLength?.(durationMs / 1000);
  }
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
