import type { Call } from '../call.js';
import { headerReader } from '../credentials.js';
import { formatCount } from '../format.js';
import type { Breach, Rule } from '../rule.js';
import { SOURCES } from './sources.js';

/** Query parameters that are made to carry secrets. */
const SECRET = /[?&](access_token|token|id_token|api[-_]?key|authorization|auth|secret|password)=/i;
/** Shorter values stand in a path by chance. */
const LEAST = 8;

export const credentialsInHeaders: Rule = {
  name: 'credentials-in-headers',
  title: 'Every request carries its credentials in headers, and none in the URL',
  why: 'What stands in a URL ends up in logs, histories and referrers.',
  severity: 'error',
  sources: [SOURCES.bearer, SOURCES.platform],
  advice: 'send Authorization and api-key as headers of every request, polls and reads included',
  judge: ({ calls, api: { credentials } }) => {
    const read = headerReader(credentials);
    const missing = ({ exchange }: Call) =>
      credentials.filter((name) => !read(exchange).get(name)?.trim());
    const asked = calls.filter(({ exchange }) => exchange.operation !== undefined);
    const without = asked.filter((call) => missing(call).length > 0);
    const open = calls.filter(({ exchange }) => isInUrl(exchange.path, read(exchange)));
    const breaches: Breach[] = [];
    if (without[0]) {
      const names = missing(without[0]).join(' and ');
      const message = `${formatCount(without.length, 'request')} came without the header ${names}`;
      breaches.push({ message, calls: without });
    }
    if (open.length > 0) {
      const message = `${formatCount(open.length, 'request')} had credentials in the URL`;
      breaches.push({ message, calls: open });
    }
    return { tested: asked.length, breaches, wanting: 'no request came' };
  },
};

function isInUrl(path: string, sent: ReadonlyMap<string, string>): boolean {
  if (!path.includes('?')) return false;
  if (SECRET.test(path)) return true;
  return [...sent.values()]
    .map((value) => value.split(' ').at(-1) ?? '')
    .some((secret) => secret.length >= LEAST && decode(path).includes(secret));
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
