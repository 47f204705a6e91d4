import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Files } from '../../src/record/files.js';
import { makeMasker } from '../../src/record/mask.js';
import { OWN_ANSWER } from '../../src/record/proxy.js';
import { type RecordOptions, startRecorder } from '../../src/record/start.js';
import { loadBare } from '../../src/server/load.js';
import type { makeClient } from './client.js';

/** A folder that is gone after the test. */
export async function openFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'recorded-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

type Changes = Partial<Omit<RecordOptions, 'upstream' | 'files'>> & {
  spec?: string;
  folder?: string;
};

/** A recorder in front of an upstream, on a free port; `files` are those that it has written. */
export async function openRecorder(upstream: string, changes: Changes = {}) {
  const { spec, folder = await openFolder(), ...rest } = changes;
  const notices: string[] = [];
  const failures: string[] = [];
  const recorder = await startRecorder({
    setup: await loadBare(spec === undefined ? {} : { spec }),
    upstream: new URL(upstream),
    files: await Files.open(folder, (message) => failures.push(message)),
    masker: makeMasker({ key: Buffer.alloc(32, 7), mask: [], keep: [] }),
    host: '127.0.0.1',
    port: 0,
    by: 'time',
    check: false,
    timeout: 10_000,
    now: Date.now,
    onNotice: (text) => notices.push(text),
    ...rest,
  });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= recorder.close();
    return closing;
  };
  onTestFinished(close);
  return { recorder, url: recorder.url, folder, notices, failures, close };
}

/** Names and texts of the files in a folder. */
export async function readFiles(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return Object.fromEntries(names.map((name, i) => [name, texts[i] as string]));
}

/** A client that takes the recorder's word for it when the upstream has broken the connection. */
export function seeingThrough<T extends ReturnType<typeof makeClient>>(client: T): T {
  const seen = async (answer: ReturnType<T['poll']>) => {
    const got = await answer;
    const failure = got.headers.get(OWN_ANSWER);
    if (failure === null) return got;
    throw Object.assign(new Error(failure), { cause: { code: 'ECONNRESET' } });
  };
  return {
    ...client,
    api: (...args: Parameters<T['api']>) =>
      seen(client.api(...(args as [string, string])) as ReturnType<T['poll']>),
    create: (...args: Parameters<T['create']>) =>
      seen(client.create(...(args as [unknown])) as ReturnType<T['poll']>),
    poll: (...args: Parameters<T['poll']>) =>
      seen(client.poll(...(args as [string])) as ReturnType<T['poll']>),
  } as T;
}
