import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadApis } from '../../src/load/load-setup.js';
import { Files } from '../../src/record/files.js';
import { makeMasker } from '../../src/record/mask.js';
import { OWN_ANSWER } from '../../src/record/proxy.js';
import { type RecordOptions, startRecorder } from '../../src/record/start.js';
import type { Answered, makeClient } from './client.js';

type Client = ReturnType<typeof makeClient>;

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

/** A recorder in front of an upstream, on a free port, for one test. */
export async function openRecorder(upstream: string, changes: Changes = {}) {
  const folder = changes.folder ?? (await openFolder());
  const opened = await launchRecorder(upstream, folder, changes);
  onTestFinished(opened.close);
  return opened;
}

/** The same for who closes it himself. */
export async function launchRecorder(upstream: string, folder: string, changes: Changes = {}) {
  const { spec, folder: _, apis, ...rest } = changes;
  const notices: string[] = [];
  const failures: string[] = [];
  const recorder = await startRecorder({
    apis: apis ?? (await loadApis({ spec })),
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
  return { recorder, url: recorder.url, folder, notices, failures, close };
}

/** Names and texts of the files in a folder. */
export async function readFiles(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return Object.fromEntries(names.map((name, i) => [name, texts[i] as string]));
}

/** A client to which the recorder's word that the upstream broke the connection is a broken connection. */
export function seeingThrough(client: Client): Client {
  const seen = async (answer: Promise<Answered>) => {
    const got = await answer;
    const failure = got.headers.get(OWN_ANSWER);
    if (failure === null) return got;
    throw Object.assign(new Error(failure), { cause: { code: 'ECONNRESET' } });
  };
  return {
    ...client,
    api: (...asked) => seen(client.api(...asked)),
    create: (...asked) => seen(client.create(...asked)),
    poll: (...asked) => seen(client.poll(...asked)),
  };
}
