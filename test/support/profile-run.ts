import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { run } from './command.js';

/** A client that is right. */
export const GOOD_CLIENT = ['node', 'examples/javascript/poller.mjs'];

/** A folder that is gone after the test. */
export async function openTemporary(name: string): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), `esoz-${name}-`));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** Plays one scenario of a profile with a client that is right, and writes its JSON report. */
export function playOfProfile(profile: string, report: string, ...options: string[]) {
  const played = ['--profile', profile, '-s', 'done-after-eta', '--pace', '20'];
  return run('exec', ...played, '--report', `json=${report}`, ...options, '--', ...GOOD_CLIENT);
}
