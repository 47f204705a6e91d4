import type { Exchange } from '../sandbox/journal.js';
import type { MachineMs } from '../time/moments.js';
import type { Call } from './call.js';

/** Finds some headers of requests; most requests of a client have the same, which are read once. */
export function headerReader(
  wanted: readonly string[],
): (exchange: Exchange) => ReadonlyMap<string, string> {
  const known = new Map<string, ReadonlyMap<string, string>>();
  return ({ requestHeaders }) => {
    const found = known.get(requestHeaders) ?? readHeaders(requestHeaders, wanted);
    known.set(requestHeaders, found);
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
): (exchange: Exchange) => ReadonlyMap<string, string> {
  return headerReader(named.length > 0 ? named : USUAL);
}

/** Do two requests bring the same? */
export function sameHeaders(
  a: ReadonlyMap<string, string>,
  b: ReadonlyMap<string, string>,
): boolean {
  return a.size === b.size && [...a].every(([name, value]) => b.get(name) === value);
}

/**
 * When its clients last came with credentials that no call had brought before, by the machine's steady clock:
 * who was refused earlier than that has had new ones. Minus infinity: they never changed.
 */
export function lastRenewal(calls: readonly Call[], credentials: readonly string[]): MachineMs {
  const read = credentialReader(credentials);
  // The reader gives one map for one text of headers: nearly every request is of those seen already.
  const seen = new Set<ReadonlyMap<string, string>>();
  const known = new Set<string>();
  let renewed = Number.NEGATIVE_INFINITY;
  for (const { exchange } of calls) {
    const headers = read(exchange);
    if (seen.has(headers)) continue;
    seen.add(headers);
    const sent = [...headers].sort().join('\n');
    if (sent === '' || known.has(sent)) continue;
    if (known.size > 0) renewed = exchange.startedMono;
    known.add(sent);
  }
  return renewed;
}
