import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openFileStore } from '../../src/store/file/open-file-store.js';
import { StoreUnavailable } from '../../src/store/store.js';
import { eventually } from '../support/eventually.js';
import { all } from './contract.js';

const mounted: string[] = [];

/** A small file system, where this may make one; it ends with the test. */
function smallDisk(megabytes: number): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'esoz-full-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], {
      stdio: 'ignore',
    });
    mounted.push(folder);
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
}

afterAll(() => {
  for (const folder of mounted) {
    execFileSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true });
  }
});

/** Leaves no room. */
function fill(file: string): void {
  const some = Buffer.alloc(4_096);
  for (;;)
    try {
      appendFileSync(file, some);
    } catch {
      return;
    }
}

function isFull(error: unknown): boolean {
  expect(error).toBeInstanceOf(StoreUnavailable);
  expect(error).toMatchObject({ code: 'STORE_FULL' });
  return true;
}

const disk = smallDisk(24);

describe.skipIf(!disk)('A full disk', () => {
  for (const strict of [true, false])
    it(`loses nothing that was answered, and heals by itself: ${strict ? 'strict' : 'fast'}`, async () => {
      const folder = join(disk as string, String(strict));
      const settings = { folder, strict, now: 0 };
      let store = await openFileStore(settings);
      const kept: string[] = [];
      let count = 0;
      const add = async () => {
        const facts = [`{"n":${count++},"x":"${Math.random().toString(36).repeat(60)}"}`, '1'];
        const appended = await store.append([{ session: 'ci', expected: kept.length, facts }]);
        kept.push(...facts);
        expect(appended).toEqual([{ position: kept.length }]);
      };
      const refused = () => add().then(() => false, isFull);
      /** What it holds; while it heals it refuses, but what it answers is whole. */
      const held = async () => {
        let facts: string[] = [];
        const read = async () => {
          facts = await all(store.read('ci', 0));
          return false;
        };
        await eventually(async () => !(await read().catch(isFull)));
        return facts;
      };

      for (let i = 0; i < 1_000; i++) await add();
      const filler = join(disk as string, 'filler');
      for (let times = 0; times < 3; times++) {
        fill(filler);
        await eventually(refused);
        // What the store writes elsewhere meanwhile may leave some room again.
        const again = [];
        for (let i = 0; i < 20; i++) {
          fill(filler);
          again.push(await refused());
        }
        expect(again).toContain(true);
        rmSync(filler);
        await eventually(async () => !(await refused()));
        // A write that began while it was full may end only now, and refuse for a moment more.
        for (let i = 0; i < 50; i++) await eventually(async () => !(await refused()));
        expect(await held()).toEqual(kept);
      }
      await store.close();
      store = await openFileStore(settings);
      expect(await all(store.read('ci', 0))).toEqual(kept);
      await store.close();
      rmSync(folder, { recursive: true });
    });
});
