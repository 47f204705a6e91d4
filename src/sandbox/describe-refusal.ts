import type { Binding } from '../contract/binding.js';
import type { Refusal } from './pack.js';
import { refusalMessage } from './render.js';

/** A refusal in one line: what it says and, where that leaves it open, the first thing that is wrong. */
export function describeRefusal(binding: Binding, refusal: Refusal): string {
  const message = refusalMessage(binding, refusal);
  const { invalid = [] } = refusal;
  const [first] = invalid;
  const [rule] = first?.rules ?? [];
  if (!first || !rule || message.includes(rule.description)) return message;
  const more = invalid.length > 1 ? `, and ${invalid.length - 1} more` : '';
  return `${message}: ${first.entry} ${rule.description}${more}`;
}
