import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadBare } from '../../src/load/load-setup.js';
import { loadScenarios } from '../../src/load/scenario-files.js';
import { checkReport } from '../../src/record/check-report.js';
import { makeClient, send } from '../support/client.js';
import { disability, disabilityOf } from '../support/conclusions.js';
import { openFolder, openRecorder, readFiles } from '../support/recorder.js';
import { openSandbox } from '../support/sandbox.js';

type Changes = Parameters<typeof openRecorder>[1];

/** A sandbox, a recorder in front of it that goes by its clock, and a client of the recorder. */
async function open(changes: Changes = {}) {
  const { sandbox } = await openSandbox();
  const now = () => sandbox.clock.now().getTime();
  const recorder = await openRecorder(sandbox.url, { now, ...changes });
  return { sandbox, ...recorder, client: makeClient(recorder.url) };
}

describe('the files of a recording', () => {
  it('are written as the job goes: nothing but the last exchange can be lost', async () => {
    const { sandbox, client, folder, close } = await open();
    sandbox.next('done-after-two-polls');
    const { json } = await client.create(disability());
    await client.poll(json.data.id);
    await expect
      .poll(async () => Object.keys(await readFiles(folder)))
      .toEqual(['exchanges-001.jsonl', 'recorded-002-createComposition-open.yaml']);
    for (const eta of ['2.3s', '6.4s']) {
      sandbox.clock.advance(eta);
      await client.poll(json.data.id);
    }
    await close();
    const files = await readFiles(folder);
    expect(Object.keys(files)).toEqual([
      'exchanges-001.jsonl',
      'recorded-002-createComposition-done.yaml',
    ]);
    expect(parse(files['recorded-002-createComposition-done.yaml'] ?? '')).toMatchObject({
      scenario: 'recorded-002-createcomposition-done',
      title: 'Recorded: PENDING, PENDING, DONE',
      group: 'recorded',
      operations: ['createComposition'],
      life: [
        { state: 'PENDING', for: '2.3s' },
        { state: 'PENDING', for: '6.4s' },
        { state: 'DONE' },
      ],
    });
    expect(files['exchanges-001.jsonl']?.trim().split('\n')).toHaveLength(4);
  });

  it('take the next free number, and leave what is there alone', async () => {
    const folder = await openFolder();
    await writeFile(join(folder, 'recorded-041-createComposition-done.yaml'), 'mine');
    await writeFile(join(folder, 'notes.txt'), 'mine too');
    const { client, close } = await open({ folder });
    await client.create(disability());
    await close();
    expect(Object.keys(await readFiles(folder))).toEqual([
      'exchanges-042.jsonl',
      'notes.txt',
      'recorded-041-createComposition-done.yaml',
      'recorded-043-createComposition-open.yaml',
    ]);
    const kept = await readFile(join(folder, 'recorded-041-createComposition-done.yaml'), 'utf8');
    expect(kept).toBe('mine');
  });

  it('follow a job whose scheduling was not seen, and say so', async () => {
    const { sandbox, client, folder, notices, close } = await open();
    const { json } = await makeClient(sandbox.url).create(disability());
    await client.poll(json.data.id);
    await client.poll('7075e0e2-6b57-47fd-aff7-324806efa7e5');
    await close();
    const { 'recorded-002-job-open.yaml': text = '', ...rest } = await readFiles(folder);
    expect(parse(text).about).toMatch(/: 1 poll\. Its scheduling was not seen\.$/);
    expect(Object.keys(rest)).toEqual(['exchanges-001.jsonl']);
    expect(notices).toEqual([expect.stringMatching(/scheduled before the recording began/)]);
  });

  it('hold what was read after the job, masked, so that it can be put into a sandbox', async () => {
    const { sandbox, client, folder, close } = await open();
    const { json } = await client.create(disability());
    sandbox.clock.advance('3s');
    const done = await client.poll(json.data.id);
    const id = done.json.data.links[0].href.split('/').at(-1);
    const { subject, encounter } = disability();
    const read = await client.read(subject.value, encounter.value, id);
    expect(read.status).toBe(200);
    await close();
    const lines = (await readFiles(folder))['exchanges-001.jsonl']?.trim().split('\n') ?? [];
    const last = JSON.parse(lines.at(-1) ?? '');
    expect(last.operation).toMatch(/^getComposition/);
    const document = last.answer.body.data;
    expect(document.subject.value).not.toBe(subject.value);
    const { sandbox: other } = await openSandbox();
    expect(other.seed(document).document.status).toBe('PRELIMINARY');
    // The link of the job's report leads to the document still.
    const report = JSON.parse(lines.at(-2) ?? '');
    expect(report.answer.body.data.links[0].href).toBe(`composition/${document.identifier.value}`);
  });

  it('cannot be written: says so once, and goes on passing everything on', async () => {
    const { client, folder, failures, close } = await open();
    const { rm } = await import('node:fs/promises');
    await rm(folder, { recursive: true });
    expect((await client.create(disability())).status).toBe(200);
    expect((await client.create(disability())).status).toBe(200);
    await close();
    expect(failures).toEqual([`cannot write to ${folder} (ENOENT)`]);
  });
});

