import { at, isObject, type Json } from '../../contract/json.js';
import type { ApiRequest, Refusal } from '../../sandbox/pack.js';
import { readSignedContent } from '../signature/signed-content.js';
import { invalid } from './failures.js';

/** What a client has signed; a text says why it cannot be read. */
function contentOf(body: unknown): Json | string {
  const read = readSignedContent(String(at(body, 'signed_data') ?? ''));
  return 'problem' in read ? read.problem : read.content;
}

const known = new WeakMap<object, Json>();

/** What a request says: what was signed in it, else its body. Read once for each body. */
export function saidIn(body: unknown): Json {
  if (!isObject(body)) return {};
  if (typeof body.signed_data !== 'string') return body;
  let said = known.get(body);
  if (!said) {
    const content = contentOf(body);
    said = typeof content === 'string' ? {} : content;
    known.set(body, said);
  }
  return said;
}

/** Refuses signed data that cannot be read, before there is a job. */
export function admitSigned({ body }: ApiRequest): Refusal | undefined {
  const content = contentOf(body);
  if (typeof content !== 'string') return undefined;
  const where = invalid('$.signed_data', 'invalid', `signed_data ${content}`);
  return { status: 422, message: where.rules[0]?.description ?? '', invalid: [where] };
}

/** The id that a request names at a path of what it says; undefined when there is none. */
export function namedId(body: unknown, path: string): string | undefined {
  const id = at(saidIn(body), path);
  return typeof id === 'string' && id.length <= 64 ? id.toLowerCase() : undefined;
}
