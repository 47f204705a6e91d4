import { describe, expect, it } from 'vitest';
import { locatorOf } from '../src/yaml-fast.js';

const TEXT = `{
  "a\\"b": { "x": [1, {"y": "]}\\\\"}, true],
    "z" : null },
  "list": [[], {}, -1.5e3
  ], "last": "}"
}`;

describe('places in JSON', () => {
  it.each([
    [[], 'value', 1, 1],
    [['a"b'], 'key', 2, 3],
    [['a"b'], 'value', 2, 11],
    [['a"b', 'x', '1', 'y'], 'key', 2, 23],
    [['a"b', 'x', '1', 'y'], 'value', 2, 28],
    [['a"b', 'x', '2'], 'value', 2, 37],
    [['a"b', 'z'], 'value', 3, 11],
    [['list', '2'], 'value', 4, 20],
    [['last'], 'key', 5, 6],
    [['last'], 'value', 5, 14],
    [['a"b', 'none', 'deeper'], 'value', 2, 11],
  ] as const)('%j, its %s: %i:%i', (path, of, line, column) => {
    expect(locatorOf(TEXT)(path, of)).toEqual({ line, column });
  });

  it('are looked for as in YAML where it is none after all', () => {
    const yaml = '{ "a": 1, # a comment\n  b: { c: 2 } }';
    expect(locatorOf(yaml)(['b', 'c'], 'value')).toEqual({ line: 2, column: 11 });
  });
});
