import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openFileStore } from '../../src/store/file/open-file-store.js';
import { MemoryStore } from '../../src/store/memory.js';
import type { RecordStore } from '../../src/store/store.js';
import { holdsTheContract } from './contract.js';

const folder = mkdtempSync(join(tmpdir(), 'esoz-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
const folders = new WeakMap<RecordStore, string>();

async function open(folder: string, strict: boolean, waiting?: number): Promise<RecordStore> {
  const store = await openFileStore({ folder, strict, now: 0, ...(waiting ? { waiting } : {}) });
  folders.set(store, folder);
  return store;
}

holdsTheContract({
  name: 'memory',
  fresh: async () => new MemoryStore<string>(),
  again: undefined,
});

const FILES: [name: string, strict: boolean, waiting?: number][] = [
  ['file, strict', true],
  ['file, fast', false],
  // What is behind and what is not yet is another thing at each step.
  ['file, written behind early', false, 3],
];

for (const [name, strict, waiting] of FILES)
  holdsTheContract<RecordStore>({
    name,
    fresh: () => open(join(folder, String(++count)), strict, waiting),
    again: async (store) => {
      await store.close();
      return open(folders.get(store) as string, strict, waiting);
    },
  });
