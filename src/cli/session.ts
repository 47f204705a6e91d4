import { readFile, writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { formatCount } from '../audit/format.js';
import type { SessionView } from '../sandbox/control/views.js';
import { UsageError } from '../sandbox-error.js';
import { FILE_ENDING } from '../server/carried/session-file.js';
import { t } from '../texts/spoken.js';
import { askControl, type RunningAt } from './ask-control.js';
import { say } from './output.js';

export interface SaveOptions extends RunningAt {
  output?: string;
  secrets?: true;
}

export async function saveSession(name: string, options: SaveOptions): Promise<void> {
  const query = options.secrets ? { secrets: 'true' } : {};
  const answer = await askControl(options, 'GET', `${pathOf(name)}/file`, { query });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const file = options.output ?? `${name}${FILE_ENDING}`;
  await writeFile(file, bytes).catch((error: NodeJS.ErrnoException) => {
    const what = `cannot write ${file} (${error.code})`;
    throw new UsageError(
      'USAGE_WRONG_OPTION',
      what,
      'name a file in a folder that you may write to',
    );
  });
  const size = Math.ceil(bytes.length / 1024);
  say(
    t`session ${name} is saved in ${file} (${size} KiB); look at it with: esoz-sandbox open ${file}`,
  );
}

export interface LoadOptions extends RunningAt {
  as?: string;
  replace?: true;
}

export async function loadSession(file: string, options: LoadOptions): Promise<void> {
  const bytes = await readSessionBytes(file);
  const { readSessionFile } = await import('../server/carried/read-session-file.js');
  const name = options.as ?? (await readSessionFile(bytes, basename(file))).header.session;
  const query = options.replace ? { replace: 'true' } : {};
  const sent = new Uint8Array(bytes);
  const answer = await askControl(options, 'PUT', `${pathOf(name)}/file`, { query, bytes: sent });
  const { url, holds } = (await answer.json()) as SessionView;
  say(
    t`session ${name} goes on from ${file} at ${url} (${formatCount(holds.exchanges, 'exchange')})`,
  );
}

/** @throws UsageError */
export function readSessionBytes(file: string): Promise<Buffer> {
  return readFile(resolve(file)).catch((error: NodeJS.ErrnoException) => {
    const what = `${file} cannot be read (${error.code})`;
    throw new UsageError('FILE_UNREADABLE', what, 'check the path, and that you may read it');
  });
}

export interface BranchOptions extends RunningAt {
  at?: number;
  replace?: true;
}

export async function branchSession(
  name: string,
  to: string,
  options: BranchOptions,
): Promise<void> {
  const { at, replace } = options;
  const json = { name: to, ...(at === undefined ? {} : { at }), ...(replace ? { replace } : {}) };
  const answer = await askControl(options, 'POST', `${pathOf(name)}/branch`, { json });
  const { url, holds } = (await answer.json()) as SessionView;
  say(
    t`session ${to} goes on from ${name} at ${url} (${formatCount(holds.exchanges, 'exchange')})`,
  );
}

export async function listSessions(options: RunningAt & { json?: true }): Promise<void> {
  const answer = await askControl(options, 'GET', '/sessions');
  const { sessions } = (await answer.json()) as { sessions: SessionView[] };
  if (options.json) {
    say(JSON.stringify(sessions));
    return;
  }
  if (sessions.length === 0) say(t('there is no session yet'));
  const width = Math.max(0, ...sessions.map(({ name }) => name.length));
  for (const { name, url, holds } of sessions) {
    const held = `${formatCount(holds.exchanges, 'exchange')}, ${formatCount(holds.jobs, 'job')}`;
    say(`${name.padEnd(width)}  ${t(held)}  ${url}`);
  }
}

export async function deleteSession(name: string, options: RunningAt): Promise<void> {
  await askControl(options, 'DELETE', pathOf(name));
  say(t`there is no session ${name} any more`);
}

function pathOf(name: string): string {
  return `/sessions/${encodeURIComponent(name)}`;
}
