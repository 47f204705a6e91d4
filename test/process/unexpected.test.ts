import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it, onTestFinished } from 'vitest';
import { stackOf } from '../../src/server/report-unexpected.js';
import { send } from '../support/client.js';
import { launchServe } from './launched.js';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'unexpected-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** A module that is loaded before the command line, and does what no test could do from outside. */
async function preload(text: string): Promise<Record<string, string>> {
  const file = join(await folder(), 'preload.mjs');
  await writeFile(file, text);
  return { NODE_OPTIONS: `--import ${pathToFileURL(file)}` };
}

describe('a stack', () => {
  it('names the places in the source of a built file', async () => {
    const path = await folder();
    const source =
      'const a: number = 1;\n\nexport function fail(): void {\n  throw new Error("x");\n}\n';
    await writeFile(join(path, 'source.ts'), source);
    const outfile = join(path, 'built.js');
    await build({
      entryPoints: [join(path, 'source.ts')],
      outfile,
      format: 'esm',
      minify: true,
      sourcemap: 'linked',
    });
    const { fail } = await import(/* @vite-ignore */ pathToFileURL(outfile).href);
    const thrown = (() => {
      try {
        return fail();
      } catch (error) {
        return error;
      }
    })();
    expect(stackOf(thrown)).toContain(`${join(path, 'source.ts')}:4:9`);
  });

  it('is there for whatever can be thrown', () => {
    expect(stackOf('no error')).toBe('thrown: no error');
    expect(stackOf(undefined)).toBe('thrown: undefined');
    const cause = new TypeError('inner');
    expect(stackOf(new Error('outer', { cause }))).toMatch(
      /outer[\s\S]*caused by: TypeError: inner/,
    );
    const bare = Object.assign(new Error('gone'), { stack: undefined });
    expect(stackOf(bare)).toBe('Error: gone');
  });
});

const JOB = '/api/patients/composition/job/9d2cbb43-4d5c-4b3e-8a50-111111111111';

/** A query with this word in it cannot be read. */
const BREAKS = `
  const Real = globalThis.URLSearchParams;
  globalThis.URLSearchParams = class URLSearchParams extends Real {
    constructor(text) {
      if (String(text).includes('boom')) throw new RangeError('a fault of our own');
      super(text);
    }
  };`;

describe('an unexpected error in a request', () => {
  it.each([
    ['a poll', 'GET', JOB],
    ['another operation', 'GET', '/api/patients/searchComposition'],
    ['the control API', 'GET', '/__sandbox/sessions'],
  ])('is a 500 to %s and a stack with places in src/, and the sandbox goes on', async (_, method, path) => {
    const { url, says, err } = await launchServe([], { env: await preload(BREAKS) });
    const { status, json } = await send(method, `${url}${path}?boom=1`);
    expect(status).toBe(500);
    expect(JSON.stringify(json)).toContain('a fault of our own');
    await says(/please report it: RangeError: a fault of our own/);
    expect(err()).toMatch(/at readQuery .*src\/server\/http\/address\.ts:\d+:\d+/);
    expect((await send('GET', `${url}/__sandbox/health`)).status).toBe(200);
  });
});

describe('an unexpected error outside of any request', () => {
  it.each([
    ['thrown', 'setTimeout(() => { throw new RangeError("nobody asked"); })'],
    ['in a promise that nobody awaits', 'Promise.reject(new RangeError("nobody asked"))'],
  ])('%s ends the process with 70, after it has been told', async (_, fault) => {
    const env = await preload(`process.on('SIGUSR2', () => { ${fault}; });`);
    const { child, exit, err } = await launchServe([], { env });
    child.kill('SIGUSR2');
    expect(await exit).toBe(70);
    expect(err()).toContain('please report it: RangeError: nobody asked');
  });
});
