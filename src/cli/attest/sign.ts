import type { Statement } from '../../report/statement.js';
import { ALGORITHM, readKey } from './keys.js';

/** Says that a payload is a statement of ours: RFC 7515 §4.1.9. */
export const TYPE = 'esoz-attestation+json';

/** A statement as a JWS in its compact form. @throws UsageError for a key that cannot be used */
export async function signStatement(statement: Statement, keyFile: string): Promise<string> {
  const { key, thumbprint } = await readKey(keyFile, 'sign');
  const { CompactSign } = await import('jose');
  return new CompactSign(new TextEncoder().encode(JSON.stringify(statement)))
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: thumbprint })
    .sign(key);
}
