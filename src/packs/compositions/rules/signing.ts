import type { Json } from '../../../contract/json.js';
import type { Signer } from '../../signature/open-container.js';
import type { Composition } from '../composition.js';

/** What is to be signed, and what came signed. */
export interface Signing {
  composition: Composition;
  content: Json;
  /** Nobody, when the content came without a container. */
  signers: readonly Signer[];
}
