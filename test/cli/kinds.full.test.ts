import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadApis } from '../../src/load/load-setup.js';
import { send } from '../support/client.js';
import { run, serve, until } from '../support/command.js';
import { launchRecorder } from '../support/recorder.js';
import { BINDING, mediaFolder } from '../support/two-kinds.js';

const CLIENT = `
const api = process.env.ESOZ_SANDBOX_URL;
const wait = (seconds) => new Promise((go) => setTimeout(go, seconds * 1000));
const begun = await (await fetch(api + '/imports', { method: 'POST' })).json();
for (let state = 'waiting'; state === 'waiting'; ) {
  await wait(0.2);
  const answer = await fetch(api + '/imports/' + begun.importId);
  state = answer.ok ? (await answer.json()).state : 'over';
}
`;

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'kinds-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

describe('a binding of several kinds of jobs', () => {
  it('is served, each kind in a line of the banner and to machines', async () => {
    const pack = await mediaFolder();
    const { text, url } = await serve('--pack', pack);
    await until(() => text().includes('Ctrl-C'), text);
    expect(text().match(/^ {2}serves .*$/gm)).toHaveLength(1);
    expect(text()).toMatch(
      /plays {5}exports: built-in, unless[^\n]*\n {12}imports: built-in, unless/,
    );
    expect(text()).toContain(`curl -s -X POST ${url}/v1/imports`);
    const machine = await serve('--pack', pack, '--json');
    const [first = ''] = machine.text().split('\n');
    expect(JSON.parse(first).apis).toMatchObject([
      { name: 'exports', binding: 'media', kind: 'exports', schedules: ['createExport'] },
      { name: 'imports', binding: 'media', kind: 'imports', report: 'getImport' },
    ]);
  });

  it('is held to the contract, scenarios and all', async () => {
    const good = await run('lint', '--pack', await mediaFolder());
    expect([good.code, good.out]).toEqual([0, '4 files, no mistake\n']);
    const odd = 'scenario: odd\nlife: [{ state: waiting, for: 1 poll }, { state: ovr }]\n';
    const binding = BINDING.replace('operation: getImport,', 'operation: getImports,');
    const pack = await mediaFolder({ 'scenarios/odd.yaml': odd });
    const bad = await run('lint', '--pack', pack);
    expect(bad.code).toBe(1);
    expect(bad.out).toMatch(
      /odd\.yaml:2:50: unknown state "ovr", if this is a scenario of imports/,
    );
    const other = await run('lint', '--pack', await mediaFolder({ 'binding.yaml': binding }));
    expect(other.err + other.out).toMatch(
      /binding\.yaml:20:\d+: report: .*getImports.*did you mean getImport\?/,
    );
  });

  it('lists the scenarios of each, and shows one by its name', async () => {
    const pack = await mediaFolder();
    const { out } = await run('scenarios', '--pack', pack);
    expect(out).toMatch(/^exports\n[\s\S]*quick[\s\S]*^imports\n[\s\S]*breaks/m);
    const shown = await run('scenarios', 'show', 'imports/quick', '--pack', pack);
    expect(shown.out).toMatch(/^scenario {4}imports\/quick$/m);
  });

  it('plays a job of each with try, or that of an operation', async () => {
    const pack = await mediaFolder();
    const both = await run('try', '--pack', pack, '--pace', '1000');
    expect(both.code).toBe(0);
    expect(both.out).toMatch(/done: the job is done[\s\S]*over: the job is done/);
    const one = await run('try', '--pack', pack, '--operation', 'createImport', '--pace', '1000');
    expect(one.out).not.toContain('/exports');
    expect(one.out).toContain('over: the job is done');
  });

  it('has suites that name scenarios of any kind', async () => {
    const suites = {
      'suites/polling-basics.yaml': 'suite: polling-basics\nscenarios: [quick, imports/breaks]\n',
    };
    const pack = await mediaFolder(suites);
    expect((await run('lint', '--pack', pack)).out).toBe('5 files, no mistake\n');
    const client = join(pack, 'client.mjs');
    await writeFile(client, CLIENT);
    const played = await run('exec', '--pack', pack, '--', 'node', client);
    expect(played.out).toMatch(/✗ exports\/quick .*/);
    expect(played.out).toMatch(/[✓✗] imports\/quick/);
    expect(played.out).toMatch(/[✓✗] imports\/breaks/);
  });

  it('is recorded, the scenarios of each kind into a folder that is read again', async () => {
    const [pack, out] = [await mediaFolder(), await folder()];
    const upstream = await serve('--pack', pack, '--quiet');
    const apis = await loadApis({ pack });
    const recorder = await launchRecorder(upstream.url, out, { apis });
    const { json } = await send('POST', `${recorder.url}/imports`);
    expect((await send('GET', `${recorder.url}/imports/${json.importId}`)).status).toBe(200);
    await recorder.close();
    const [file = ''] = await readdir(join(out, 'imports'));
    expect(await readFile(join(out, 'imports', file), 'utf8')).toContain('state: waiting');
    const listed = await run('scenarios', '--pack', pack, '--scenarios', out, '--json');
    const recorded = JSON.parse(listed.out).filter(
      (one: { group: string }) => one.group === 'recorded',
    );
    expect(recorded).toMatchObject([{ api: 'imports' }]);
  });

  it('is read again when its file changes: kinds may come and go', async () => {
    const pack = await mediaFolder();
    const { text, url } = await serve('--pack', pack);
    expect((await send('POST', `${url}/imports`)).status).toBe(202);
    const file = join(pack, 'binding.yaml');
    const whole = await readFile(file, 'utf8');
    await writeFile(file, whole.slice(0, whole.indexOf('  imports:')));
    await until(() => text().includes('kinds of jobs: exports'), text);
    const { json } = await send('GET', `${url}/__sandbox/health`);
    expect(json.apis).toBeUndefined();
    expect((await send('POST', `${url}/exports`)).json.state).toBe('queued');
    await writeFile(file, whole);
    await until(() => text().includes('kinds of jobs: exports, imports'), text);
    const begun = await send('POST', `${url}/imports`);
    expect((await send('GET', `${url}/imports/${begun.json.importId}`)).json.state).toBe('waiting');
  });
});

