import { at, isObject, type Json, textOf } from '../../contract/json.js';
import type { ApiRequest, Refusal, World } from '../../sandbox/pack.js';
import { invalid } from '../invalid.js';
import { noteSigners } from '../signature/note-signers.js';
import { readSignedContent } from '../signature/signed-content.js';

function readSigned(body: unknown) {
  return readSignedContent(textOf(at(body, 'signed_data') ?? ''));
}

const known = new WeakMap<object, Json>();

/** What a request says: what was signed in it, else its body. Read once for each body. */
export function saidIn(body: unknown): Json {
  if (!isObject(body)) return {};
  if (typeof body.signed_data !== 'string') return body;
  let said = known.get(body);
  if (!said) {
    const read = readSigned(body);
    said = 'problem' in read ? {} : read.content;
    known.set(body, said);
  }
  return said;
}

/** Refuses signed data that cannot be read, before there is a job; else the journal is told who has signed. */
export function admitSigned({ body }: ApiRequest, world: World): Refusal | undefined {
  const read = readSigned(body);
  if (!('problem' in read)) {
    noteSigners(read.signers, world);
    return undefined;
  }
  const where = invalid('$.signed_data', 'invalid', `signed_data ${read.problem}`);
  return { status: 422, message: where.rules[0]?.description ?? '', invalid: [where] };
}

/** The id that a request names at a path of what it says; undefined when there is none. */
export function namedId(body: unknown, path: string): string | undefined {
  const id = at(saidIn(body), path);
  return typeof id === 'string' && id.length <= 64 ? id.toLowerCase() : undefined;
}
