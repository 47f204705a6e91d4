import { createHash } from 'node:crypto';
import type { ApiRequest } from './pack.js';

/**
 * What tells the credentials of a request from others, and none of them: of its header Authorization, else of those
 * that its operation asks for. Undefined: it brings none.
 */
export function credentialsOf({
  operation,
  headers = {},
}: Pick<ApiRequest, 'operation' | 'headers'>): string | undefined {
  const { authorization } = headers;
  const named = operation.security.flat().filter((scheme) => scheme.in !== 'query');
  const names = named.map((scheme) => (scheme.in === 'cookie' ? 'cookie' : scheme.name));
  const values = [...new Set(names)].map((name) => headers[name.toLowerCase()] ?? '');
  const brought = authorization?.toString() ?? values.join('\n').trim();
  return brought === '' ? undefined : createHash('sha256').update(brought).digest('base64');
}
