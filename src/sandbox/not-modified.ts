import type { Answer } from './answer.js';

/**
 * RFC 9110 §13.1.2: a GET whose `If-None-Match` names the answer's own ETag is told that nothing has changed. Tags are
 * compared weakly (§8.8.3.2): `W/"1"` and `"1"` name the same.
 * @param asked the request's header
 */
export function isUnchanged(answer: Answer, asked: string | string[] | undefined): boolean {
  if (answer.status !== 200 || asked === undefined) return false;
  const tag = headerOf(answer, 'etag');
  return tag !== undefined && namesTag(asked, tag, 'weak');
}

/**
 * Does a list of tags, such as `If-Match` brings, name this one?
 * @param how RFC 9110 §8.8.3.2: compared strongly, weak tags name nothing
 */
export function namesTag(
  asked: string | readonly string[],
  tag: string,
  how: 'weak' | 'strong',
): boolean {
  const list = String(asked);
  const named = list.match(/\*|(?:W\/)?"[^"]*"/g) ?? [list.trim()];
  if (named.includes('*')) return true;
  return how === 'strong' ? named.includes(tag) : named.map(opaque).includes(opaque(tag));
}

/** RFC 9110 §15.4.5: the same headers without the body, and without what describes it. */
export function notModified({ headers }: Answer): Answer {
  const kept = Object.entries(headers).filter(([name]) => !/^content-(type|encoding)$/i.test(name));
  return {
    status: 304,
    headers: Object.fromEntries(kept),
    body: '',
    mediaType: '',
    source: undefined,
  };
}

function opaque(tag: string): string {
  return tag.replace(/^W\//, '');
}

function headerOf({ headers }: Answer, wanted: string): string | undefined {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1];
}
