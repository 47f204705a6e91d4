import { onTestFinished } from 'vitest';
import { type RunningSandbox, type SandboxOptions, startSandbox } from '../../src/index.js';
import { makeClient } from './client.js';

export const NOON = '2026-02-02T12:00:00.000Z';

/** A sandbox for one test, with a manual clock that starts at {@link NOON}, and a client of it. */
export async function openSandbox(options: SandboxOptions = {}) {
  const clock = { mode: 'manual' as const, now: Date.parse(NOON) };
  const sandbox: RunningSandbox = await startSandbox({ clock, ...options });
  onTestFinished(() => sandbox.close());
  return { sandbox, client: makeClient(sandbox.url) };
}

/** Lets jobs of the default scenario come to their ends. */
export const LONG_ENOUGH = '3s';
