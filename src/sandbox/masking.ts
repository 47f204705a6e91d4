import type { Contract } from '../contract/contract.js';
import { CREDENTIAL_NAME, isCredentialName } from '../contract/credential-name.js';
import { literal } from '../contract/literal.js';
import type { Secrets } from '../contract/secrets.js';

/** Takes credentials out of what people get to see of an exchange. */
export interface Masking {
  /**
   * Headers of a request: secrets by their first characters only, equal ones stay recognisable.
   * @param lines names and values in turn, a line each, as the journal keeps them
   */
  headers(lines: string): Record<string, string>;
  /** Headers of an answer. */
  answer(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
  /** A text that may hold addresses: credentials in their queries. */
  text(text: string): string;
  /**
   * Every text of a value.
   * @param queries some request had a query, so that a credential may be told although the contract names none in one
   */
  all<T>(value: T, queries: boolean): T;
}

/** What any of several contracts calls credentials is masked for all. */
export function maskingFor(apis: readonly { contract: Pick<Contract, 'secrets'> }[]): Masking {
  const every = (of: (secrets: Secrets) => ReadonlySet<string>) =>
    new Set(apis.flatMap(({ contract }) => [...of(contract.secrets)]));
  return makeMasking({
    headers: every(({ headers }) => headers),
    query: every(({ query }) => query),
    cookies: every(({ cookies }) => cookies),
  });
}

const NONE: Secrets = { headers: new Set(), query: new Set(), cookies: new Set() };

/** @param secrets what the contract calls credentials */
export function makeMasking(secrets: Secrets = NONE): Masking {
  const isSecret = (name: string) => isCredentialName(name) || secrets.headers.has(name);
  const text = textMasking(secrets.query);
  const all = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(all);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, all(inner)]));
  };
  return {
    headers: (lines) => {
      const raw = lines.split('\n');
      const headers: Record<string, string> = {};
      for (let i = 0; i < raw.length; i += 2) {
        const name = (raw[i] ?? '').toLowerCase();
        const value = raw[i + 1] ?? '';
        if (name === '__proto__') continue;
        headers[name] = isSecret(name) ? maskValue(value) : text(value);
      }
      return headers;
    },
    answer: (headers) => {
      if (secrets.query.size === 0 && secrets.cookies.size === 0) return headers;
      const shown = Object.entries(headers).map(([name, value]) => {
        const cookie =
          /^set-cookie$/i.test(name) && secrets.cookies.has(value.split('=', 1)[0] ?? '');
        return [name, cookie ? maskCookie(value) : text(value)];
      });
      return Object.fromEntries(shown);
    },
    text,
    all: (value, queries) =>
      queries || secrets.query.size > 0 ? (all(value) as typeof value) : value,
  };
}

/** `?key=abcdefgh` becomes `?key=abcd… (8 characters)`, wherever in a text it stands. */
function textMasking(names: ReadonlySet<string>): Masking['text'] {
  const own = [...names, ...[...names].map(encodeURIComponent)].map(literal);
  const name = [...own, CREDENTIAL_NAME].join('|');
  const pair = new RegExp(`([?&;](?:${name})=)([^&\\s"'<>\\\\#]+)`, 'gi');
  const mask = (whole: string, sign: string, secret: string) =>
    secret.endsWith('…') ? whole : sign + maskValue(secret);
  return (text) => (text.includes('=') ? text.replace(pair, mask) : text);
}

function maskCookie(value: string): string {
  const sign = value.indexOf('=') + 1;
  const end = value.indexOf(';');
  const secret = value.slice(sign, end === -1 ? undefined : end);
  return value.slice(0, sign) + maskValue(secret) + (end === -1 ? '' : value.slice(end));
}

const MASKED = /… \(\d+ characters?\)$/;

/** Its first characters, and how long it is; what is masked already stays so. */
export function maskValue(value: string): string {
  if (MASKED.test(value)) return value;
  const space = value.indexOf(' ') + 1;
  const shown = value.slice(0, Math.min(space + 4, Math.floor((value.length + space) / 2)));
  const { length } = value;
  return length === 0 ? '' : `${shown}… (${length} ${length === 1 ? 'character' : 'characters'})`;
}
