import { CREDENTIAL_NAME, isCredentialName } from '../contract/credential-name.js';
import { maskValue } from './masking.js';

const IN_JSON = new RegExp(
  `"(${CREDENTIAL_NAME})"(\\s*:\\s*)"([^"\\\\]*(?:\\\\.[^"\\\\]*)*)("?)`,
  'gi',
);
const IN_FORM = new RegExp(`(^|[&?])(${CREDENTIAL_NAME}|code)=([^&#]*)`, 'gi');

/**
 * Texts without a blank: long ones may be tokens where these are handed out; a UUID only names something. Their
 * length is asked for after the match: `{20,}` would remember every character that it passes.
 */
const WORD = /"([\w.~+/=-]+)(?=")/g;
const LONG = 20;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const HANDS_OUT = /token|oauth|login|session|auth/i;

/**
 * A body of a real system as the journal keeps it: the values of what is named like a credential show their first
 * characters only. Works on a text that was cut, too.
 * @param path of the request: where tokens are handed out, every long word may be one
 */
export function maskSecrets(text: string, path: string, answer: boolean): string {
  const named = text
    .replace(IN_JSON, (_, name, colon, value, end) => `"${name}"${colon}"${maskValue(value)}${end}`)
    .replace(/^[^\s{<[]*$/, (form) => maskQuery(form));
  if (!answer || !HANDS_OUT.test(path)) return named;
  return named.replace(WORD, (whole, value) =>
    value.length < LONG || UUID.test(value) ? whole : `"${maskValue(value)}`,
  );
}

/** `?access_token=abc…`, and the body of a form. */
export function maskQuery(query: string): string {
  return query.replace(IN_FORM, (_, before, name, value) => `${before}${name}=${maskValue(value)}`);
}

/** The value of a header, as people may see it; of a cookie the name may be read. */
export function maskHeader(name: string, value: string): string {
  if (!isCredentialName(name)) return value;
  const [, cookie, rest] = /cookie/i.test(name) ? (/^([^=;]*=)([^;]*)/.exec(value) ?? []) : [];
  if (cookie === undefined || rest === undefined) return maskValue(value);
  return cookie + maskValue(rest) + value.slice(cookie.length + rest.length);
}
