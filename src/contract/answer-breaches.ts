import { mediaTypeOf } from './media-type.js';
import type { Breach, Operation } from './operation.js';
import { answerOf, type Validator } from './validator.js';

/** RFC 9110 §9.3.2, §15.3.5, §15.3.6, §15.4.5: answers that have no content, whatever a contract shows of it. */
export function hasNoBody(method: string, status: number): boolean {
  return method === 'HEAD' || status === 204 || status === 205 || status === 304;
}

/** What an answer does not keep of the contract; one without content need only be documented. */
export function answerBreaches(
  validator: Validator,
  operation: Operation,
  status: number,
  contentType: string,
  value: unknown,
): Breach[] {
  if (hasNoBody(operation.method, status) && answerOf(operation, status)) return [];
  return validator.answer(operation, status, mediaTypeOf(contentType), value);
}
