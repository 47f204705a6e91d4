import type { AnswerTemplate } from '../contract/binding.js';
import { namesIn } from '../contract/template.js';

/**
 * What makes answers alike to a contract: the same text of a binding or a scenario in the same envelope,
 * filled with values of the same kinds. One check holds for all answers of one form.
 */
export interface AnswerForm {
  /** What the answer is made from. */
  of: object;
  envelope: string;
}

/** Places whose values the sandbox makes itself, always of one kind: ids of one form, moments, states. */
const OF_ONE_KIND = [
  'job', 'state', 'eta', 'retryAfter', 'now', 'createdAt', 'startedAt', 'endedAt', 'doneAt', 'expiresAt',
  'progress', 'polls',
  'error',
]; // biome-ignore format: reads as one list

const known = new WeakMap<AnswerTemplate, boolean>();

/**
 * Are all answers of this template alike? Not where it shows what clients have sent: a resource, a link
 * with parameters of their paths.
 */
export function isOfOneForm(template: AnswerTemplate): boolean {
  let found = known.get(template);
  if (found === undefined) {
    const sources = [template.data, ...Object.values(template.headers)].map((part) => part?.source);
    found = sources
      .flatMap(namesIn)
      .every((name) => OF_ONE_KIND.includes(name.split('.', 1)[0] as string));
    known.set(template, found);
  }
  return found;
}
