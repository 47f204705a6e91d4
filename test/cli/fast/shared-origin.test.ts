import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { fastEnvironment } from '../../../src/cli/exec/fast/environment.js';
import { shareOrigin } from '../../../src/cli/exec/fast/shared-origin.js';

function open() {
  const folder = mkdtempSync(join(tmpdir(), 'esoz-shm-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return { folder, shared: shareOrigin(folder) };
}

it('shares the present moment by every clock, as libfaketime reads it', () => {
  const { folder, shared } = open();
  const [semaphore = '', memory = ''] = shared.names.split(' ');
  const sem = readFileSync(join(folder, `sem.${semaphore.slice(1)}`));
  expect(semaphore).toMatch(new RegExp(`^/faketime_sem_${process.pid}_`));
  const lock = semaphore.replace('/faketime_sem_', 'faketime_lock_');
  expect(readFileSync(join(folder, lock)).length).toBe(0);
  expect([sem.length, sem.readUInt32LE(0), sem.readUInt32LE(8)]).toEqual([32, 1, 0x80]);
  const bytes = readFileSync(join(folder, memory.slice(1)));
  expect(bytes.length).toBe(80);
  const wall = Number(bytes.readBigInt64LE(16)) * 1000 + Number(bytes.readBigInt64LE(24)) / 1e6;
  expect(wall).toBe(shared.origin.since);
  expect(shared.origin.at).toBe(shared.origin.since);
  const steady = [32, 48, 64].map((at) => bytes.subarray(at, at + 16).toString('hex'));
  expect(new Set(steady).size).toBe(1);
  expect(bytes.readBigInt64LE(32)).toBeGreaterThan(0n);
  shared.remove();
});

it('lets nobody else read it, and takes it away', () => {
  const { folder, shared } = open();
  const files = readdirSync(folder);
  expect(files.map((file) => statSync(join(folder, file)).mode & 0o777)).toEqual([
    0o600, 0o600, 0o600,
  ]);
  shared.remove();
  shared.remove();
  expect(readdirSync(folder)).toEqual([]);
});

it('has a name of its own each time: what a killed run has left is in nobody’s way', () => {
  const { folder, shared } = open();
  const other = shareOrigin(folder);
  expect(other.names).not.toBe(shared.names);
  other.remove();
  shared.remove();
});

it('loads the library in front of what is preloaded already, and libcurl where that is wanted', () => {
  const library = { file: '/l/libfaketimeMT.so.1', curl: '/l/libcurl.so.4' };
  const setting = { library, rate: 20, names: '/a /b', curl: true };
  expect(fastEnvironment(setting, '/own/memory.so')).toEqual({
    LD_PRELOAD: '/l/libfaketimeMT.so.1 /l/libcurl.so.4 /own/memory.so',
    FAKETIME: '+0 x20',
    FAKETIME_SHARED: '/a /b',
    NO_FAKE_STAT: '1',
  });
  expect(fastEnvironment({ ...setting, curl: false }, undefined).LD_PRELOAD).toBe(library.file);
});
