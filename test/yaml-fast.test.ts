import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../src/yaml.js';
import { locatorOf, readYamlFast } from '../src/yaml-fast.js';

/** What the exact reader makes of a text; undefined when it refuses it. */
function exact(text: string): { value: unknown } | undefined {
  try {
    return { value: readYaml('x', text).value() };
  } catch {
    return undefined;
  }
}

const SCALARS = [
  'yes', 'no', 'on', 'off', 'y', 'true', 'True', 'TRUE', 'tRUE', 'false', 'null', 'Null', '~', '',
  '0', '-0', '+1', '0123', '0o17', '017', '0x1F', '0b11', '1_000', '12345678901234567890', '1.', '.5', '-.5', '1.0', '1e3', '1e400', '+1.5E-3',
  '.inf', '-.Inf', '.nan', '.NaN', '2020-01-01', '2020-01-01T00:00:00Z', '12:30:45', '190:20:30', '=', '<<', 'a b', "it's", '"\\u00e9\\n"', "'it''s'",
  'a #b', 'a # b', '[a, 1, ~]', '{ a: 1, b: { c: [] } }', '|\n    x\n\n    y\n', '>-\n    x\n    y\n', '|+\n    x\n\n', 'http://a/b', '@', '%', '`x`', '1.0.0',
]; // biome-ignore format: a list

describe('the fast reader of YAML', () => {
  it.each(SCALARS)('reads %j as the exact one does', (scalar) => {
    for (const text of [`a: ${scalar}\nb: 1\n`, `- ${scalar}\n- 1\n`]) {
      const fast = readYamlFast(text);
      if (fast) expect(fast).toEqual(exact(text));
    }
    // `=` and the like are refused by one of the two; all that documents hold is read by both.
    if (!['@', '%', '`x`'].includes(scalar)) expect(readYamlFast(`a: ${scalar}\n`)).toBeDefined();
  });

  it.each(
    SCALARS.filter((scalar) => !/[\n[{]/.test(scalar) && scalar !== '~' && !/^null$/i.test(scalar)),
  )('reads the key %j as the exact one does', (key) => {
    const text = `${key}: 1\nb: 2\n`;
    const fast = readYamlFast(text);
    if (fast) expect(fast).toEqual(exact(text));
    else expect(['', '@', '%', '`x`', 'a #b', 'a # b', '<<']).toContain(key);
  });

  it.each([
    ['anchors', 'a: &x { b: 1 }\nc: *x\n'],
    ['tags', 'a: !!str 1\n'],
    ['a key that is no text', '? [a]\n: 1\n'],
    ['a key that stands twice', 'a: 1\na: 2\n'],
    ['two documents', 'a: 1\n---\nb: 2\n'],
    ['null as a key', '~: 1\n'],
    ['a tab in front', 'a:\n\tb: 1\n'],
    ['an open bracket', 'a: [1\n'],
    ['nesting without end', '['.repeat(5000)],
    ['bytes that were no text', 'a: \uFFFD\n'],
  ])('leaves %s to the other one', (_, text) => {
    expect(readYamlFast(text)).toBeUndefined();
  });

  it('differs in no text of pieces that readers quarrel over', () => {
    const pieces = [
      'a', 'b: ', 'c:', '\n', '\n  ', '\n    ', '- ', '"', "'", '{', '}', '[', ']', ', ', '# x', '|', '>-', '1', 'no', '~', '<<: ', '*a', '&a ',
      '!!str ', '! ', '\t', '? ', ': ', '\r\n', '---', 'k: v\n', 'l:\n  m: 1\n', '- a\n', '- b: 1\n  c: 2\n', "'it''s'", '1e400', '__proto__: 1\n',
    ]; // biome-ignore format: a list
    let both = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 8 }), (chosen) => {
        const text = chosen.join('');
        const fast = readYamlFast(text);
        const known = fast && exact(text);
        // What the exact one refuses is no text that people have: a quote that nothing follows.
        if (!known) return;
        both += 1;
        expect(fast.value ?? null).toEqual(known.value ?? null);
      }),
      { numRuns: 3000, seed: 12 },
    );
    expect(both).toBeGreaterThan(100);
  });
});

describe('the places in a text', () => {
  it.each([
    ['YAML', 'a:\n  b: 1 # x\n  # y\n  c:\n    - d\n    - e: "f"\n      200: {g: h}\nz:\n'],
    [
      'JSON',
      '{"a": {\n  "b": 1,\n  "c": [\n"d",\n    {"e": "f",\n "200": {"g": "h"}}]},\n"z": null}\n',
    ],
  ])('of %s are those of the exact reader', (_, text) => {
    const locate = locatorOf(text);
    const { root, at } = readYaml('x', text);
    const paths = [['a'], ['a', 'b'], ['a', 'c'], ['a', 'c', '0'], ['a', 'c', '1'], ['a', 'c', '1', 'e'], ['a', 'c', '1', '200', 'g']]; // biome-ignore format: a list
    for (const path of paths) {
      const keys = path.map((key) => (key === '200' && text.startsWith('a') ? 200 : key));
      const node = (root as unknown as { getIn(path: unknown[], keep: true): never }).getIn(
        keys,
        true,
      );
      expect([path, locate(path)]).toEqual([path, at(node)]);
    }
    expect(locate(['z'], 'key')).toMatchObject({ column: 1 });
  });

  it('that a text does not have are those of what is around', () => {
    const locate = locatorOf('a:\n  b: { c: 1 }\n');
    expect(locate(['a', 'b', 'x', 'y'])).toEqual({ line: 2, column: 6 });
    expect(locate(['q'])).toEqual({ line: 1, column: 1 });
  });
});
