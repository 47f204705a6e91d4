import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { send } from '../support/client.js';
import { run, serve, until } from '../support/command.js';
import { needs } from '../support/runtimes.js';

const shell = promisify(execFile);
const ours = (name: string) => `test/guess/documents/${name}`;

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'document-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** Starts `serve` so that jobs are over at once, and gives the lines that its banner offers. */
async function offered(...args: string[]) {
  const { text, url } = await serve(...args, '--clock', 'paced:1000');
  await until(() => text().includes('Ctrl-C'), text);
  return { text: text(), url, lines: text().match(/^ {2}curl .*$/gm) ?? [] };
}

/** What a line brings, headers and body, when it is pasted. */
async function paste(line: string): Promise<string> {
  const { stdout } = await shell('sh', ['-c', line.replace(/curl -s (?!.*\| )/, 'curl -s -i ')]);
  return stdout;
}

describe('the lines that serve offers for any document', () => {
  needs('curl');

  it.each([
    [ours('bulk-export.yaml'), /export-jobs\/(\S+)/, /^HTTP\/1.1 200.*"output":\[/s],
    [ours('operation-location.yaml'), /analyzeResults\/(\S+)/, /"status":"succeeded"/],
    [ours('done-flag.yaml'), /"operations\/([^"]+)"/, /"done":true/],
    [ours('actions.yaml'), /"id":(\d{9}),/, /"id":\d{9},"status":"completed"/],
    [ours('forms.yaml'), /"sid":"(CA\w{32})"/, /"status":"completed"/],
    [ours('linked.json'), /renderings\/(\S+)/, /"state":"JOB_STATE_READY"/],
    ['test/fixtures/reports/openapi.yaml', /"order":"([^"]+)"/, /"progress":"ready"/],
    ['test/conformance/apis/fal/openapi.yaml', /"request_id":"([^"]+)"/, /"status":"COMPLETED"/],
    ['spec/medical-events/openapi.yaml', /[Jj]obs\/(\w+)/, /"status":"processed"/],
  ])('end with the state of its job when they are pasted: %s', async (file, id, end) => {
    const { lines } = await offered(file);
    const [create = '', poll = '', choose = ''] = lines;
    const [, job = 'none'] = id.exec(await paste(create)) ?? [];
    await paste('sleep 0.05');
    expect(await paste(poll.replace('JOB_ID', job))).toMatch(end);
    expect(await paste(choose)).toContain('"queue":[{');
  });

  it('read something where there is no job', async () => {
    const { text, lines } = await offered(ours('no-jobs.yaml'));
    expect(text).toContain('binding   none: nothing looks like a job');
    expect(lines).toHaveLength(1);
    expect(await paste(lines[0] ?? '')).toContain('["09:00"]');
  });
});

describe('which binding plays', () => {
  it('is told to people and to machines, with what was guessed and what is asked', async () => {
    const { text } = await offered(ours('linked.json'));
    expect(text).toContain('binding   guessed from the document');
    expect(text).toContain('render → getRendering');
    const { text: json } = await serve('--json', ours('done-flag.yaml'));
    expect(JSON.parse(json().split('\n')[0] ?? '')).toMatchObject({
      event: 'listening',
      binding_from: 'guessed',
      schedules: ['createInstance'],
      report: 'getOperation',
      questions: [expect.stringContaining('cancelOperation')],
    });
  });

  it('is the one of the package for a document with its operations, whatever its name', async () => {
    const path = join(await folder(), 'official.yaml');
    await cp('spec/compositions/openapi.yaml', path);
    const { text } = await offered(path);
    expect(text).toContain('compositions, which comes with the package: its operations are here');
    const scenarios = (await readdir('scenarios/compositions')).filter((name) =>
      name.endsWith('.yaml'),
    );
    expect(text).toContain(`one of the ${scenarios.length} scenarios`);
  });

  it('is the one beside the document, under either name, with the scenarios beside it', async () => {
    const path = await folder();
    await cp('test/fixtures/reports', path, { recursive: true });
    await cp(join(path, 'binding.yaml'), join(path, 'openapi.binding.yaml'));
    await writeFile(join(path, 'binding.yaml'), 'of another document');
    const { text } = await offered(join(path, 'openapi.yaml'));
    expect(text).toContain(join(path, 'openapi.binding.yaml'));
    expect(text).toContain('one of the 1 scenarios');
  });

  it('is never ours for a document that has nothing to do with it', async () => {
    const { url } = await serve('--spec', ours('no-jobs.yaml'));
    const { json } = await send('GET', `${url}/__sandbox/health`);
    expect(json).toMatchObject({ binding: 'museum', scenarios: 0 });
    expect((await send('GET', `${url}/hours`)).json).toEqual(['09:00']);
    const linted = await run('lint', '--spec', ours('linked.json'));
    expect(linted).toMatchObject({ code: 0, err: '' });
  });

  it('is guessed for the folder of a document alone too', async () => {
    const path = await folder();
    await cp(ours('linked.json'), join(path, 'openapi.json'));
    const { text } = await offered(path);
    expect(text).toContain('render → getRendering');
  });

  it('is the one that comes to lie beside the document while it is served', async () => {
    const file = join(await folder(), 'openapi.json');
    await cp(ours('linked.json'), file);
    const { text, url } = await serve(file);
    expect((await run('init', file, '--yes')).code).toBe(0);
    await until(() => text().includes('contract read again'), text);
    const { json } = await send('GET', `${url}/__sandbox/health`);
    expect(json).toMatchObject({ binding: 'renderings' });
  });

  it('is served beside the pack that --pack names', async () => {
    const { url } = await serve('--pack', 'compositions', ours('linked.json'));
    const { json } = await send('GET', `${url}/__sandbox/health`);
    expect(json.apis.map(({ name }: { name: string }) => name)).toEqual([
      'compositions',
      'renderings',
    ]);
  });

  it('is named once: FILE and --spec cannot both say what is served', async () => {
    const { code, err } = await run('serve', ours('linked.json'), '--spec', 'other.yaml');
    expect(code).toBe(3);
    expect(err).toContain('[USAGE_OPTION_CONFLICT]');
  });
});
