import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { RecordStore, Store } from '../../src/store/store.js';
import { Model } from './model.js';

/** A kind of store: how one is opened, and opened again with what it held. */
export interface Kind<S> {
  name: string;
  /** A store that holds nothing. */
  fresh(): Promise<S>;
  /** Closes it and opens it again; undefined where nothing outlives the closing. */
  again: ((store: S) => Promise<S>) | undefined;
}

export async function all<T>(slices: AsyncIterable<readonly T[]>): Promise<T[]> {
  const found: T[] = [];
  for await (const slice of slices) found.push(...slice);
  return found;
}

const NAMES = ['ci', 'ci-2', 'default', 'a.b_c'];
/** `z~` and the last two: their order by code points is not that of UTF-16. */
const KEYS = [
  'head',
  'job/1',
  'job/10',
  'job/2',
  'due/0001/01',
  'due/0002/00',
  'z~',
  '\uffee',
  '😀',
];

const name = fc.constantFrom(...NAMES);
const key = fc.constantFrom(...KEYS);
const text = fc.json({ maxDepth: 1 });

/** One thing that is done to a store and to the model, and compared. */
type Step = (store: Store<string>, model: Model) => Promise<void>;

const append = fc
  .array(fc.tuple(name, fc.array(text, { maxLength: 4 }), fc.constantFrom(0, 0, 0, 0, -1, -2, 1)), {
    minLength: 1,
    maxLength: 6,
  })
  .map(
    (parts): Step =>
      async (store, model) => {
        const planned = new Map<string, number>();
        const appends = parts.map(([session, facts, off]) => {
          const position = planned.get(session) ?? model.find(session)?.position ?? 0;
          const expected = Math.max(0, position + off);
          if (expected === position) planned.set(session, position + facts.length);
          return { session, expected, facts };
        });
        const appended = await store.append(appends);
        const modelled = appends.map((one) => model.append(one.session, one.expected, one.facts));
        expect(appended).toEqual(modelled);
      },
  );

const read = fc.tuple(name, fc.nat(40)).map(
  ([session, after]): Step =>
    async (store, model) => {
      expect(await all(store.read(session, after))).toEqual(model.read(session, after));
    },
);

const end = name.map(
  (session): Step =>
    async (store, model) => {
      await store.end(session);
      model.sessions.delete(session);
      expect(await all(store.read(session, 0))).toEqual([]);
    },
);

const names: Step = async (store, model) => {
  expect((await all(store.sessions())).sort()).toEqual([...model.sessions.keys()].sort());
};

const steps = fc.array(fc.oneof({ weight: 5, arbitrary: append }, read, end, fc.constant(names)), {
  maxLength: 40,
});

type RecordStep = (store: RecordStore, model: Model) => Promise<void>;

const record = fc
  .tuple(name, fc.dictionary(key, fc.option(text, { nil: undefined }), { maxKeys: 6 }))
  .map(
    ([session, records]): RecordStep =>
      async (store, model) => {
        const found = model.find(session);
        if (!found) return;
        const changes = Object.entries(records).map(([key, value]) => ({ key, value }));
        await store.record(session, found.position, changes);
        model.record(session, records);
      },
  );

const trim = fc.tuple(name, fc.nat(40)).map(
  ([session, position]): RecordStep =>
    async (store, model) => {
      await store.trim(session, position);
      model.trim(session, position);
    },
);

const range = fc.tuple(name, key, key, fc.nat(5)).map(
  ([session, from, before, limit]): RecordStep =>
    async (store, model) => {
      const found = await store.range(session, { from, before, limit });
      expect(found).toEqual(model.range(session, from, before, limit));
    },
);

/** Without the birth, of which no model knows. */
async function kept(store: RecordStore, session: string) {
  const { birth, ...found } = (await store.find(session)) ?? {};
  return Object.keys(found).length === 0 ? undefined : found;
}

const found = name.map(
  (session): RecordStep =>
    async (store, model) => {
      expect(await kept(store, session)).toEqual(model.find(session));
      const records = model.sessions.get(session)?.records;
      expect(await store.get(session, KEYS)).toEqual(KEYS.map((key) => records?.get(key)));
    },
);

/** What every store is held to. */
export function holdsTheContract<S extends Store<string>>({ name, fresh, again }: Kind<S>): void {
  describe(`${name}: facts`, () => {
    const open: Store<string>[] = [];
    afterEach(async () => {
      for (const store of open.splice(0)) await store.close();
    });

    it('answers as the model does, whatever is done to it', async () => {
      await fc.assert(
        fc.asyncProperty(steps, async (steps) => {
          const store = await fresh();
          const model = new Model();
          try {
            for (const step of steps) await step(store, model);
          } finally {
            await store.close();
          }
        }),
        { numRuns: 40 },
      );
    });

    it('keeps all facts of an append or none', async () => {
      const store = await fresh();
      open.push(store);
      const appended = await store.append([
        { session: 'ci', expected: 0, facts: ['1', '2'] },
        { session: 'ci', expected: 1, facts: ['3', '4'] },
        { session: 'ci', expected: 2, facts: ['5'] },
      ]);
      expect(appended).toEqual([{ position: 2 }, { missed: ['2'] }, { position: 3 }]);
      expect(await all(store.read('ci', 0))).toEqual(['1', '2', '5']);
    });

    it('reads what there was when reading began', async () => {
      const store = await fresh();
      open.push(store);
      await store.append([{ session: 'ci', expected: 0, facts: ['1'] }]);
      const reading = store.read('ci', 0)[Symbol.asyncIterator]();
      expect((await reading.next()).value).toEqual(['1']);
      await store.append([{ session: 'ci', expected: 1, facts: ['2'] }]);
      expect((await reading.next()).done).toBe(true);
    });
  });
  if (again) keepsRecords(name, { fresh, again } as never);
}

function keepsRecords(
  name: string,
  {
    fresh,
    again,
  }: { fresh(): Promise<RecordStore>; again(store: RecordStore): Promise<RecordStore> },
): void {
  const both = fc.array(
    fc.oneof(
      { weight: 4, arbitrary: append },
      { weight: 3, arbitrary: record },
      { weight: 2, arbitrary: range },
      { weight: 2, arbitrary: found },
      read,
      end,
      trim,
      fc.constant(names),
      fc.constant('open again' as const),
    ),
    { maxLength: 60 },
  );

  describe(`${name}: records, and what it holds when it is opened again`, () => {
    it('answers as the model does, whatever is done to it', async () => {
      await fc.assert(
        fc.asyncProperty(both, async (steps) => {
          let store = await fresh();
          const model = new Model();
          try {
            for (const step of steps)
              if (step === 'open again') store = await again(store);
              else await step(store, model);
            for (const session of NAMES)
              expect(await kept(store, session)).toEqual(model.find(session));
          } finally {
            await store.close();
          }
        }),
        { numRuns: 60 },
      );
    });
  });
}
