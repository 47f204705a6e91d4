import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { expect, it, onTestFinished } from 'vitest';
import { openFileStore } from '../../src/store/file/open-file-store.js';
import { all } from './contract.js';

/** A store of the first version whose process was killed: of its calls, five are in no place but where they were written ahead. */
function olderStore(): string {
  const folder = mkdtempSync(join(tmpdir(), 'esoz-older-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(import.meta.dirname, 'version-1'), folder, { recursive: true });
  return folder;
}

const open = (folder: string) => openFileStore({ folder, strict: true, now: 0 });
const versionOf = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'store.json'), 'utf8')).version;

const DEFAULT = [
  ...['began', 'scenario', 'scheduled', 'exchange'],
  ...['polled', 'exchange', 'polled', 'exchange', 'polled', 'exchange'],
];

async function kindsIn(folder: string): Promise<Record<string, string[]>> {
  const store = await open(folder);
  const kinds: Record<string, string[]> = {};
  for (const name of await all(store.sessions())) {
    const facts = await all(store.read(name, 0));
    kinds[name] = facts.map((text) => JSON.parse(text).k);
  }
  await store.close();
  return kinds;
}

it('reads a store of the first version with all that was answered, and makes it one of this', async () => {
  const folder = olderStore();
  const expected = { default: DEFAULT, other: DEFAULT.slice(0, 6) };
  expect(await kindsIn(folder)).toEqual(expected);
  expect(versionOf(folder)).toBe(2);
  expect(await kindsIn(folder)).toEqual(expected);
  const db = new ClassicLevel(join(folder, 'data'));
  expect(await db.keys({ gt: 'w/', lt: 'w0' }).all()).toEqual([]);
  await db.close();
});

it('goes on in a store of the first version', async () => {
  const folder = olderStore();
  const store = await open(folder);
  await store.append([{ session: 'default', expected: 10, facts: ['{"k":"more"}'] }]);
  expect(await store.find('gone')).toBeUndefined();
  await store.close();
  expect(existsSync(join(folder, 'ahead-1.log'))).toBe(true);
  const { default: kinds } = await kindsIn(folder);
  expect(kinds).toEqual([...DEFAULT, 'more']);
});
