import type { Message } from '../contract/message.js';
import type { Fault } from '../faults/index.js';

/** What goes over the wire, and what happens to it on its way. */
export interface Answer extends Message {
  fault?: Fault | undefined;
}
