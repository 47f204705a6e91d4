import { at } from '../../contract/json.js';
import type { ApiRequest, Refusal, Reply, World } from '../../sandbox/pack.js';
import { type Composition, find, revise, sameId } from './composition.js';
import { reference } from './concept.js';
import { notFound } from './refusals.js';

export function read(request: ApiRequest, world: World): Reply | Refusal {
  const found = locate(request, world);
  if (!isLocated(found)) return found;
  return { status: 200, content: { data: found.document, type: 'object' } };
}

/**
 * The composition that a path names; every id in the path must be its own. A create request does
 * not name the episode, so the first path that does teaches it, and binds all later ones.
 */
export function locate({ params }: ApiRequest, world: World): Composition | Refusal {
  const { compositionId = '', patientId, encounterId, episodeId } = params;
  const found = find(world, compositionId);
  if (!found) return notFound();
  const { document, facts } = found;
  if (!sameId(patientId, at(document, 'subject.value'))) return notFound();
  if (!sameId(encounterId, at(document, 'encounter.value'))) return notFound();
  if (episodeId === undefined) return found;
  if (facts.episodeKnown) {
    return sameId(episodeId, at(document, 'episodeOfCare.value')) ? found : notFound();
  }
  return revise(world, found, {
    document: { episodeOfCare: reference('episode', episodeId) },
    facts: { episodeKnown: true },
  });
}

export function isLocated(found: Composition | Refusal): found is Composition {
  return 'document' in found;
}
