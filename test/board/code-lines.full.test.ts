import { describe, expect, it } from 'vitest';
import { CODE } from '../../src/board/by-hand/code-lines.js';
import { callControl } from '../support/control.js';
import { codeRunners } from '../support/run-code.js';
import { needs } from '../support/runtimes.js';
import { openSandbox } from '../support/sandbox.js';

const { curl: _, ...RUN } = codeRunners('Main');

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
