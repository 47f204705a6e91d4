import type { Contract } from './contract.js';
import { holdsBigNumbers, readAsText, readExact } from './exact-json.js';
import { isJson } from './media-type.js';
import type { Breach, Operation } from './operation.js';
import { isForm, readForm, type SentBody } from './read-form.js';

/** What a request's body says. */
export type BodyRead =
  /** `breaches` undefined: the operation takes no body of this type. */
  | { value: unknown; breaches: Breach[] | undefined }
  /** It cannot be read at all; `rule` names what it breaks. */
  | { problem: string; rule: string };

/** A text's value, or why it has none; `long`: there may be whole numbers in it that a double rounds. */
type JsonRead = { value: unknown; long: boolean } | { problem: string; rule: string };

/**
 * Reads a body by its media type, and holds it to the operation's schema of that type.
 * @param readJson the value of a text of JSON, or why it has none
 */
export function readBody(
  { document, validator }: Contract,
  operation: Operation,
  sent: SentBody,
  readJson: (text: string) => JsonRead,
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
  const read: JsonRead = isJson(mediaType) ? readJson(text) : { value: text, long: false };
  if ('problem' in read) return read;
  if (read.long && holdsBigNumbers(text)) {
    const breaches = validator.body(operation, mediaType, readExact(text), true);
    return { value: readAsText(text), breaches };
  }
  const breaches = validator.body(operation, mediaType, read.value);
  return { value: read.value, breaches };
}
