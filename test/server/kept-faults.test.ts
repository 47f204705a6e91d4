import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { callControl } from '../support/control.js';
import { playJob } from '../support/life.js';
import { openSandbox } from '../support/sandbox.js';

/** The journal of a sandbox by HTTP: the next start on the folder must tell the same. */
async function journalOf(url: string) {
  const { json } = await callControl(url, 'GET', '/sessions/default/journal');
  return json.exchanges as { fault?: string; status: number; until?: string }[];
}

it.each([
  ['reset', 0],
  ['hang', 0],
  ['truncated-body', 200],
  ['malformed-json', 200],
  ['interim', 200],
  ['gateway-html', 502],
])('%s: a store has the line of the exchange with what it has changed, and its end', async (fault, status) => {
  const folder = await mkdtemp(join(tmpdir(), 'kept-faults-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const store = `file:${folder}/store`;
  const life = `{ answer: { fault: ${fault} }, for: 1 poll, off_contract: true }, { state: PENDING, for: 1 poll }`;
  const { sandbox, client, job } = await playJob(life, { store });
  const asked = client.poll(job).catch(() => undefined);
  if (fault === 'hang') {
    await expect.poll(async () => (await journalOf(sandbox.url)).length).toBe(2);
  } else await asked;
  await client.poll(job);
  const before = await journalOf(sandbox.url);
  expect(before.map((line) => [line.fault, line.status])).toEqual([
    [undefined, 200],
    [fault, status],
    [undefined, 200],
  ]);
  await sandbox.close();
  await asked;
  const again = await openSandbox({ store });
  const after = await journalOf(again.sandbox.url);
  const isOpen = fault === 'hang';
  expect(after.map(({ until, ...line }) => line)).toMatchObject(
    before.map(({ until, ...line }) => line),
  );
  expect(after.every(({ until }) => until !== undefined || isOpen)).toBe(true);
});
