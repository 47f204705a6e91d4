import { at } from '../../contract/json.js';
import type { ApiRequest, Refusal, World } from '../../sandbox/pack.js';
import { find } from './composition.js';
import { malformed, notFound } from './refusals.js';
import { readSignedContent } from './signed-content.js';

/** What signing and cancelling ask alike: a composition that exists, and a container that can be read. */
export function admitSigned(request: ApiRequest, world: World): Refusal | undefined {
  if (!find(world, request.params.compositionId ?? '')) return notFound();
  const read = readSignedContent(String(at(request.body, 'data') ?? ''));
  if (!('problem' in read)) return undefined;
  return malformed({ entry: '$.data' }, 'invalid', `data ${read.problem}`);
}
