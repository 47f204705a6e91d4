import type { BusinessError, Refusal } from '../../sandbox/pack.js';

/** Code 1000: a composition is not there, when it is read (404) or within another operation. */
export const NOT_FOUND = '1000';

export function notFound(message = `${NOT_FOUND}: Composition not found`): Refusal {
  return { status: 404, type: 'not_found', message };
}

/** 400 for one place of the request. */
export function malformed(
  where: { entry: string; in?: 'body' | 'query' },
  rule: string,
  description: string,
  params: unknown[] = [],
): Refusal {
  const { entry, in: place = 'body' } = where;
  return {
    status: 400,
    message: description,
    invalid: [{ entry, entry_type: place, rules: [{ rule, description, params }] }],
  };
}

/** A failure without a code: the public pages name the rule, but no number for it. */
export function uncoded(message: string): BusinessError {
  return { code: '', message };
}
