import { describe, expect, it } from 'vitest';
import { Group } from '../../src/store/group.js';
import { MemoryStore } from '../../src/store/memory.js';
import { type Append, type Appended, type Store, StoreUnavailable } from '../../src/store/store.js';

/** A store whose calls end when the test says so. */
class HeldStore extends MemoryStore<string> implements Store<string> {
  override readonly immediate = false as never;
  readonly costly: boolean = false;
  readonly calls: { facts: number; end(): void; fail(): void }[] = [];

  override append(appends: readonly Append<string>[]): never {
    const held = new Promise<Appended<string>[]>((resolve, reject) => {
      this.calls.push({
        facts: appends.flatMap(({ facts }) => facts).length,
        end: () => resolve(super.append(appends)),
        fail: () => reject(new StoreUnavailable('STORE_FULL', 'the store has no room')),
      });
    });
    return held as never;
  }
}

class FarStore extends HeldStore {
  override readonly costly = true;
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

function begin(store: Store<string>) {
  const group = new Group(store);
  const told: string[] = [];
  let position = 0;
  const add = (fact: string) =>
    group.add({ session: 'ci', expected: position++, facts: [fact] }, (failure, missed) =>
      told.push(`${fact} ${failure ? 'failed' : missed ? `missed ${missed}` : 'kept'}`),
    );
  return { group, told, add };
}

describe('Group commit', () => {
  it('makes one call of what one turn adds, and the next of what comes while it is under way', async () => {
    const store = new HeldStore();
    const { group, told, add } = begin(store);
    add('1');
    add('2');
    expect(store.calls).toHaveLength(0);
    await turn();
    add('3');
    add('4');
    group.saved(() => told.push('saved'));
    add('5');
    await turn();
    expect(store.calls.map(({ facts }) => facts)).toEqual([2]);
    store.calls[0]?.end();
    await turn();
    await turn();
    expect(told).toEqual(['1 kept', '2 kept']);
    expect(store.calls.map(({ facts }) => facts)).toEqual([2, 3]);
    store.calls[1]?.end();
    await turn();
    expect(told.slice(2)).toEqual(['3 kept', '4 kept', 'saved', '5 kept']);
    expect(group.idle).toBe(true);
  });

  it('gathers for a costly call what turns bring one after the other, some of them', async () => {
    const store = new FarStore();
    const { told, add } = begin(store);
    add('1');
    await turn();
    add('2');
    await turn();
    await turn();
    expect(store.calls.map(({ facts }) => facts)).toEqual([2]);
    for (let i = 3; i <= 5; i += 1) add(String(i));
    store.calls[0]?.end();
    for (let i = 6; store.calls.length < 2; i += 1) {
      add(String(i));
      await turn();
      expect(i).toBeLessThan(14);
    }
    store.calls[1]?.end();
    await turn();
    expect(told.length).toBeGreaterThan(7);
    expect(told.every((one) => one.endsWith(' kept'))).toBe(true);
  });

  it('tells a failure to all whose facts were in the call or behind it, and goes on with what comes then', async () => {
    const store = new HeldStore();
    const { group, told, add } = begin(store);
    add('1');
    await turn();
    add('2');
    group.saved((failure) => told.push(failure ? 'not saved' : 'saved'));
    store.calls[0]?.fail();
    await turn();
    expect(told).toEqual(['1 failed', '2 failed', 'not saved']);
    const again = begin(store);
    again.add('1');
    await turn();
    store.calls[1]?.end();
    await turn();
    expect(again.told).toEqual(['1 kept']);
  });

  it('tells what had been missed', async () => {
    const store = new HeldStore();
    const one = begin(store);
    const other = begin(store);
    one.add('1');
    await turn();
    store.calls[0]?.end();
    await turn();
    other.add('2');
    await turn();
    store.calls[1]?.end();
    await turn();
    expect(other.told).toEqual(['2 missed 1']);
  });

  it('waits for nothing where the store does not, or everything is kept', () => {
    const { group, told, add } = begin(new MemoryStore<string>());
    add('1');
    group.saved(() => told.push('saved'));
    expect(told).toEqual(['1 kept', 'saved']);
  });
});
