import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import type { Moment, WallMoment } from '../../../time/moments.js';
import type { Origin } from '../../../time/origin.js';

/** The moment from which all processes of a client count, as libfaketime shares it. */
export interface SharedOrigin {
  origin: Origin;
  /** What its variable FAKETIME_SHARED says. */
  names: string;
  remove(): void;
}

/** shm_overview(7): where glibc keeps what sem_open and shm_open name. */
const FOLDER = '/dev/shm';
/** glibc's sem_t on machines of 64 bits: how many may enter, in the lower half of a word; then who shares it. */
const SEMAPHORE = { size: 32, value: 0, sharing: 8, shared: 0x80 };
/** libfaketime's `struct ft_shared_s`: two counters, then the moment by four clocks, each a timespec. */
const SHARED = { size: 80, realtime: 16, others: [32, 48, 64], nanoseconds: 8 };
const BILLION = 1_000_000_000n;

const there = new Set<SharedOrigin>();
process.on('exit', () => {
  for (const one of there) one.remove();
});

/**
 * Shares the present moment. Without it each process would begin at its own start. They are ours alone (mode 0600), and
 * gone when this process ends; those that a killed one has left have names of their own, and nobody looks for them.
 * @throws Error where there is no shared memory to write to
 */
export function shareOrigin(folder = FOLDER): SharedOrigin {
  // It takes the number in the name for the process that takes them away: that is this one.
  const id = `${process.pid}_${randomBytes(6).toString('hex')}`;
  const [semaphore, memory] = [`faketime_sem_${id}`, `faketime_shm_${id}`];
  const files = [
    `${folder}/sem.${semaphore}`,
    `${folder}/${memory}`,
    `${folder}/faketime_lock_${id}`,
  ] as const;
  const now = atTheNextTick();
  const shared: SharedOrigin = {
    origin: { at: Number(now) as Moment, since: now },
    names: `/${semaphore} /${memory}`,
    remove: () => {
      there.delete(shared);
      for (const file of files) rmSync(file, { force: true });
    },
  };
  there.add(shared);
  const mode = { mode: 0o600, flag: 'wx' };
  writeFileSync(files[0], openSemaphore(), mode);
  writeFileSync(files[1], sharedMoment(BigInt(now), process.hrtime.bigint()), mode);
  // Newer versions of it lock this file in the place of the semaphore.
  writeFileSync(files[2], '', mode);
  return shared;
}

/** Whole milliseconds are all that Date.now tells: as they begin there is nothing behind them. */
function atTheNextTick(): WallMoment {
  const before = Date.now();
  let now = before;
  while (now === before) now = Date.now();
  return now;
}

function openSemaphore(): Buffer {
  const bytes = Buffer.alloc(SEMAPHORE.size);
  bytes.writeUInt32LE(1, SEMAPHORE.value);
  bytes.writeUInt32LE(SEMAPHORE.shared, SEMAPHORE.sharing);
  return bytes;
}

/** @param wall milliseconds since 1970 @param steady nanoseconds of CLOCK_MONOTONIC, which libuv reads */
function sharedMoment(wall: bigint, steady: bigint): Buffer {
  const bytes = Buffer.alloc(SHARED.size);
  const put = (at: number, nanoseconds: bigint) => {
    bytes.writeBigInt64LE(nanoseconds / BILLION, at);
    bytes.writeBigInt64LE(nanoseconds % BILLION, at + SHARED.nanoseconds);
  };
  put(SHARED.realtime, wall * 1_000_000n);
  for (const at of SHARED.others) put(at, steady);
  return bytes;
}
