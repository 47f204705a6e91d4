/** Names as they were sent, in their order; a name may come more than once. */
export type HeaderLines = readonly (readonly [name: string, value: string])[];

/**
 * RFC 9110 §7.6.1: these concern one connection only, together with those that `Connection` names.
 * `Trailer` goes too, since trailers are not passed on.
 */
const ONE_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** `['Name', 'value', …]`, as Node has them, in pairs. */
export function linesOf(raw: readonly string[]): HeaderLines {
  const lines: [string, string][] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) lines.push([raw[i] as string, raw[i + 1] as string]);
  return lines;
}

/** What may be passed on to the next hop. */
export function endToEnd(lines: HeaderLines): HeaderLines {
  const named = lines
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.toLowerCase().split(','))
    .map((option) => option.trim());
  const gone = new Set([...ONE_HOP, ...named]);
  return lines.filter(([name]) => !gone.has(name.toLowerCase()));
}

/**
 * Headers of a request for the upstream. No `Via` is added (RFC 9110 §7.6.3 asks gateways for one): the
 * system must say what it says when nothing stands in front of it.
 */
export function forUpstream(lines: HeaderLines, host: string) {
  const grouped: Record<string, string[]> = {};
  const names = new Map<string, string>();
  for (const [name, value] of endToEnd(lines)) {
    const key = name.toLowerCase();
    // Node has answered the client's `Expect: 100-continue` already.
    if (key === 'host' || key === 'expect') continue;
    const known = names.get(key) ?? name;
    names.set(key, known);
    grouped[known] = [...(grouped[known] ?? []), value];
  }
  return { Host: host, ...grouped };
}
