import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeClient, send } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { launchServe } from './launched.js';

async function serve(folder: string) {
  const { child, exit, out } = await launchServe(['--store', `file:${folder}`, '--json']);
  const [line] = out().split('\n');
  const { url } = JSON.parse(line as string) as { url: string };
  return { url, client: makeClient(url), stop: async () => child.kill('SIGTERM') && (await exit) };
}

it('a poll of the process that comes after counts as one that came after', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'esoz-store-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const first = await serve(folder);
  const clock = { mode: 'manual', now: '2026-11-02T12:00:00Z' };
  await send('PUT', `${first.url}/__sandbox/sessions/default`, { body: { clock } });
  const { json } = await first.client.create(disability());
  const advance = `${first.url}/__sandbox/sessions/default/clock/advance`;
  await send('POST', advance, { body: { by: '1h' } });
  expect((await first.client.poll(json.data.id)).json.data.status).toBe('DONE');
  await first.stop();
  const second = await serve(folder);
  await second.client.poll(json.data.id);
  const verdict = await send('GET', `${second.url}/__sandbox/sessions/default/verdict`);
  await second.stop();
  const rule = verdict.json.rules.find((one: { rule: string }) => one.rule === 'stops-when-final');
  expect(rule).toMatchObject({ outcome: 'failed' });
});
