import type { DeliveryFacts, Exchange } from '../sandbox/journal.js';
import type { Call } from './call.js';

/** A webhook that was sent, or was to be sent, to the client of a job. */
export interface Sent {
  exchange: Exchange;
  facts: DeliveryFacts;
  /** For proofs: the same as a call. */
  call: Call;
}
