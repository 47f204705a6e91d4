import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Entry, entriesOf } from '../../src/store/file/ahead-entry.js';
import { loadEngine } from '../../src/store/file/load-engine.js';
import { openFileStore } from '../../src/store/file/open-file-store.js';
import { all } from './contract.js';

const folder = mkdtempSync(join(tmpdir(), 'esoz-folder-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Where the calls of a store are that was not closed. */
const AHEAD = 'ahead-1.log';

let count = 0;
const fresh = () => join(folder, String(++count));
const open = (folder: string, now = 0) => openFileStore({ folder, strict: true, now });

/** A store with one session, closed. */
async function filled(): Promise<string> {
  const folder = fresh();
  const store = await open(folder);
  await store.append([{ session: 'ci', expected: 0, facts: ['1', '2'] }]);
  await store.close();
  return folder;
}

async function refusal(folder: string): Promise<{ code: string; message: string }> {
  try {
    await (await open(folder)).close();
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error(`${folder} was opened`);
}

/** Calls stay written ahead, however long the test takes. */
function writesNothingBehind(): void {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
}

describe('The folder of a store', () => {
  it('is made where it is not there, and may be empty but for what file systems leave', async () => {
    const folder = join(fresh(), 'deeper');
    mkdirSync(join(folder, 'lost+found'), { recursive: true });
    await (await open(folder)).close();
    expect(readdirSync(folder).sort()).toEqual([
      'ahead-1.log',
      'ahead-2.log',
      'data',
      'lost+found',
      'store.json',
    ]);
  });

  it('knows since when it is a store, and how many times it was opened', async () => {
    const folder = fresh();
    const first = await open(folder, 1_000);
    expect(first.life).toEqual({ since: 1_000, opened: 1 });
    await first.close();
    const second = await open(folder, 2_000);
    expect(second.life).toEqual({ since: 1_000, opened: 2 });
    await second.close();
  });

  it('is refused to a second process, and to the same one', async () => {
    const folder = await filled();
    const store = await open(folder);
    const { code, message } = await refusal(folder);
    expect(code).toBe('STORE_LOCKED');
    expect(message).toBe(
      `this process has the store in ${folder} open; stop what has it open, or name another folder`,
    );
    const script = `import { ClassicLevel } from 'classic-level';
      const db = new ClassicLevel(${JSON.stringify(join(folder, 'data'))});
      console.log(await db.open().then(() => 'open', ({ cause }) => cause.code));`;
    const other = spawn(process.execPath, ['--input-type=module', '-e', script]);
    const [said] = await once(other.stdout, 'data');
    expect(String(said)).toBe('LEVEL_LOCKED\n');
    await store.close();
    await (await open(folder)).close();
  });

  it('that another process has open is named', async () => {
    const folder = await filled();
    const script = `import { ClassicLevel } from 'classic-level';
      const db = new ClassicLevel(${JSON.stringify(join(folder, 'data'))});
      await db.open();
      console.log('open');
      setInterval(() => {}, 1_000);`;
    const other = spawn(process.execPath, ['--input-type=module', '-e', script]);
    await once(other.stdout, 'data');
    const { code, message } = await refusal(folder);
    other.kill('SIGKILL');
    await once(other, 'exit');
    expect(code).toBe('STORE_LOCKED');
    expect(message).toContain(`another process has the store in ${folder} open;`);
    await (await open(folder)).close();
  });

  it('that holds something else is left as it is', async () => {
    const folder = fresh();
    mkdirSync(folder);
    writeFileSync(join(folder, 'letters.txt'), 'dear');
    expect(await refusal(folder)).toMatchObject({ code: 'STORE_FOREIGN' });
    expect(readdirSync(folder)).toEqual(['letters.txt']);
  });

  it('of a newer version is left as it is', async () => {
    const folder = await filled();
    const mark = JSON.stringify({ store: 'esoz-sandbox', version: 99, more: true });
    writeFileSync(join(folder, 'store.json'), mark);
    const before = readdirSync(join(folder, 'data'));
    expect(await refusal(folder)).toMatchObject({ code: 'STORE_NEWER' });
    expect(readdirSync(join(folder, 'data'))).toEqual(before);
    expect(readFileSync(join(folder, 'store.json'), 'utf8')).toBe(mark);
  });

  it('has to be a folder', async () => {
    const file = fresh();
    writeFileSync(file, 'text');
    expect(await refusal(file)).toMatchObject({ code: 'STORE_NOT_A_FOLDER' });
    expect(await refusal(join(file, 'below'))).toMatchObject({ code: 'STORE_NOT_A_FOLDER' });
    expect(readFileSync(file, 'utf8')).toBe('text');
  });

  it('with a database that cannot be read says so, and of what', async () => {
    const folder = await filled();
    writeFileSync(join(folder, 'data', 'CURRENT'), 'MANIFEST-999999\n');
    const { code, message } = await refusal(folder);
    expect(code).toBe('STORE_DAMAGED');
    expect(message).toContain(folder);
  });

  it('that has lost a call in a power cut opens with what was before it, and nothing behind it', async () => {
    writesNothingBehind();
    const folder = fresh();
    const store = await open(folder);
    for (const [i, fact] of ['1', '2', '3'].entries())
      await store.append([{ session: 'ci', expected: i, facts: [fact] }]);
    const copy = fresh();
    execFileSync('cp', ['-r', folder, copy]);
    await store.close();
    const bytes = readFileSync(join(copy, AHEAD));
    const second = entriesOf(bytes)[1] as Entry;
    bytes.fill(0, second.from, second.to);
    writeFileSync(join(copy, AHEAD), bytes);
    for (const facts of [['1'], ['1', 'new']]) {
      const again = await open(copy);
      expect(await all(again.read('ci', 0))).toEqual(facts);
      await again.append([{ session: 'ci', expected: facts.length, facts: ['new'] }]);
      await again.close();
    }
  });

  it('with rubbish at the end of its log, or a log that breaks off, opens with what is before that', async () => {
    writesNothingBehind();
    const folder = fresh();
    const store = await open(folder);
    await store.append([{ session: 'ci', expected: 0, facts: ['1'] }]);
    await store.append([{ session: 'ci', expected: 1, facts: ['2', '3'] }]);
    const bytes = readFileSync(join(folder, AHEAD));
    const copies = [
      { bytes: Buffer.concat([bytes, Buffer.alloc(5_000, 7)]), facts: ['1', '2', '3'] },
      { bytes: bytes.subarray(0, -3), facts: ['1'] },
    ];
    for (const { bytes, facts } of copies) {
      const copy = fresh();
      execFileSync('cp', ['-r', folder, copy]);
      writeFileSync(join(copy, AHEAD), bytes);
      const again = await open(copy);
      expect(await all(again.read('ci', 0))).toEqual(facts);
      await again.append([{ session: 'ci', expected: facts.length, facts: ['4'] }]);
      await again.close();
      const third = await open(copy);
      expect(await all(third.read('ci', 0))).toEqual([...facts, '4']);
      await third.close();
    }
    await store.close();
  });
});

/** Root may write everywhere but on a file system that is mounted to be read. */
const readOnly = (() => {
  const disk = fresh();
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  mkdirSync(join(disk, 'empty'));
  execFileSync('mount', ['-o', 'remount,ro', disk]);
  return disk;
})();
afterAll(() => {
  if (readOnly) execFileSync('umount', ['-l', readOnly]);
});

describe.skipIf(!readOnly)('A file system that is mounted to be read', () => {
  it('holds no store', async () => {
    for (const name of ['empty', 'new'])
      expect(await refusal(join(readOnly as string, name))).toMatchObject({
        code: 'STORE_READ_ONLY',
      });
  });
});

describe('The embedded database', () => {
  const missing = (code: string, message: string) =>
    loadEngine(() => Promise.reject(Object.assign(new Error(message), { code })));

  it('that is not installed is named, with how to get it', async () => {
    await expect(missing('ERR_MODULE_NOT_FOUND', 'Cannot find package')).rejects.toMatchObject({
      code: 'STORE_ENGINE_MISSING',
      message: expect.stringContaining('npm install classic-level@3'),
    });
  });

  it('without a binary for the platform says for which it looked', async () => {
    const said = 'No native build was found for platform=win32 arch=arm64\n    loaded from: x';
    await expect(missing('', said)).rejects.toMatchObject({
      code: 'STORE_ENGINE_MISSING',
      message: expect.stringContaining('No native build was found for platform=win32 arch=arm64;'),
    });
  });
});
