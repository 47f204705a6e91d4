import { isObject, type Json, put } from '../../contract/json.js';
import { mediaTypeOf } from '../../contract/media-type.js';
import type { ResourceKind } from '../../contract/resource-kind.js';
import { typesOf } from '../../contract/schema-parts.js';
import type { HandlerRequest } from '../handled.js';
import type { Refusal } from '../pack.js';
import { fieldsOf, isRequired, saidOf } from './fields.js';
import { jsonPatch, PatchProblem } from './json-patch.js';
import { mergePatch } from './merge-patch.js';

/** A document as a request would change it. */
interface Patched {
  said: Json;
  /** Values came that the contract has not been asked about: if they break it the request is to be refused. */
  unseen: boolean;
}

const STATUS = { test: 409, place: 422, form: 400 } as const;

/** RFC 7396, also of plain JSON and forms; RFC 6902 for `application/json-patch+json`. */
export function patched(
  kind: ResourceKind,
  before: Json,
  { headers, body }: Pick<HandlerRequest, 'headers' | 'body'>,
): Patched | { refusal: Refusal } {
  const mediaType = mediaTypeOf(String(headers['content-type'] ?? ''));
  const byPatch = mediaType === 'application/json-patch+json';
  if (!byPatch) return { said: merged(kind, before, saidOf(kind, body), mediaType), unseen: false };
  try {
    const said = jsonPatch(before, body);
    if (isObject(said)) return { said, unseen: true };
    throw new PatchProblem('a document is an object', 'form');
  } catch (error) {
    if (!(error instanceof PatchProblem)) throw error;
    const { kind: what, message } = error;
    return { refusal: { status: STATUS[what], code: 'REQUEST_PATCH_FAILS', message } };
  }
}

/** null takes a field away, unless the field may be null and has to be there, or plain JSON says so. */
function merged(kind: ResourceKind, before: Json, patch: Json, mediaType: string): Json {
  const said = mergePatch(before, patch) as Json;
  const byRfc = mediaType === 'application/merge-patch+json';
  for (const [name, parts] of fieldsOf(kind)) {
    if (!Object.hasOwn(patch, name) || patch[name] !== null || !typesOf(parts).includes('null'))
      continue;
    if (!byRfc || isRequired(kind, name)) put(said, name, null);
  }
  return said;
}