describe('an API of another kind', () => {
  it('is recorded as its binding says: a Location, no envelope, ids that are no uuids', async () => {
    const spec = 'test/fixtures/reports/openapi.yaml';
    const { sandbox } = await openSandbox({ spec, scenarios: 'test/fixtures/reports/scenarios' });
    sandbox.next('breaks');
    const now = () => sandbox.clock.now().getTime();
    const { url, folder, close } = await openRecorder(sandbox.url, { spec, now });
    const { json } = await send('POST', `${url}/reports`, { body: { name: 'stock' } });
    await send('GET', `${url}/reports/${json.order}`);
    sandbox.clock.advance('5s');
    await send('GET', `${url}/reports/${json.order}`);
    await close();
    const { 'recorded-002-orderReport-failed.yaml': text = '' } = await readFiles(folder);
    expect(parse(text).life).toEqual([
      { state: 'waiting', for: '2.5s' },
      { state: 'broken', error: { message: 'out of paper' } },
    ]);
    const { problems } = await loadScenarios(await loadBare({ spec }), [folder]);
    expect(problems).toEqual([]);
  });
});

describe('--check', () => {
  it('tells where answers and requests depart from the contract, how often, and when first', async () => {
    const { sandbox, url, client, recorder, close } = await open({ check: true });
    sandbox.next('job-without-status');
    const { json } = await client.create(disability());
    await client.poll(json.data.id);
    sandbox.next('server-error-html');
    const { json: second } = await client.create(
      disabilityOf('7075e0e2-6b57-47fd-aff7-324806efa7e6'),
    );
    await client.poll(second.data.id);
    for (let i = 0; i < 2; i += 1)
      await send('GET', `${url}/api/patients/composition/job/nonsense`);
    await send('GET', `${url}/api/elsewhere/${json.data.id}`);
    await close();
    const { check } = recorder;
    expect(
      check &&
        checkReport(check, 'the contract')
          .split('\n')
          .map((line) => line.trim()),
    ).toEqual([
      '6 exchanges held against the contract:',
      '',
      'Answers of the upstream that depart from it:',
      expect.stringMatching(
        /^getAsyncJobStatus 200 {2}\$\S* ?.* {2}\(once, first #2 at 2026-02-02T12:00:00.000Z\)$/,
      ),
      expect.stringMatching(
        /^getAsyncJobStatus 500 {2}\$: status 500 is not documented .*\(once, first #4 /,
      ),
      '',
      'Requests of the client that depart from it:',
      expect.stringMatching(
        /^getAsyncJobStatus {2}header Authorization: .* missing or empty {2}\(2 times, first #5 /,
      ),
      expect.stringMatching(/^getAsyncJobStatus {2}path asyncJobId: .*\(2 times, first #5 /),
      '',
      'Not in the contract:',
      expect.stringMatching(/^GET \/api\/elsewhere\/[0-9a-f-]{36} {2}once$/),
      '',
    ]);
    expect(check && checkReport(check, '')).not.toContain(json.data.id);
  });

  it('finds nothing where both keep to it', async () => {
    const { client, recorder, close } = await open({ check: true });
    const { json } = await client.create(disability());
    await client.poll(json.data.id);
    await close();
    expect(recorder.check?.departures).toEqual([]);
    expect(recorder.check?.strangers).toEqual([]);
    expect(recorder.check?.checked).toBe(2);
  });
});
