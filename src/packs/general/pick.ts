import { isObject, type Json } from '../../contract/json.js';

/** These fields of a document, as far as it has them. */
export function pick(document: unknown, fields: readonly string[]): Json {
  if (!isObject(document)) return {};
  return Object.fromEntries(
    fields.flatMap((field) => (document[field] === undefined ? [] : [[field, document[field]]])),
  );
}
