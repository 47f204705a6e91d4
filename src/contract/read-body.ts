import type { Contract } from './contract.js';
import type { Breach, Operation } from './operation.js';
import { isForm, readForm, type SentBody } from './read-form.js';
import { isJson } from './validator.js';

/** What a request's body says. */
export type BodyRead =
  /** `breaches` undefined: the operation takes no body of this type. */
  | { value: unknown; breaches: Breach[] | undefined }
  /** It cannot be read at all; `rule` names what it breaks. */
  | { problem: string; rule: string };

/**
 * Reads a body by its media type, and holds it to the operation's schema of that type.
 * @param readJson the value of a text of JSON, or why it has none
 */
export function readBody(
  { document, validator }: Contract,
  operation: Operation,
  sent: SentBody,
  readJson: (text: string) => { value: unknown } | { problem: string; rule: string },
): BodyRead {
  const { mediaType, text } = sent;
  const schema = validator.schemaOfBody(operation, mediaType);
  if (isForm(mediaType) && schema) {
    const form = readForm(document, operation, schema, sent);
    if ('problem' in form) return { problem: `the body is no form: ${form.problem}`, rule: 'form' };
    const { value, breaches } = form;
    const unread = new Set(breaches.map(({ at }) => at));
    const others = validator.body(operation, mediaType, value) ?? [];
    return { value, breaches: [...breaches, ...others.filter(({ at }) => !unread.has(at))] };
  }
  const read = isJson(mediaType) ? readJson(text) : { value: text };
  if ('problem' in read) return read;
  const breaches = validator.body(operation, mediaType, read.value);
  return { value: read.value, breaches };
}
