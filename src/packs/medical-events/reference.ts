import { at, type Json } from '../../contract/json.js';

/** Names another resource, in the wrapper that this API uses. */
export function reference(code: string, value: string): Json {
  const type = { coding: [{ system: 'eHealth/resources', code }] };
  return { identifier: { type, value } };
}

/** The id that a reference names, in small letters. */
export function target(document: unknown, path: string): string {
  return String(at(document, `${path}.identifier.value`) ?? '').toLowerCase();
}
