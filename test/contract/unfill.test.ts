import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../../src/contract/template.js';
import { pathsIn, unfill } from '../../src/contract/unfill.js';
import { fc } from '../support/seeded.js';

const placesOf = (source: unknown, value: unknown) => {
  const read = unfill(source, value);
  return read && Object.fromEntries(read.places);
};

describe('unfilling a template', () => {
  it('finds what its places stand for', () => {
    const source = { id: '{job}', links: [{ href: '/api/{patient}/jobs/{job}?at={now}' }], n: 5 };
    const value = { id: 'j1', links: [{ href: '/api/p/jobs/j1?at=noon' }], n: 5 };
    expect(placesOf(source, value)).toEqual({ job: 'j1', patient: 'p', now: 'noon' });
  });

  it('wants a place that stands twice to say the same twice', () => {
    expect(placesOf({ a: '{x}', b: 'is {x}' }, { a: '1', b: 'is 2' })).toBeUndefined();
  });

  it('lets a place that is a value alone be left out, and nothing else', () => {
    expect(placesOf({ a: '{x}' }, {})).toEqual({ x: undefined });
    expect(placesOf({ a: 'x: {x}' }, {})).toBeUndefined();
    expect(placesOf({ a: 1 }, {})).toBeUndefined();
  });

  it('tells what the template does not speak of', () => {
    const read = unfill(
      { links: [{ entity: '{e}' }] },
      { links: [{ entity: 1, href: 2 }], more: 3 },
    );
    expect(read?.extras).toEqual(['links[].href', 'more']);
    expect(pathsIn({ links: [{ entity: '{e}' }] })).toEqual(['links', 'links[].entity']);
  });

  it('refuses a list of another length, another literal, another type', () => {
    expect(placesOf([], [1])).toBeUndefined();
    expect(placesOf({ status: 'PENDING' }, { status: 'DONE' })).toBeUndefined();
    expect(placesOf({ a: {} }, { a: [] })).toBeUndefined();
    expect(placesOf('{a}-{b}', 'nothing of the kind')).toBeUndefined();
  });

  it('reads doubled braces as braces', () => {
    expect(placesOf('{{{a}}}', '{1}')).toEqual({ a: '1' });
  });

  it('gives back what any template was filled with', () => {
    const name = fc.constantFrom('a', 'b', 'c');
    const leaf = fc.oneof(
      name.map((n) => `{${n}}`),
      name.map((n) => `/jobs/{${n}}`),
      fc.constantFrom('text', 'br{{ace}}', '', 3, true, null),
    );
    const { template } = fc.letrec((tie) => ({
      template: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('template'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('k', 'l', 'm'), tie('template'), { maxKeys: 3 }),
      ),
    }));
    const values = fc.record({
      a: fc.stringMatching(/^[a-z0-9-]{1,8}$/),
      b: fc.uuid(),
      c: fc.string(),
    });
    fc.assert(
      fc.property(template, values, (source, scope) => {
        const read = unfill(source, compileTemplate(source)(scope));
        expect(read?.extras).toEqual([]);
        for (const [place, value] of read?.places ?? []) {
          expect(value).toBe(scope[place as keyof typeof scope]);
        }
      }),
    );
  });
});
