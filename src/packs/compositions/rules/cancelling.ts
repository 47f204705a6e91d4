import type { Json } from '../../../contract/json.js';
import type { Composition } from '../composition.js';

/** What is to be cancelled, and the signed cancellation. */
export interface Cancelling {
  composition: Composition;
  content: Json;
}
