import { onTestFinished } from 'vitest';
import { type RunningSandbox, type SandboxOptions, startSandbox } from '../../src/index.js';
import { makeClient, send } from './client.js';

export const NOON = '2026-02-02T12:00:00.000Z';

/**
 * A sandbox for one test, with a manual clock that starts at {@link NOON}, and a client of it. No other
 * test has it at the same time. One that has served a test may serve the next one, when all its sessions
 * have been deleted: reading the contract and compiling its validators takes longer than most tests.
 */
export async function openSandbox(options: SandboxOptions = {}) {
  const sandbox = idle(options).pop() ?? (await open(options));
  let closed = false;
  const close = () => {
    closed = true;
    return sandbox.close();
  };
  onTestFinished(async () => {
    if (closed) return;
    if (canServeAgain(options) && (await forgetAll(sandbox, options))) idle(options).push(sandbox);
    else await sandbox.close();
  });
  const lent: RunningSandbox = {
    ...sandbox,
    get scenarios() {
      return sandbox.scenarios;
    },
    close,
  };
  return { sandbox: lent, client: makeClient(sandbox.url) };
}

/** Lets jobs of the default scenario come to their ends. */
export const LONG_ENOUGH = '3s';

/** Sandboxes that no test has at the moment, by their options. */
const IDLE = new Map<string, RunningSandbox[]>();

function idle(options: SandboxOptions): RunningSandbox[] {
  const key = JSON.stringify(options);
  const found = IDLE.get(key) ?? [];
  IDLE.set(key, found);
  return found;
}

function open(options: SandboxOptions): Promise<RunningSandbox> {
  const clock = { mode: 'manual' as const, now: Date.parse(NOON) };
  return startSandbox({ clock, ...options });
}

/** What only says how sessions begin. With a seed, limits or files that change a sandbox is for one test alone. */
const OF_SESSIONS = [
  'scenario',
  'envelope',
  'clock',
  'rules',
  'auth',
  'settings',
  'chaos',
  'controlToken',
  'timeouts',
];
const FILES = ['spec', 'binding', 'scenarios', 'pack'];

function canServeAgain(options: SandboxOptions): boolean {
  return Object.entries(options).every(
    ([key, value]) =>
      OF_SESSIONS.includes(key) ||
      (FILES.includes(key) && /^(test\/fixtures\/|[\w-]+$)/.test(String(value))),
  );
}

/** Deletes every session. False: the sandbox does not answer as it should, and serves no other test. */
async function forgetAll({ url }: RunningSandbox, { controlToken }: SandboxOptions) {
  const headers: Record<string, string> = controlToken ? { 'X-Sandbox-Token': controlToken } : {};
  const sessions = `${url}/__sandbox/sessions`;
  try {
    const { json } = await send('GET', sessions, { headers });
    for (const { name } of json.sessions) await send('DELETE', `${sessions}/${name}`, { headers });
    return true;
  } catch {
    return false;
  }
}
