import { describe, expect, it } from 'vitest';
import { loadContract } from '../../src/contract/contract.js';
import { MapOnDemand } from '../../src/contract/map-on-demand.js';
import { listOperations, operationsOnDemand } from '../../src/contract/operations.js';

/** A map of three numbers, and the keys of those that have been made. */
function numbers() {
  const made: string[] = [];
  const from = new Map([
    ['one', 1],
    ['two', 2],
    ['three', 3],
  ]);
  const map = new MapOnDemand(from, (key, value) => {
    made.push(key);
    return { value };
  });
  return { map, made };
}

describe('a map on demand', () => {
  it('makes a value when it is first asked for, and once', () => {
    const { map, made } = numbers();
    expect([map.size, map.has('two'), [...map.keys()]]).toEqual([3, true, ['one', 'two', 'three']]);
    expect(map.get('none')).toBeUndefined();
    expect(made).toEqual([]);
    expect(map.get('two')).toBe(map.get('two'));
    expect(made).toEqual(['two']);
  });

  it.each<[string, (map: ReadonlyMap<string, object>) => unknown[]]>([
    ['values', (map) => [...map.values()]],
    ['entries', (map) => [...map.entries()].map(([, value]) => value)],
    ['itself', (map) => [...map].map(([, value]) => value)],
    ['a copy', (map) => [...new Map(map).values()]],
    [
      'forEach',
      (map) => {
        const all: object[] = [];
        map.forEach((value) => {
          all.push(value);
        });
        return all;
      },
    ],
  ])('makes all of them, in their order, for %s', (_, walk) => {
    const { map, made } = numbers();
    map.get('three');
    expect(walk(map)).toEqual([{ value: 1 }, { value: 2 }, { value: 3 }]);
    expect(made).toEqual(['three', 'one', 'two']);
  });
});

it('reads each operation of a contract by itself, as the others are read at once', async () => {
  const { document, route } = await loadContract('spec/medical-events/openapi.yaml', ['', '/api']);
  const all = listOperations(document);
  const operations = operationsOnDemand(document);
  expect([...operations.keys()]).toEqual(all.map(({ id }) => id));
  const operation = operations.get('getJob');
  expect(operation).toEqual(all.find(({ id }) => id === 'getJob'));
  expect([...operations.values()]).toEqual(all);
  expect(route('GET', '/api/jobs/1')).toEqual({ kind: 'found', operation, params: { id: '1' } });
});
