import { describe, expect, it } from 'vitest';
import { NUMBERS, STRINGS } from '../../src/contract/formats.js';
import { isMultipleOf } from '../../src/contract/multiple-of.js';
import { judge } from '../support/document.js';
import { fc } from '../support/seeded.js';

/** By format: what is one, and what is none. */
const CASES: Record<string, [good: string[], bad: string[]]> = {
  'date-time': [
    [
      '2025-03-03T00:00:01Z',
      '2025-03-03t00:00:01.5z',
      '2025-03-03T00:00:01+02:00',
      '2024-02-29T23:59:59-00:00',
      '1998-12-31T23:59:60Z',
      '1998-12-31T15:59:60.123-08:00',
      '2017-01-01T02:59:60+03:00',
    ],
    [
      '2025-03-03T00:00:01+0000',
      '2025-03-03 00:00:01Z',
      '2025-03-03T00:00:01',
      '2025-03-03T00:00Z',
      '2025-02-29T00:00:00Z',
      '2025-03-03T24:00:00Z',
      '2025-03-03T00:00:01+24:00',
      '1998-12-31T22:59:60Z',
      '2025-03-03T23:59:60Z',
      '2025-03-03',
      '٢٠٢٥-03-03T00:00:01Z',
    ],
  ],
  date: [
    ['2024-02-29', '2000-02-29'],
    ['1900-02-29', '2025-13-01', '2025-00-10', '2025-1-1', '20250101', '2025-01-01Z'],
  ],
  time: [
    ['00:00:00Z', '23:59:60Z', '08:30:06.283185+02:00', '01:29:60+01:30'],
    ['00:00:00', '00:00Z', '22:59:60Z', '08:30:06+0200', '24:00:00Z'],
  ],
  duration: [
    ['P1D', 'PT1H30M', 'P4Y1M12D', 'P4W', 'PT0S', 'P1Y2MT5S'],
    ['P', 'PT', 'P1', '1D', 'P1W2D', 'PT0.5S', 'PT1H2S', 'P1Y2D', 'P1DT'],
  ],
  uuid: [
    ['2eb8aa08-aa98-11ea-b4aa-73b441d16380', '2EB8AA08-AA98-11EA-B4AA-73B441D16380'],
    [
      '2eb8aa08aa9811eab4aa73b441d16380',
      'urn:uuid:2eb8aa08-aa98-11ea-b4aa-73b441d16380',
      '2eb8aa08-aa98-11ea-b4aa-73b441d1638',
    ],
  ],
  email: [
    [
      'joe@example.com',
      '"joe bloggs"@example.com',
      'te~st@example.com',
      'joe@[127.0.0.1]',
      'joe@[IPv6:::1]',
      'joe@localhost',
    ],
    [
      'joe',
      '.a@example.com',
      'a.@example.com',
      'a..b@example.com',
      '@example.com',
      'joe@-a.com',
      'joe@[127.0.0.300]',
      `${'a'.repeat(65)}@example.com`,
    ],
  ],
  hostname: [
    ['www.example.com', 'a', `${'a'.repeat(63)}.com`, 'xn--4gbwdl.xn--wgbh1c'],
    ['', '.', 'example.', '-a.com', 'a-.com', 'a_b.com', `${'a'.repeat(64)}.com`, 'a..b'],
  ],
  ipv4: [
    ['192.168.0.1', '0.0.0.0'],
    ['256.1.1.1', '1.2.3', '01.2.3.4', '1.2.3.4/24'],
  ],
  ipv6: [
    ['::1', '2001:db8::8a2e:370:7334', '::ffff:192.168.0.1'],
    ['fe80::1%eth0', '12345::', '1:2:3:4:5:6:7:8:9', ':2:3:4:5:6:7:8'],
  ],
  uri: [
    ['http://a.b/c?d=e#f', 'urn:isbn:1', 'mailto:a@b.c', 'http://[::1]:80/', 'tel:+1'],
    [
      '//a.b/c',
      '/a',
      'http:// a',
      'http://a/{b}',
      'http://a/"',
      'http://a/%zz',
      'http://[::1',
      ':a',
      'http://a:b/',
    ],
  ],
  'uri-reference': [
    ['/a', '//a.b', '?q', '#f', '', 'a%20b', 'http://a'],
    ['\\\\a', '#a\\b', 'a b', '1a:b', 'http://a/{b}'],
  ],
  'uri-template': [
    ['/jobs/{id}', '{?a,b*}', '{+path}/x', '{a.b:3}', ''],
    ['/jobs/{id', '/jobs/id}', '{}', '{a b}', '{a,}'],
  ],
  'json-pointer': [
    ['', '/a~0b/~1', '/'],
    ['a', '/~2', '#/a'],
  ],
  regex: [
    ['^a+$', '[\\p{L}]'],
    ['^(abc]', '\\a', '(?<'],
  ],
  byte: [
    ['', 'YQ==', 'YWI=', 'YWJj'],
    ['YQ=', 'Y', 'Y!==', 'YQ==\n', '!!!\nYWJj', 'YQ__'],
  ],
};

