import type { ExchangeView, SessionView } from '../../sandbox/control/views.js';
import { ask } from '../control.js';

/** A request that can be sent to the base URL of a session. */
export interface SampleRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/** What came back, as a client gets it. */
export interface Got {
  status: number;
  body: string;
  /** Where it sends its client. */
  location?: string;
}

/** What an example is to be about. */
export interface About {
  session: string;
  job?: string | undefined;
  /** Where several are served. */
  api?: string | undefined;
}

/** The contract's example of an operation, about what is there; with `job`, a poll of it. */
export function exampleOf(operation: string, { session, job, api }: About): Promise<SampleRequest> {
  const query = { session, ...(job === undefined ? {} : { job }), ...(api ? { api } : {}) };
  return ask<SampleRequest>('GET', ['examples', operation, 'request'], undefined, query);
}

/**
 * Sends a request as a client would: without the cookie by which the page has signed in.
 * @throws TypeError where no answer comes, because a fault is played
 */
export async function send(
  { name, url }: Pick<SessionView, 'name' | 'url'>,
  { method, path, headers, body }: SampleRequest,
): Promise<Got> {
  const answer = await fetch(ownAddress(url) + path, {
    method,
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'manual',
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !FORBIDDEN.test(name))),
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (answer.type === 'opaqueredirect') return redirected(name, method, path);
  return { status: answer.status, body: await answer.text() };
}

/** What a browser keeps from a page that does not follow it (Fetch §2.2.6): it stands in the journal. */
async function redirected(session: string, method: string, path: string): Promise<Got> {
  const asked = { limit: '20' };
  const { exchanges } = await ask<{ exchanges: ExchangeView[] }>(
    'GET',
    ['sessions', session, 'journal'],
    undefined,
    asked,
  );
  const found = exchanges.findLast((one) => one.method === method && one.path === path);
  const { status = 0, response } = found ?? {};
  const location = Object.entries(response?.headers ?? {}).find(([name]) =>
    /^location$/i.test(name),
  );
  return { status, body: response?.body ?? '', ...(location ? { location: location[1] } : {}) };
}

/** A page may ask its own origin alone; what the sandbox is called elsewhere is the same place. */
function ownAddress(base: string): string {
  const { pathname } = new URL(base);
  return location.origin + (pathname === '/' ? '' : pathname.replace(/\/$/, ''));
}

/** A client that waits for ever is no example. */
const PATIENCE = 30_000;

/** Browsers set it themselves (Fetch §2.2.2). */
const FORBIDDEN = /^cookie$/i;

/** JSON as people read it; anything else as it is. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
