import type { Invalid } from '../sandbox/pack.js';

/** One place of a body, or of a document in it, and what is wrong there. */
export function invalid(
  entry: string,
  rule: string,
  description: string,
  params: unknown[] = [],
): Invalid {
  return { entry, entry_type: 'body', rules: [{ rule, description, params }] };
}