describe('a string of the format', () => {
  it.each(Object.entries(CASES))('%s is one as its own document says', (format, [good, bad]) => {
    const is = STRINGS[format] as (text: string) => boolean;
    expect(good.filter((text) => !is(text))).toEqual([]);
    expect(bad.filter((text) => is(text))).toEqual([]);
  });

  it('date-time or byte is refused in a body', () => {
    const schema = {
      properties: {
        at: { type: 'string', format: 'date-time' },
        of: { type: 'string', format: 'byte' },
      },
    };
    const { request } = judge({ schema });
    expect(request({ at: '2025-03-03 00:00:01Z', of: 'a\nYWJj' })).toEqual([
      '$.at format',
      '$.of format',
    ]);
  });

  it('of any kind is told from every text there is, without an error', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const is of Object.values(STRINGS)) expect(typeof is(text)).toBe('boolean');
      }),
    );
  });
});

describe('a number of the format', () => {
  it.each([
    ['int32', [2 ** 31 - 1, -(2 ** 31)], [2 ** 31, 1.5]],
    ['int64', [2 ** 53, -(2 ** 63)], [2 ** 64, 0.5]],
    ['float', [3.4e38, 0.1], [1e39]],
    ['double', [1e308], [Number.POSITIVE_INFINITY]],
    ['uint8', [0, 255], [-1, 256]],
  ] as const)('%s is what that type can hold', (format, good, bad) => {
    const is = NUMBERS[format] as (value: number) => boolean;
    expect([good.filter((n) => !is(n)), bad.filter((n) => is(n))]).toEqual([[], []]);
  });
});

describe('multipleOf', () => {
  it.each([
    [19.99, 0.01, true],
    [0.3, 0.1, true],
    [123456789012.34, 0.01, true],
    [1e308, 1e-8, true],
    [4.02, 0.01, true],
    [19.995, 0.01, false],
    [0.0075, 0.0001, true],
    [0.00751, 0.0001, false],
    [1e21, 7, false],
    [7e21, 7, true],
    [-19.99, 0.01, true],
    [10, 3, false],
  ])('%d of %d: %s', (value, step, is) => {
    expect(isMultipleOf(value, step)).toBe(is);
    const { request } = judge({ schema: { type: 'number', multipleOf: step } });
    expect(request(value)).toEqual(is ? [] : ['$ multipleOf']);
  });

  it('holds for every number of hundredths', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (cents) => {
        const text = `${Math.trunc(cents / 100)}.${String(Math.abs(cents % 100)).padStart(2, '0')}`;
        expect(isMultipleOf(Number(text), 0.01)).toBe(true);
      }),
    );
  });
});
