import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFileStore } from '../../src/store/file/open-file-store.js';
import type { RecordStore } from '../../src/store/store.js';
import { all } from './contract.js';

const ROUNDS = 15;

const folder = mkdtempSync(join(tmpdir(), 'esoz-killed-'));
/** Where Node finds the embedded database from. */
const writer = join(process.cwd(), `node_modules/.cache/killed-writer-${process.pid}.mjs`);

beforeAll(async () => {
  const entryPoints = [join(import.meta.dirname, 'killed-writer.ts')];
  const bundle = { bundle: true, platform: 'node', format: 'esm', packages: 'external' } as const;
  await build({ ...bundle, entryPoints, outfile: writer });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(writer, { force: true });
});

/** What has been answered of a session last. */
interface Answered {
  life: number;
  position: number;
  /** Whether its end has been asked for. */
  ending?: boolean;
}

/** Lets the writer write until it has said so many lines, and kills it there. */
async function writeAndKill(
  at: string,
  durability: string,
  lines: number,
  answered: Map<string, Answered>,
) {
  const child = spawn(process.execPath, [writer, at, durability], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = 0;
  const exit = once(child, 'exit');
  for await (const line of createInterface(child.stdout)) {
    const [what, name = '', life, position] = line.split(' ');
    const last = answered.get(name);
    if (what === 'ending' && last) last.ending = true;
    else if (what === 'kept')
      answered.set(name, { life: Number(life), position: Number(position) });
    else answered.set(name, { life: Number(life) + 1, position: 0 });
    if (++said === lines) child.kill('SIGKILL');
  }
  await exit;
  expect(said).toBeGreaterThanOrEqual(lines);
  return said;
}

/** Everything that was answered is there, and nothing by half. */
async function check(
  store: RecordStore,
  name: string,
  { life, position, ending }: Answered,
): Promise<void> {
  const found = await store.find(name);
  const facts = (await all(store.read(name, 0))).map((text) => JSON.parse(text));
  if (!found) {
    expect(ending || position === 0).toBe(true);
    expect(facts).toEqual([]);
    return;
  }
  const now = facts.at(-1).life as number;
  expect(now).toBeGreaterThanOrEqual(life);
  if (now === life) expect(found.position).toBeGreaterThanOrEqual(position);
  expect(found.position % 2).toBe(0);
  expect(facts.map(({ life, n }) => [life, n])).toEqual(
    facts.map((_, i) => [now, found.trimmed + 1 + i]),
  );
  expect(found.trimmed + facts.length).toBe(found.position);
  const [head, twin] = await store.get(name, ['head', 'twin']);
  expect(twin).toBe(head);
  if (head || found.recorded > 0)
    expect(JSON.parse(head as string)).toEqual({ life: now, position: found.recorded });
  expect(found.trimmed).toBeLessThanOrEqual(found.recorded);
  const records = await store.range(name, { from: 'k/', before: 'k0', limit: 100 });
  for (const { value } of records) {
    expect(JSON.parse(value).life).toBe(now);
    expect(JSON.parse(value).position).toBeLessThanOrEqual(found.recorded);
  }
}

describe('A store whose process is killed', () => {
  for (const durability of ['strict', 'fast'])
    it(`has everything that was answered, and nothing by half: ${durability}`, async () => {
      const at = join(folder, durability);
      const answered = new Map<string, Answered>();
      let total = 0;
      for (let round = 1; round <= ROUNDS; round++) {
        total += await writeAndKill(at, durability, 50 + ((round * 7919) % 3_000), answered);
        const store = await openFileStore({ folder: at, strict: true, now: 0 });
        expect(store.life.opened).toBe(2 * round);
        for (const [name, last] of answered) await check(store, name, last);
        await store.close();
      }
      expect(total).toBeGreaterThan(1_000);
    });
});
