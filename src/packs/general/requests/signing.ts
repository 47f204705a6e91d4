import { at } from '../../../contract/json.js';
import type { ApiRequest, Refusal, World } from '../../../sandbox/pack.js';
import { contentOf } from '../signed.js';
import { difference } from './difference.js';
import type { Machine } from './kind.js';
import { invalid, NOT_FOUND, NOT_SIGNED_BY_PATIENT, OTHER_CONTENT } from './refusals.js';
import { bodyOf, find, namedIn, statusOf } from './request.js';

/** Why a request cannot be signed as it is: its status, the container, or another content than was handed out. */
export function refuseSigning(
  machine: Machine,
  request: ApiRequest,
  world: World,
): Refusal | undefined {
  const { sign, kind } = machine;
  const found = find(world, kind, namedIn(request));
  if (!found || !sign) return NOT_FOUND;
  if (!sign.from.includes(statusOf(found, world.now))) return sign.wrong;
  const encoding = bodyOf(request).signed_content_encoding;
  if (encoding !== undefined && encoding !== 'base64') {
    const words = 'value is not allowed in enum';
    return invalid('$.signed_content_encoding', words, 'inclusion', ['base64']);
  }
  const read = contentOf(request, world, false);
  if (!('content' in read)) return read;
  const { content, patientAt } = machine.toSign?.(found, world) ?? { content: {} };
  if (patientAt !== undefined && at(read.content, patientAt) !== true) {
    return invalid(`$.${patientAt}`, NOT_SIGNED_BY_PATIENT);
  }
  const path = difference(read.content, content);
  if (path === undefined) return undefined;
  world.note(`what was signed is not what was handed out: ${path}`);
  return OTHER_CONTENT;
}
