import { describe, expect, it } from 'vitest';
import { DraftResources } from '../../src/sandbox/draft-resources.js';
import { type Resource, Resources } from '../../src/sandbox/resources.js';

const resource = (id: string, about?: string): Resource => ({
  id,
  kind: 'thing',
  document: { id },
  facts: {},
  created: 0,
  about,
});
const ids = (some: Iterable<Resource>) => [...some].map(({ id }) => id);

describe('resources', () => {
  it('are found by their id and by what they are about', () => {
    const resources = new Resources(10);
    for (const one of [resource('a', 'x'), resource('b', 'y'), resource('c', 'x')]) {
      resources.put(one);
    }
    expect(resources.get('b')?.id).toBe('b');
    expect(ids(resources.about('x'))).toEqual(['a', 'c']);
    expect(ids(resources.about('z'))).toEqual([]);
  });

  it('take the place of the former one of the same id, also in what it was about', () => {
    const resources = new Resources(10);
    resources.put(resource('a', 'x'));
    resources.put(resource('a', 'y'));
    expect(resources.size).toBe(1);
    expect([ids(resources.about('x')), ids(resources.about('y'))]).toEqual([[], ['a']]);
  });

  it('let the oldest go when there are too many, count it, and say which', () => {
    const gone: string[] = [];
    const resources = new Resources(2, ({ id }) => gone.push(id));
    for (const id of ['a', 'b', 'c']) resources.put(resource(id, 'x'));
    expect([ids(resources.all()), gone, resources.dropped]).toEqual([['b', 'c'], ['a'], 1]);
    expect(ids(resources.about('x'))).toEqual(['b', 'c']);
  });

  it('are found by their kind without a look at the others, in the order in which they came', () => {
    const resources = new Resources(10);
    for (const id of ['a', 'b', 'c', 'd']) resources.put({ ...resource(id), kind: 'thing' });
    resources.put({ ...resource('x'), kind: 'other' });
    resources.put({ ...resource('a'), title: 'again' });
    resources.put({ ...resource('b'), kind: 'other' });
    resources.remove('c');
    resources.all = () => expect.fail('all were looked at');
    expect(ids(resources.ofKind('thing'))).toEqual(['a', 'd']);
    expect(ids(resources.ofKind('other'))).toEqual(['x', 'b']);
    expect(ids(resources.ofKind('none'))).toEqual([]);
  });

  it('of a kind are what a draft makes of them', () => {
    const resources = new Resources(10);
    for (const id of ['a', 'b', 'c']) resources.put(resource(id));
    const draft = new DraftResources(resources, () => {});
    expect(ids(draft.ofKind('thing'))).toEqual(['a', 'b', 'c']);
    draft.put({ ...resource('b'), kind: 'other' });
    draft.remove('c');
    draft.put(resource('d'));
    draft.put({ ...resource('a'), title: 'again' });
    resources.all = () => expect.fail('all were looked at');
    expect(draft.ofKind('thing').map(({ id, title }) => [id, title])).toEqual([
      ['a', 'again'],
      ['d', undefined],
    ]);
    expect(ids(draft.ofKind('other'))).toEqual(['b']);
    expect(ids(resources.ofKind('thing'))).toEqual(['a', 'b', 'c']);
  });
});
