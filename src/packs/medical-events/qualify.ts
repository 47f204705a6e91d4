import type { ApiRequest, Refusal, Reply, World } from '../../sandbox/pack.js';
import type { Kind } from './kinds.js';
import { placesIn } from './path-places.js';
import { notFound } from './read.js';
import { nameOfReference, target } from './reference.js';
import { itemsOf } from './references.js';
import { type Owned, statusOf } from './resource.js';

/** Which of the programs that were named take a request: all of them do, as long as it can be used. */
export function qualify(kind?: Kind, more: Record<string, unknown> = {}) {
  return (request: ApiRequest, world: World): Reply | Refusal => {
    let status = 'VALID';
    let rejection_reason: string | undefined;
    if (kind) {
      const found = world.find<Owned>(kind, placesIn(request, world).own);
      if (!found) return notFound(kind);
      const now = statusOf(kind, found.document);
      if (now !== 'active') {
        status = 'INVALID';
        rejection_reason = `Invalid ${kind.replaceAll('_', ' ')} status`;
      }
    }
    const data = itemsOf(request.body, 'programs').map((program) => ({
      program_id: target({ program }, 'program'),
      program_name: nameOfReference(program, world),
      status,
      ...(rejection_reason ? { rejection_reason } : {}),
      ...more,
    }));
    return { status: 200, content: { data, type: 'list' } };
  };
}
