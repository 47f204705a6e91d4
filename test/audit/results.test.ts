import { describe, expect, it } from 'vitest';
import type { ApiFacts } from '../../src/audit/evidence.js';
import { readHistory } from '../../src/audit/history.js';
import { judge } from '../../src/audit/judge.js';
import { linksOf, targetOf } from '../../src/audit/links.js';
import type { Exchange } from '../../src/sandbox/journal.js';
import { done, evidence, failed, poll, read, submission } from '../support/evidence.js';
import { ruleOf } from './play.js';

const PREFIXES = ['', '/api'];
const HOST = { requestHeaders: 'Host\n127.0.0.1:4010' };

/** What a rule says of a client that polls a job to its end and then reads. */
function said(
  rule: string,
  result: ApiFacts['result'],
  end: Partial<Exchange>,
  ...reads: Exchange[]
) {
  const exchanges = [submission('a'), poll('a', { at: 1000, ...HOST, ...end }), ...reads];
  const api = { ...evidence([]).api, result, prefixes: PREFIXES };
  const { outcome, findings } = ruleOf(judge(evidence(exchanges, { api })), rule);
  return findings[0]?.message ?? outcome;
}

const leading = (href: string): Partial<Exchange> => ({
  ...done,
  responseBody: JSON.stringify({ status: 'DONE', links: [{ href }] }),
});
const get = (path: string, more: Partial<Exchange> = {}) =>
  read(path, { at: 2000, ...HOST, ...more });

describe('a result inside the answer that says that the job is done', () => {
  const end = { ...done, responseBody: '{"status": "DONE", "text": "thing"}' };

  it('leaves nothing to be read', () => {
    expect(said('reads-the-result', 'inline', end)).toBe('not exercised');
    expect(said('no-result-on-failure', 'inline', failed)).toBe('not exercised');
  });

  it('is what it was before where the binding says nothing', () => {
    expect(said('reads-the-result', undefined, end)).toMatch(/neither searched for nor read$/);
  });
});

describe('a result behind a link', () => {
  it.each([
    ['rooted', '/files/77', '/files/77'],
    ['rooted, below the prefix', '/api/files/77', '/api/files/77'],
    ['rooted, joined with a base that has the prefix', '/files/77', '/api/files/77'],
    ['absolute', 'http://127.0.0.1:4010/api/files/77', '/api/files/77'],
    ['absolute, of a session', 'http://127.0.0.1:4010/~own/api/files/77', '/api/files/77'],
    ['with a query', '/files/77?sig=a%20b&x=1', '/files/77?sig=a%20b&x=1'],
    ['relative to the poll', '../files/77', '/api/files/77'],
    ['relative to the root of the API', 'files/77', '/api/files/77'],
    ['relative, a name alone', 'result', '/api/jobs/result'],
    ['a query alone', '?part=result', '/api/jobs/a?part=result'],
  ])('is read by following one that is %s', (_, href, path) => {
    expect(said('reads-the-result', 'link', leading(href), get(path))).toBe('passed');
    expect(said('reads-the-result', undefined, leading(href), get(path))).toBe('passed');
  });

  it('is read by following Location, and a Link header', () => {
    for (const [name, value] of [
      ['Location', '/api/files/77'],
      ['link', '</api/files/77>; rel="result"'],
    ] as const) {
      const end = { ...done, status: 303, responseHeaders: { [name]: value } };
      expect(said('reads-the-result', 'link', end, get('/api/files/77'))).toBe('passed');
    }
  });

  it('is read although this server has nothing at that place', () => {
    const none = get('/files/77', { status: 404, operation: undefined });
    expect(said('reads-the-result', 'link', leading('/files/77'), none)).toBe('passed');
  });

  it('is not read by another query, by a path of one’s own, without credentials, or too early', () => {
    const end = leading('/files/77?sig=1');
    expect(said('reads-the-result', 'link', end)).toBe(
      'the job was DONE and its result was never read',
    );
    expect(said('reads-the-result', 'link', end, get('/files/77'))).toMatch(/never read$/);
    expect(said('reads-the-result', 'link', end, get('/api/things/thing-of-a'))).toBe(
      'the result was asked for by /api/things/thing-of-a (200), and not by the link of the final answer',
    );
    const bare = get('/files/77?sig=1', { status: 401 });
    expect(said('reads-the-result', 'link', end, bare)).toMatch(/\(401\), and not/);
    expect(said('reads-the-result', 'link', end, get('/files/77?sig=1', { at: 10 }))).toMatch(
      /never read$/,
    );
  });

  it('cannot be judged when it lies on another server', () => {
    const end = leading('https://files.example.org/77');
    expect(said('reads-the-result', 'link', end)).toBe('not exercised');
  });

  it('counts as read, without the binding’s word, only where the link leads to something', () => {
    const none = get('/files/77', { status: 404 });
    expect(said('reads-the-result', undefined, leading('/files/77'), none)).not.toBe('passed');
  });
});

describe('the links of an answer', () => {
  const [end] = readHistory(
    evidence([
      poll('a', {
        ...HOST,
        responseBody: JSON.stringify({
          status: 'DONE',
          type: 'application/json',
          self: '/api/jobs/a',
          _links: { output: { href: 'https://files.example.org/77' } },
        }),
      }),
    ]),
  ).calls;
  if (!end) throw new Error('no call');

  it('are no words, no media types, and not the poll itself', () => {
    const { here, elsewhere } = linksOf(end, PREFIXES);
    expect([...here]).toEqual(['/77']);
    expect(elsewhere).toBe(true);
  });

  it('are the same with and without session, prefix and escapes', () => {
    expect(targetOf('/~x/api/a b?q', PREFIXES)).toBe(targetOf('/a%20b?q', PREFIXES));
    expect(targetOf('/apidocs/1', PREFIXES)).toBe('/apidocs/1');
  });
});

describe('no-result-on-failure', () => {
  const missing = (path: string, status = 404) => get(path, { status });

  it.each([
    '/api/things/undefined',
    '/api/things/None?x=1',
    '/api/things/',
    '/api/things//parts',
    '/api/things/%7Bid%7D',
    '/api/things/a',
    '/api/things/thing-of-a',
  ])('is broken by a read of %s', (path) => {
    expect(said('no-result-on-failure', undefined, failed, missing(path))).toMatch(
      /^the job was FAILED, and yet a result was asked for/,
    );
  });

  it.each([
    '/api/patients/p-77',
    '/favicon.ico',
    '/',
    '/api/things/other',
  ])('is kept by a read of %s, which is not of this job', (path) => {
    expect(said('no-result-on-failure', undefined, failed, missing(path))).toBe('passed');
  });
});
