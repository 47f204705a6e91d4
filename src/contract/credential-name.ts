/**
 * Names under which credentials are sent, in any case of letters: `access_token`, `X-Api-Key`, `password`, `Cookie`.
 * The kind, the end or the place of a token is no secret, nor is the token that names a page of a list. Longer names
 * than these are none, so that no text takes a time that grows with the square of its length.
 */
export const CREDENTIAL_NAME =
  '(?!(?:next|prev|previous|page|start|skip|sync|continuation)[-_.]?(?:page)?[-_.]?token)[\\w.-]{0,60}(?:token|secret|passw|api[-_]?key|authorization|auth(?![\\w.-])|assertion|credential|cookie|psk|private[-_]?key|code_verifier)(?!\\w{0,60}(?:_type|_endpoint|_ur[il]|_expires|_method))[\\w.-]{0,60}';

const WHOLE = new RegExp(`^${CREDENTIAL_NAME}$`, 'i');
/** Names of headers and parameters are few, and asked for again and again. */
const known = new Map<string, boolean>();
/** A client may make up names without end. */
const MOST_NAMES = 1000;

export function isCredentialName(name: string): boolean {
  const before = known.get(name);
  if (before !== undefined) return before;
  if (known.size >= MOST_NAMES) known.clear();
  const found = WHOLE.test(name);
  known.set(name, found);
  return found;
}
