import type { Exchange } from '../sandbox/journal.js';
import type { MachineMs } from '../time/moments.js';
import type { Call } from './call.js';

/** Finds some headers of requests; most requests of a client have the same, which are read once. */
export function headerReader(
  wanted: readonly string[],
): (request: Pick<Exchange, 'requestHeaders'>) => ReadonlyMap<string, string> {
  const known = new Map<string, ReadonlyMap<string, string>>();
  let text: string | undefined;
  let found: ReadonlyMap<string, string> = new Map();
  return ({ requestHeaders }) => {
    // Two texts are sooner compared than one is looked up.
    if (requestHeaders === text) return found;
    text = requestHeaders;
    const before = known.get(text);
    found = before ?? readHeaders(text, wanted);
    if (!before) known.set(text, found);
    return found;
  };
}

/** Values by names in small letters. */
function readHeaders(requestHeaders: string, wanted: readonly string[]): Map<string, string> {
  const lines = requestHeaders.split('\n');
  const found = new Map<string, string>();
  for (let i = 0; i + 1 < lines.length; i += 2) {
    const name = (lines[i] ?? '').toLowerCase();
    if (wanted.includes(name)) found.set(name, lines[i + 1] ?? '');
  }
  return found;
}

/** What carries credentials where the contract does not say it: a scenario may refuse them all the same. */
const USUAL: readonly string[] = ['authorization', 'cookie'];

/** Reads the credentials of requests, to be compared with {@link sameHeaders}. */
export function credentialReader(
  named: readonly string[],
): (request: Pick<Exchange, 'requestHeaders'>) => ReadonlyMap<string, string> {
  const read = headerReader(named.length > 0 ? named : USUAL);
  const known = new Map<ReadonlyMap<string, string>, ReadonlyMap<string, string>>();
  return (request) => {
    const sent = read(request);
    const before = known.get(sent);
    if (before) return before;
    const found = withIdentity(sent);
    known.set(sent, found);
    return found;
  };
}

/** The same headers, with what stays the same of a signature in the place of the signature. */
function withIdentity(sent: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const authorization = sent.get('authorization');
  if (authorization === undefined) return sent;
  const identity = identityOf(authorization);
  return identity === authorization ? sent : new Map(sent).set('authorization', identity);
}

/** Auth-params (RFC 9110 §11.2) that say whose key it is; all others of a signature are new with each request. */
const IDENTITY =
  /[\s,](Credential|keyId|id|username|oauth_consumer_key|oauth_token|nonce)="?([^",/\s]*)/gi;
/** Signatures behind the name of a key: AWS's second version, Azure's storage. */
const KEY_AND_SIGNATURE = /^(AWS|SharedKey|SharedKeyLite) ([^:\s]+):/i;

/**
 * What stays the same while a client has the same credentials. A signed request has another signature each time:
 * `AWS4-HMAC-SHA256 Credential=AKID/20260202/…, SignedHeaders=…, Signature=…` is known by `Credential=AKID`, an HTTP
 * signature by its keyId, Hawk by its id. The nonce of Digest is the server's: with a new one a 401 is rightly answered.
 */
function identityOf(authorization: string): string {
  const [scheme = ''] = authorization.split(' ', 1);
  if (/^(Bearer|Basic)$/i.test(scheme)) return authorization;
  const [, kind, key] = KEY_AND_SIGNATURE.exec(authorization) ?? [];
  if (key !== undefined) return `${kind} ${key}`;
  const isDigest = /^Digest$/i.test(scheme);
  const params = [...authorization.matchAll(IDENTITY)]
    .map(([, name = '', value]) => `${name.toLowerCase()}=${value}`)
    .filter((param) => isDigest || !param.startsWith('nonce='));
  return params.length > 0 ? `${scheme} ${params.join()}` : authorization;
}

/** Do two requests bring the same? */
export function sameHeaders(
  a: ReadonlyMap<string, string>,
  b: ReadonlyMap<string, string>,
): boolean {
  return a === b || (a.size === b.size && [...a].every(([name, value]) => b.get(name) === value));
}

/**
 * When its clients last came with new credentials after a 401 and were let in, by the machine's steady clock: who was
 * refused earlier than that could have gone on. Minus infinity: never. So it is for a client that has signed a token
 * for each request from the first one on: a new one then shows nothing.
 */
export function lastRenewal(calls: readonly Call[], credentials: readonly string[]): MachineMs {
  if (!calls.some(({ status }) => status === 401)) return Number.NEGATIVE_INFINITY;
  const read = credentialReader(credentials);
  // The reader gives one map for one text of headers: nearly every request is of those seen already.
  const texts = new Map<ReadonlyMap<string, string>, string>();
  const known = new Set<string>();
  let refusedUntil: MachineMs | undefined;
  let before = 0;
  let isAlwaysNew = true;
  let renewed = Number.NEGATIVE_INFINITY;
  for (const call of calls) {
    const { exchange } = call;
    const headers = read(exchange);
    const sent = texts.get(headers) ?? [...headers].sort().join('\n');
    texts.set(headers, sent);
    if (sent === '') continue;
    const isNew = !known.has(sent);
    known.add(sent);
    if (refusedUntil === undefined) {
      before += 1;
      isAlwaysNew &&= isNew;
      if (exchange.status === 401) refusedUntil = call.endedMono;
    } else if (isNew && call.startedMono >= refusedUntil && isLetIn(exchange)) {
      renewed = call.startedMono;
    }
  }
  return before > 1 && isAlwaysNew ? Number.NEGATIVE_INFINITY : renewed;
}

/** RFC 9110 §15.5.2: only 401 says that the credentials are no good; an answer that was lost says nothing. */
function isLetIn({ status }: Exchange): boolean {
  return status !== 0 && status !== 401;
}
