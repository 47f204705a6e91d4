import type { SecurityScheme } from '../../contract/operation.js';
import type { Exchange } from '../../sandbox/journal.js';
import { type Call, wasLetIn } from '../call.js';
import { headerReader } from '../credentials.js';
import type { ApiFacts } from '../evidence.js';
import { formatCount } from '../format.js';
import type { Breach, Rule } from '../rule.js';
import { SOURCES } from './sources.js';

/** Query parameters that are made to carry secrets. */
const SECRET = /[?&](access_token|token|id_token|api[-_]?key|authorization|auth|secret|password)=/i;
/** Shorter values stand in a URL by chance. */
const LEAST = 8;

export const credentialsInHeaders: Rule = {
  name: 'credentials-in-headers',
  title: 'Every request carries its credentials in headers, and none in the URL',
  why: 'What stands in a URL ends up in logs, histories and referrers.',
  severity: 'error',
  sources: [SOURCES.bearer, SOURCES.platform],
  advice: 'send Authorization and api-key as headers of every request, polls and reads included',
  judge: ({ calls, api }) => {
    const names = new Set(api.credentials);
    for (const scheme of [...(api.security?.values() ?? [])].flat(2)) {
      if (scheme.in !== 'query') names.add(headerOf(scheme));
    }
    const read = headerReader([...names]);
    const missing = lackingReader(api, read);
    const without: Call[] = [];
    const open: Call[] = [];
    let asked = 0;
    for (const call of calls) {
      const { operation, exchange, hasQuery } = call;
      if (operation !== undefined) {
        asked += 1;
        if (missing(call).length > 0) without.push(call);
      }
      if (hasQuery && isInUrl(exchange.path, read(call), wantedBy(api, call))) open.push(call);
    }
    const breaches: Breach[] = [];
    if (without[0]) {
      const message = `${formatCount(without.length, 'request')} came without ${tell(missing(without[0]))}`;
      breaches.push({ message, calls: without });
    }
    if (open.length > 0) {
      const message = `${formatCount(open.length, 'request')} had credentials in the URL`;
      breaches.push({ message, calls: open });
    }
    const isTested = breaches.length > 0 || wasLetIn(calls);
    return { tested: isTested ? asked : 0, breaches, wanting: 'no request was let in' };
  },
};

type Lacking = readonly SecurityScheme[];
type Alternatives = readonly (readonly SecurityScheme[])[];

/** What the contract wants of a request; an operation that is open to all wants nothing. */
function wantedBy({ security, credentials }: ApiFacts, { operation = '' }: Call): Alternatives {
  const own = security?.get(operation);
  return own ?? [credentials.map((name) => ({ in: 'header' as const, name }))];
}

/** The same headers lack the same in each request for an operation, unless its query carries credentials too. */
function lackingReader(
  api: ApiFacts,
  read: ReturnType<typeof headerReader>,
): (call: Call) => readonly SecurityScheme[] {
  const known = new Map<string | undefined, Map<ReadonlyMap<string, string>, Lacking>>();
  return (call) => {
    const sent = read(call);
    const ofOperation = known.get(call.operation);
    const before = ofOperation?.get(sent);
    if (before) return before;
    const wanted = wantedBy(api, call);
    const found = lackingIn(wanted, call.exchange, sent);
    if (wanted.flat().some((scheme) => scheme.in === 'query')) return found;
    if (ofOperation) ofOperation.set(sent, found);
    else known.set(call.operation, new Map([[sent, found]]));
    return found;
  };
}

/** What is missing of the alternative that the request comes closest to. */
function lackingIn(
  alternatives: Alternatives,
  { path }: Exchange,
  sent: ReadonlyMap<string, string>,
): readonly SecurityScheme[] {
  let least: readonly SecurityScheme[] | undefined;
  for (const alternative of alternatives) {
    const lacking = alternative.filter((scheme) => !brings(scheme, path, sent));
    if (!least || lacking.length < least.length) least = lacking;
  }
  return least ?? [];
}

function brings(scheme: SecurityScheme, path: string, sent: ReadonlyMap<string, string>): boolean {
  if (scheme.in === 'query') return Boolean(new URLSearchParams(queryOf(path)).get(scheme.name));
  const value = sent.get(headerOf(scheme)) ?? '';
  if (scheme.in === 'header') return value.trim() !== '';
  // RFC 6265 §4.2.1: name=value, parted by semicolons.
  return value
    .split(/;\s*/)
    .some((pair) => pair.startsWith(`${scheme.name}=`) && pair.length > scheme.name.length + 1);
}

function headerOf({ in: place, name }: SecurityScheme): string {
  return place === 'cookie' ? 'cookie' : name.toLowerCase();
}

/** `the header authorization and api-key`, `the cookie sid`. */
function tell(lacking: readonly SecurityScheme[]): string {
  const words = { header: 'header', cookie: 'cookie', query: 'query parameter' };
  return (['header', 'cookie', 'query'] as const)
    .map((place) => [place, lacking.filter((scheme) => scheme.in === place)] as const)
    .filter(([, schemes]) => schemes.length > 0)
    .map(([place, schemes]) => {
      const names = schemes.map(({ name }) => (place === 'header' ? name.toLowerCase() : name));
      return `the ${words[place]} ${names.join(' and ')}`;
    })
    .join(' and ');
}

/** What the contract itself wants there may stand there. */
function isInUrl(path: string, sent: ReadonlyMap<string, string>, wanted: Alternatives): boolean {
  const allowed = wanted.flat().filter((scheme) => scheme.in === 'query');
  const query = queryOf(path)
    .split('&')
    .filter((pair) => !allowed.some(({ name }) => decode(pair.split('=', 1)[0] ?? '') === name))
    .join('&');
  if (SECRET.test(`?${query}`)) return true;
  const text = decode(query);
  return [...sent].flatMap(secretsIn).some((secret) => text.includes(secret));
}

/** `Bearer abc` → `abc`; each value of cookies. */
function secretsIn([header, value]: readonly [string, string]): string[] {
  const secrets =
    header === 'cookie'
      ? value.split(/;\s*/).map((pair) => pair.slice(pair.indexOf('=') + 1))
      : [value.split(' ').at(-1) ?? ''];
  return secrets.filter((secret) => secret.length >= LEAST);
}

function queryOf(path: string): string {
  const mark = path.indexOf('?');
  return mark === -1 ? '' : path.slice(mark + 1);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
