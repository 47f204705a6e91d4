import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { afterAll, expect, test } from 'vitest';
import { Database } from '../../src/store/file/database.js';
import { FileStore } from '../../src/store/file/file-store.js';
import { factsKey, factsPrefix, under } from '../../src/store/file/keys.js';
import type { Engine } from '../../src/store/file/load-engine.js';

const folder = mkdtempSync(join(tmpdir(), 'esoz-behind-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MIB = 1024 * 1024;

/** LevelDB whose batches wait for something before they are written. */
function levelBehind(before: () => Promise<void>): Engine {
  class Level<K, V> extends ClassicLevel<K, V> {
    override batch(...args: unknown[]): never {
      const make = super.batch as (...all: unknown[]) => unknown;
      const made = make.apply(this, args) as { write(options: unknown): Promise<void> };
      const write = made.write.bind(made);
      made.write = async (options) => {
        await before();
        await write(options);
      };
      return made as never;
    }
  }
  return Level;
}

test('facts of many sessions are built in a few turns of the event loop, and not in one for each of them', async () => {
  let isBuilt = false;
  const level = levelBehind(async () => {
    isBuilt = true;
  });
  const database = await Database.open(join(folder, 'turns'), level);
  const operations = Array.from({ length: 4_000 }, (_, i) => ({
    key: factsKey(String(i), 1),
    value: Buffer.from(`a fact of session ${i}`),
  }));
  const written = database.write(operations, false);
  let turns = 0;
  for (; !isBuilt; turns++) await new Promise(setImmediate);
  await written;
  expect(turns).toBeGreaterThan(4);
  expect(turns).toBeLessThan(100);
  for await (const entries of database.entries(under(factsPrefix('7')), 10))
    expect(entries).toEqual([[factsKey('7', 1), 'a fact of session 7']]);
  await database.close();
});

test('whoever appends waits once much lies in memory, by bytes as well, until it is written behind', async () => {
  let release: () => void = () => {};
  const released = new Promise<void>((done) => {
    release = done;
  });
  const ahead = join(folder, 'ahead');
  mkdirSync(ahead);
  const database = await Database.open(
    join(folder, 'slow'),
    levelBehind(() => released),
  );
  const store = await FileStore.open(database, {
    life: { since: 0, opened: 1 },
    strict: false,
    waiting: 10_000,
    folder: ahead,
    renew: async () => {},
    ended: () => {},
  });
  const fact = 'x'.repeat(4 * MIB);
  const MOST = 30;
  let kept = 0;
  const append = async (): Promise<void> => {
    await store.append([{ session: `s${kept}`, expected: 0, facts: [fact] }]);
    if (++kept < MOST) await append();
  };
  const all = append();
  const moment = () => new Promise((done) => setTimeout(done, 1));
  // However slow the disk is, so much is taken in; then nothing more, for a while.
  while (kept * 4 <= 40) await moment();
  for (let quiet = 0, before = kept; quiet < 200 && kept < MOST; quiet++) {
    await moment();
    if (before !== kept) quiet = 0;
    before = kept;
  }
  // Four MiB are being written behind, and ten times as much waits.
  expect(kept * 4).toBeGreaterThan(40);
  expect(kept * 4).toBeLessThan(60);
  release();
  await all;
  expect(await store.find(`s${MOST - 1}`)).toMatchObject({ position: 1 });
  await store.close();
});
