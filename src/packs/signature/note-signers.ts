import type { World } from '../../sandbox/pack.js';
import type { Signer } from './open-container.js';

/** Tells the journal who has signed a request, and whether that could be verified. */
export function noteSigners(signers: readonly Signer[], world: World): void {
  for (const { name, how, state } of signers) {
    const stands = state === 'verified' ? 'verified' : 'taken as it is, it cannot be verified here';
    world.note(`signed by ${name}, ${how}: ${stands}`);
  }
}
