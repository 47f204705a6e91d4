import { describe, expect, it } from 'vitest';
import { jsonPatch, PatchProblem } from '../../src/sandbox/resources/json-patch.js';
import { mergePatch } from '../../src/sandbox/resources/merge-patch.js';

describe('a merge patch', () => {
  it.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('makes of %j with %j what RFC 7396 says in appendix A', (target, patch, outcome) => {
    expect(mergePatch(target, patch)).toEqual(outcome);
  });

  it.each([
    '__proto__',
    'constructor',
    'toString',
  ])('takes %s for a name like any other', (name) => {
    const merged = mergePatch(named(name, { a: 1, b: 2 }), named(name, { a: null, c: 3 }));
    expect(JSON.stringify(merged)).toBe(`{"${name}":{"b":2,"c":3}}`);
    expect(JSON.stringify(mergePatch({}, named(name, { a: 1 })))).toBe(`{"${name}":{"a":1}}`);
  });
});

/** An object with one property of its own, as JSON has it. */
const named = (name: string, value: unknown) => Object.fromEntries([[name, value]]);

describe('a JSON Patch', () => {
  it.each([
    [{ foo: 'bar' }, [{ op: 'add', path: '/baz', value: 'qux' }], { baz: 'qux', foo: 'bar' }],
    [
      { foo: ['bar', 'baz'] },
      [{ op: 'add', path: '/foo/1', value: 'qux' }],
      { foo: ['bar', 'qux', 'baz'] },
    ],
    [{ baz: 'qux', foo: 'bar' }, [{ op: 'remove', path: '/baz' }], { foo: 'bar' }],
    [{ foo: ['bar', 'qux', 'baz'] }, [{ op: 'remove', path: '/foo/1' }], { foo: ['bar', 'baz'] }],
    [{ baz: 'qux' }, [{ op: 'replace', path: '/baz', value: 'boo' }], { baz: 'boo' }],
    [
      { foo: { bar: 'baz', waldo: 'fred' }, qux: { corge: 'grault' } },
      [{ op: 'move', from: '/foo/waldo', path: '/qux/thud' }],
      { foo: { bar: 'baz' }, qux: { corge: 'grault', thud: 'fred' } },
    ],
    [
      { foo: ['all', 'grass', 'cows', 'eat'] },
      [{ op: 'move', from: '/foo/1', path: '/foo/3' }],
      { foo: ['all', 'cows', 'eat', 'grass'] },
    ],
    [{ foo: ['bar'] }, [{ op: 'add', path: '/foo/-', value: ['abc'] }], { foo: ['bar', ['abc']] }],
    [{ '/': 9, '~1': 10 }, [{ op: 'test', path: '/~01', value: 10 }], { '/': 9, '~1': 10 }],
    [{ a: { b: 1 } }, [{ op: 'copy', from: '/a', path: '/c' }], { a: { b: 1 }, c: { b: 1 } }],
  ])('makes of %j with %j what RFC 6902 says in appendix A', (document, patch, outcome) => {
    expect(jsonPatch(document, patch)).toEqual(outcome);
  });

  it.each([
    '__proto__',
    'constructor',
    'toString',
  ])('takes %s for a name like any other', (name) => {
    const made = jsonPatch({}, [
      { op: 'add', path: `/${name}`, value: { a: 1 } },
      { op: 'replace', path: `/${name}/a`, value: 2 },
      { op: 'copy', from: `/${name}`, path: '/b' },
    ]);
    expect(JSON.stringify(made)).toBe(`{"${name}":{"a":2},"b":{"a":2}}`);
  });

  it.each([
    [{ baz: 'qux' }, [{ op: 'test', path: '/baz', value: 'bar' }], 'test'],
    [{ foo: 'bar' }, [{ op: 'add', path: '/baz/bat', value: 'qux' }], 'place'],
    [{ '/': 9, '~1': 10 }, [{ op: 'test', path: '/~01', value: '10' }], 'test'],
    [{ a: [1] }, [{ op: 'add', path: '/a/2', value: 3 }], 'place'],
    [{ a: [1] }, [{ op: 'remove', path: '/a/01' }], 'place'],
    [{ a: 1 }, [{ op: 'replace', path: '/__proto__/x', value: 3 }], 'place'],
    [{ a: 1 }, [{ op: 'spam', path: '/a' }], 'form'],
    [{ a: 1 }, [{ op: 'remove', path: 'a' }], 'form'],
    [{ a: 1 }, { op: 'remove' }, 'form'],
    [{ a: 1 }, [7], 'form'],
  ])('refuses of %j: %j', (document, patch, kind) => {
    const before = structuredClone(document);
    let problem: unknown;
    try {
      jsonPatch(document, patch);
    } catch (error) {
      problem = error;
    }
    expect(problem).toBeInstanceOf(PatchProblem);
    expect((problem as PatchProblem).kind).toBe(kind);
    expect(document).toEqual(before);
  });
});
