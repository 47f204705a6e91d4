/** A request's target, taken apart. */
export interface Address {
  /** Named in the path as `/~name/…`. */
  session: string | undefined;
  /** Path without the session and without the query. */
  path: string;
  /** With its question mark; empty when there is none. */
  query: string;
}

/** `/~worker-3/api/jobs/1?x=2` → session `worker-3`, path `/api/jobs/1`, query `?x=2`. */
export function readAddress(target: string): Address {
  // RFC 9112 §3.2.2: a client that believes it speaks to a proxy sends the whole address.
  const url = target.startsWith('/') ? target : target.replace(/^https?:\/\/[^/?]*/i, '');
  const mark = url.indexOf('?');
  const whole = mark === -1 ? url : url.slice(0, mark);
  const query = mark === -1 ? '' : url.slice(mark);
  if (!whole.startsWith('/~')) return { session: undefined, path: whole, query };
  const slash = whole.indexOf('/', 2);
  const session = slash === -1 ? whole.slice(2) : whole.slice(2, slash);
  return { session, path: slash === -1 ? '/' : behindTwice(whole.slice(slash), session), query };
}

/** A proxy that puts the session in front of every path does so with the links of our answers too. */
function behindTwice(path: string, session: string): string {
  const again = `/~${session}`;
  return path.startsWith(`${again}/`) ? path.slice(again.length) : path;
}

/** What stands in front of the contract's own path: the longest that fits; empty when nothing does. */
export function prefixOf(path: string, prefixes: readonly string[]): string {
  let found = '';
  for (const prefix of prefixes) {
    if (prefix.length > found.length && path.startsWith(`${prefix}/`)) found = prefix;
  }
  return found;
}

/** Query parameters; one that comes more than once is a list. */
export function readQuery(query: string): Record<string, unknown> {
  if (query === '') return {};
  const values: Record<string, unknown> = Object.create(null);
  for (const [name, value] of new URLSearchParams(query)) {
    const before = values[name];
    // A list grows in place: made anew for each value, some thousands of them would stop the loop.
    if (Array.isArray(before)) before.push(value);
    else values[name] = before === undefined ? value : [before, value];
  }
  return { ...values };
}
