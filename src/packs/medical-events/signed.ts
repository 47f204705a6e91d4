import { at, type Json } from '../../contract/json.js';
import type { ApiRequest, Refusal } from '../../sandbox/pack.js';
import { readSignedContent } from '../signature/signed-content.js';
import { invalid } from './failures.js';

/** What a client has signed; a text says why it cannot be read. */
export function contentOf(body: unknown): Json | string {
  const read = readSignedContent(String(at(body, 'signed_data') ?? ''));
  return 'problem' in read ? read.problem : read.content;
}

/** Refuses signed data that cannot be read, before there is a job. */
export function admitSigned({ body }: ApiRequest): Refusal | undefined {
  const content = contentOf(body);
  if (typeof content !== 'string') return undefined;
  const where = invalid('$.signed_data', 'invalid', `signed_data ${content}`);
  return { status: 422, message: where.rules[0]?.description ?? '', invalid: [where] };
}

/** The id that the signed content names at a path; undefined when there is none. */
export function signedId(body: unknown, path: string): string | undefined {
  const content = contentOf(body);
  const id = typeof content === 'string' ? undefined : at(content, path);
  return typeof id === 'string' && id.length <= 64 ? id.toLowerCase() : undefined;
}
