import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CODE } from '../../src/board/by-hand/code-lines.js';
import { callControl } from '../support/control.js';
import { needs } from '../support/runtimes.js';
import { openSandbox } from '../support/sandbox.js';

const run = promisify(execFile);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'code-lines-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** How the lines of a language are run, and what has to be there. */
const RUN = {
  PHP: ['php', (text: string) => run('php', [file('first.php', text)])],
  'C#': ['csharp', runWithMono],
  Java: ['java', (text: string) => run('java', [file('Main.java', text)])],
  Python: ['python', (text: string) => run('python3', [file('first.py', text)])],
  JavaScript: [undefined, (text: string) => run(process.execPath, [file('first.mjs', text)])],
} as const;

async function runWithMono(text: string) {
  const program = join(folder, 'first.exe');
  await run('mcs', [`-out:${program}`, '-r:System.Net.Http.dll', file('first.cs', text)]);
  return run('mono', [program]);
}

it('has lines for each language', () => {
  expect(Object.keys(CODE)).toEqual(Object.keys(RUN));
});

describe.each(Object.entries(RUN))('the first lines in %s', (language, [runtime, play]) => {
  if (runtime) needs(runtime);

  it('schedule a job of the session', async () => {
    const { sandbox } = await openSandbox();
    const { url } = sandbox.session('test-1').set({});
    const asked = '/examples/createComposition/request';
    const { method, path, headers } = (await callControl(sandbox.url, 'GET', asked)).json;
    const example = `${sandbox.url}/__sandbox/examples/createComposition`;
    const write = CODE[language] as (typeof CODE)[string];
    const { stdout } = await play(write({ base: url, example, method, path, headers }));
    const [job] = sandbox.session('test-1').jobs();
    expect(JSON.parse(stdout).data.id).toBe(job?.id);
    expect(sandbox.jobs()).toEqual([]);
  });
});
