import { describe, expect, it } from 'vitest';
import { compileTemplate, namesIn } from '../../src/contract/template.js';
import { unfill } from '../../src/contract/unfill.js';

const fill = (value: unknown, scope: Record<string, unknown>) => compileTemplate(value)(scope);

describe('a template', () => {
  it.each([
    ['{n}', 7],
    ['{list}', [1, 2]],
    ['{nothing}', null],
    ['{deep.inner.name}', 'x'],
    ['jobs/{n}', 'jobs/7'],
    ['{n}{n}', '77'],
    ['{{n}}', '{n}'],
    ['{{{n}}}', '{7}'],
    ['{missing}/x', '/x'],
    ['{ n }', '{ n }'],
    ['{1}', '{1}'],
  ])('fills %s', (text, expected) => {
    const scope = { n: 7, list: [1, 2], nothing: null, deep: { inner: { name: 'x' } } };
    expect(fill(text, scope)).toEqual(expected);
  });

  it('leaves a key or an item out whose place stands alone and is undefined', () => {
    expect(fill({ a: '{gone}', b: ['{gone}', 1], c: { d: '{gone}' } }, {})).toEqual({
      b: [1],
      c: {},
    });
  });

  it('leaves other values as they are, and fills anew each time', () => {
    const template = compileTemplate({ a: 1, b: true, c: null, d: '{n}' });
    expect([template({ n: 1 }), template({ n: 2 })]).toEqual([
      { a: 1, b: true, c: null, d: 1 },
      { a: 1, b: true, c: null, d: 2 },
    ]);
  });

  it.each([
    ['{header.X-Request-Id}', 'r'],
    ['{header.x-request-id}', 'r'],
    ['{query.page-size}', 5],
    ['{body.a-b.c-d.1}', 'second'],
    ['{eta.epoch}', 1770033602],
    ['{eta.ms}', 1770033601500],
    ['{eta.http}', 'Mon, 02 Feb 2026 12:00:02 GMT'],
    ['{eta.iso}', '2026-02-02T12:00:01.500Z'],
    ['{now.epoch}', 1770033601],
    ['{now.http}', 'Mon, 02 Feb 2026 12:00:01 GMT'],
    ['{endedAt.epoch}', undefined],
    ['at {eta.epoch}', 'at 1770033602'],
    ['{progress.fraction}', 0.25],
    ['{a-b}', '{a-b}'],
  ])('fills what has a form of its own: %s', (text, expected) => {
    const scope = {
      header: { 'x-request-id': 'r' },
      query: { 'page-size': 5 },
      body: { 'a-b': { 'c-d': ['first', 'second'] } },
      eta: '2026-02-02T12:00:01.500Z',
      now: '2026-02-02T12:00:01.999Z',
      progressFraction: 0.25,
    };
    expect(fill(text, scope)).toEqual(expected);
  });

  it.each([
    ['{origin}{api}/jobs/{job}', 'http://h/v1/jobs/a%2Fb%20c'],
    ['/jobs/{job}?of={path.team}&v={query.v}', '/jobs/a%2Fb%20c?of=r%26d&v=%3F'],
    ['https://x.example/{job}', 'https://x.example/a%2Fb%20c'],
    ['job {job} of /{path.team}', 'job a/b c of /r&d'],
    ['{job}', 'a/b c'],
    ['/{resource.href}', '/x/y'],
  ])('encodes what stands in an address: %s', (text, expected) => {
    const scope = {
      job: 'a/b c',
      path: { team: 'r&d' },
      query: { v: '?' },
      origin: 'http://h',
      api: '/v1',
      resource: { href: 'x/y' },
    };
    expect(fill(text, scope)).toBe(expected);
    if (text !== '{job}')
      expect(unfill(text, expected)?.places.get('job') ?? 'a/b c').toBe('a/b c');
  });

  it('tells the names of its places, wherever they stand', () => {
    expect(namesIn({ a: ['{x}', { b: 'n {y.z} {{w}}' }] })).toEqual(['x', 'y.z']);
  });
});
