import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { SandboxOptions } from '../../src/index.js';
import { send } from './client.js';
import { openSandbox } from './sandbox.js';

const FOLDER = 'test/fixtures/media';

/** The binding of the fixture with a text in the place of another one, in a folder of its own. */
export async function makeBinding(...changes: readonly [from: string, to: string][]) {
  const folder = await mkdtemp(join(tmpdir(), 'media-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const text = await readFile(`${FOLDER}/binding.yaml`, 'utf8');
  const binding = join(folder, 'binding.yaml');
  const changed = changes.reduce((said, [from, to]) => {
    if (!said.includes(from)) throw new Error(`the binding does not say ${from}`);
    return said.replace(from, () => to);
  }, text);
  await writeFile(binding, changed);
  return { binding };
}

/** A sandbox of the media API, and a client of it. @param change what its binding says otherwise */
export async function makeMedia(options: SandboxOptions = {}, change?: (text: string) => string) {
  const own = change ? await changedBinding(change) : { binding: `${FOLDER}/binding.yaml` };
  const files = { spec: `${FOLDER}/openapi.yaml`, scenarios: `${FOLDER}/scenarios`, ...own };
  const { sandbox } = await openSandbox({ ...files, ...options });
  const ask = (method: string, path: string, body?: unknown) =>
    send(method, sandbox.url + path, body === undefined ? {} : { body });
  const media = {
    create: (body: unknown = { source: 'a.mov' }, project = 'p1') =>
      ask('POST', `/projects/${project}/jobs`, body),
    poll: (id: string) => ask('GET', `/jobs/${id}`),
    cancel: (id: string) => ask('POST', `/jobs/${id}/cancel`),
    remove: (id: string) => ask('DELETE', `/jobs/${id}`),
    list: (query = '', project = 'p1') => ask('GET', `/projects/${project}/jobs${query}`),
    output: (id: string) => ask('GET', `/jobs/${id}/output`),
    captions: (id: string) => ask('GET', `/jobs/${id}/captions`),
    file: (id: string) => ask('GET', `/jobs/${id}/file`),
    head: (path: string) => ask('HEAD', path),
  };
  return { sandbox, media };
}

async function changedBinding(change: (text: string) => string) {
  const text = await readFile(`${FOLDER}/binding.yaml`, 'utf8');
  const changed = change(text);
  if (changed === text) throw new Error('nothing of the binding has been changed');
  return makeBinding([text, changed]);
}
