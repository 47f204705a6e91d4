import type { Refusal } from './pack.js';

/** A refusal in one line: what it says and, where that leaves it open, the first thing that is wrong. */
export function describeRefusal(message: string, { invalid = [] }: Refusal): string {
  const [first] = invalid;
  const [rule] = first?.rules ?? [];
  if (!first || !rule || message.includes(rule.description)) return message;
  const more = invalid.length > 1 ? `, and ${invalid.length - 1} more` : '';
  return `${message}: ${first.entry} ${rule.description}${more}`;
}
