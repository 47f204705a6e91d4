import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { disability } from '../support/conclusions.js';
import { openSandbox } from '../support/sandbox.js';

/** The eta that a poll is told at the slowest pace, when the scenario's own is this one. */
export async function lastEta(eta: string): Promise<string> {
  const scenarios = await mkdtemp(join(tmpdir(), 'esoz-long-life-'));
  onTestFinished(() => rm(scenarios, { recursive: true, force: true }));
  const life = `life:\n  - state: PENDING\n    for: 36500d\n    eta: ${eta}\n  - state: DONE\n`;
  const head = 'scenario: a-century\ntitle: A century\nabout: It takes its time.\ngroup: slow\n';
  await writeFile(join(scenarios, 'a-century.yaml'), head + life);
  const { client, sandbox } = await openSandbox({
    scenarios,
    scenario: 'a-century',
    clock: { mode: 'paced', pace: 0.001 },
  });
  const { json } = await client.create(disability());
  const polled = await client.poll(json.data.id);
  sandbox.verdict();
  return polled.json.data.eta;
}
