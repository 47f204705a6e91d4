import { describe, expect, it } from 'vitest';
import type { ApiFacts } from '../../src/audit/evidence.js';
import { judge } from '../../src/audit/judge.js';
import type { SecurityScheme } from '../../src/contract/operation.js';
import { evidence, poll, read } from '../support/evidence.js';
import { ruleOf } from './play.js';

const BEARER: SecurityScheme = { in: 'header', name: 'Authorization', prefix: 'Bearer' };
const KEY: SecurityScheme = { in: 'header', name: 'api-key' };
const COOKIE: SecurityScheme = { in: 'cookie', name: 'sid' };
const QUERY: SecurityScheme = { in: 'query', name: 'api_key' };

/** What the rule says of a poll with these headers and this query, against what the contract wants. */
function said(security: SecurityScheme[][], headers: Record<string, string>, query = '') {
  const requestHeaders = Object.entries(headers).flat().join('\n');
  const path = `/api/jobs/a${query}`;
  const api: ApiFacts = {
    ...evidence([]).api,
    credentials: ['authorization', 'api-key', 'cookie'],
    security: new Map([
      ['report', security],
      ['read', []],
    ]),
  };
  const exchanges = [poll('a', { path, requestHeaders }), read('/api/health')];
  const { outcome, findings } = ruleOf(
    judge(evidence(exchanges, { api })),
    'credentials-in-headers',
  );
  return findings.length > 0 ? findings.map(({ message }) => message) : outcome;
}

const auth = { Authorization: 'Bearer secret-token' };

describe('credentials-in-headers, by what the contract wants of each operation', () => {
  it.each([
    ['both headers', [[BEARER, KEY]], { ...auth, 'API-Key': 'k' }, 'passed'],
    ['one of two', [[BEARER, KEY]], auth, ['1 request came without the header api-key']],
    [
      'none of two',
      [[BEARER, KEY]],
      {},
      ['1 request came without the header authorization and api-key'],
    ],
    ['the second alternative', [[KEY], [BEARER]], auth, 'passed'],
    ['no alternative', [[KEY], [BEARER]], {}, ['1 request came without the header api-key']],
    ['a cookie', [[COOKIE]], { Cookie: 'lang=uk; sid=s-123' }, 'passed'],
    [
      'another cookie',
      [[COOKIE]],
      { Cookie: 'lang=uk; xsid=1' },
      ['1 request came without the cookie sid'],
    ],
    [
      'a cookie and no key',
      [[COOKIE, KEY]],
      { Cookie: 'lang=uk' },
      ['1 request came without the header api-key and the cookie sid'],
    ],
    ['nothing where nothing is wanted', [], {}, 'passed'],
  ] as const)('of a request with %s', (_, security, headers, expected) => {
    expect(
      said(
        security.map((each) => [...each]),
        headers as Record<string, string>,
      ),
    ).toEqual(expected);
  });

  it('lets stand in the URL what the contract wants there, and nothing else', () => {
    expect(said([[QUERY]], {}, '?api_key=k-123456789')).toBe('passed');
    expect(said([[QUERY]], {})).toEqual(['1 request came without the query parameter api_key']);
    expect(said([[BEARER]], auth, '?api_key=k-123456789')).toEqual([
      '1 request had credentials in the URL',
    ]);
    expect(said([[QUERY]], {}, '?api_key=k-123456789&token=t')).toEqual([
      '1 request had credentials in the URL',
    ]);
  });

  it('finds the value of a header or of a cookie in the URL, under whatever name', () => {
    expect(said([[BEARER]], auth, '?t=secret%2Dtoken')).toEqual([
      '1 request had credentials in the URL',
    ]);
    expect(said([[COOKIE]], { Cookie: 'sid=secret-sid' }, '?s=secret-sid')).toEqual([
      '1 request had credentials in the URL',
    ]);
  });
});