describe('init', () => {
  it('writes every kind into one binding that lint finds no mistake in', async () => {
    const path = await folder();
    const document = await readFile('test/guess/documents/kinds.yaml', 'utf8');
    await writeFile(join(path, 'openapi.yaml'), document);
    const { code, out } = await run('init', join(path, 'openapi.yaml'), '--yes');
    expect(code).toBe(0);
    expect(out).toContain('batches: createBatch schedules jobs, getBatch reports them.');
    expect(await readdir(join(path, 'scenarios'))).toEqual(['batches', 'fine-tuning-jobs']);
    expect(await readFile(join(path, 'binding.yaml'), 'utf8')).toMatch(/^kinds:\n {2}batches:$/m);
    const linted = await run('lint', '--pack', path);
    expect([linted.code, linted.out]).toEqual([
      0,
      expect.stringMatching(/^\d+ files, no mistake\n$/),
    ]);
    const again = await run('init', join(path, 'openapi.yaml'), '--yes');
    expect(again.out).not.toContain('written');
  });

  it('names files after the document where a folder has several', async () => {
    const path = await folder();
    const document = await readFile('test/guess/documents/kinds.yaml', 'utf8');
    for (const name of ['a.yaml', 'b.yaml']) await writeFile(join(path, name), document);
    expect((await run('init', join(path, 'a.yaml'), '--yes')).code).toBe(0);
    expect((await run('init', join(path, 'b.yaml'), '--yes')).code).toBe(0);
    expect((await readdir(path)).sort()).toEqual([
      'a.SANDBOX.md',
      'a.binding.yaml',
      'a.scenarios',
      'a.yaml',
      'b.SANDBOX.md',
      'b.binding.yaml',
      'b.scenarios',
      'b.yaml',
    ]);
    const { text } = await serve(join(path, 'b.yaml'));
    await until(() => text().includes('Ctrl-C'), text);
    expect(text()).toMatch(/binding .*b\.binding\.yaml/);
    expect(text()).toMatch(/batches: built-in, unless you choose one of the 6 scenarios/);
  });
});
