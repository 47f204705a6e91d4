import { at, textOf } from '../../contract/json.js';
import type { ApiRequest, BusinessError, Refusal, World } from '../../sandbox/pack.js';
import { noteSigners } from '../signature/note-signers.js';
import { readSignedContent, type SignedContent } from '../signature/signed-content.js';
import { find } from './composition.js';
import { malformed, notFound, uncoded } from './refusals.js';
import { setting } from './settings.js';

/** What signing and cancelling ask alike: a composition that exists, and a container that is good. */
export function admitSigned(request: ApiRequest, world: World): Refusal | undefined {
  if (!find(world, request.params.compositionId ?? '')) return notFound();
  const read = readSigned(request.body, world);
  if (!('problem' in read)) {
    const { signers } = read;
    if (signers.length === 0) world.note('plain JSON is taken in place of a signature container');
    noteSigners(signers, world);
    return undefined;
  }
  if (setting(world, 'SIGNATURE_ERRORS') === 'refuse') {
    return malformed({ entry: '$.data' }, 'invalid', `data ${read.problem}`);
  }
  world.note(`the job will be FAILED: data ${read.problem}`);
  return undefined;
}

/** The signed JSON of a request's body. */
export function readSigned(body: unknown, world: World): SignedContent {
  const read = readSignedContent(textOf(at(body, 'data') ?? ''));
  if ('problem' in read || read.signers.length > 0) return read;
  if (setting(world, 'UNSIGNED_CONTENT') === 'take') return read;
  return {
    problem:
      'is plain JSON without a signature; send a CMS container, or start with --setting UNSIGNED_CONTENT=take',
  };
}

/** What a job fails with whose container is no good. */
export function badContainer(problem: string): BusinessError {
  return uncoded(`The signed data ${problem}`);
}
