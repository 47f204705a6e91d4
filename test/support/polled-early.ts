import { type RunningSandbox, startSandbox } from '../../src/index.js';
import { makeClient } from './client.js';
import { disability } from './conclusions.js';
import { NOON } from './sandbox.js';

/** A sandbox whose client has polled its one job once before the eta, at {@link NOON}, and once when it had come. */
export async function startPolledEarly(): Promise<RunningSandbox> {
  const sandbox = await startSandbox({ clock: { mode: 'manual', now: Date.parse(NOON) } });
  const { create, poll } = makeClient(sandbox.url);
  const { json } = await create(disability());
  await poll(json.data.id);
  sandbox.clock.advance('3s');
  await poll(json.data.id);
  return sandbox;
}
