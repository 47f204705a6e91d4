import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Answered, send } from '../support/client.js';
import { run } from '../support/command.js';
import { disability } from '../support/conclusions.js';
import { jobOf, makeEventsClient } from '../support/medical-events.js';
import { openSandbox } from '../support/sandbox.js';
import { pollAndWait } from '../support/walk.js';

/** Files as people have written them for 0.3.0. They are copies, and never change. */
const FOLDER = 'test/fixtures/0.3.0';
const COMPOSITIONS = `${FOLDER}/compositions`;
const EVENTS = `${FOLDER}/medical-events`;
const EXPORTS = {
  spec: `${FOLDER}/exports/openapi.yaml`,
  binding: `${FOLDER}/exports/binding.yaml`,
  scenarios: `${FOLDER}/exports/scenarios`,
};

const yamlIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => join(folder, name));

/** A schema below scenarios/, as an editor reads it: one may point to the other. */
function schemaOf(name: string): ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: true });
  for (const one of ['scenario.schema.json', 'suite.schema.json']) {
    ajv.addSchema(JSON.parse(readFileSync(join('scenarios', one), 'utf8')), one);
  }
  return ajv.getSchema(name) as ValidateFunction;
}

describe('scenario files of 0.3.0', () => {
  it.each([
    ['compositions', [COMPOSITIONS]],
    ['medical-events', [EVENTS, '--pack', 'medical-events']],
    [
      'an API of one’s own',
      [EXPORTS.scenarios, '--spec', EXPORTS.spec, '--binding', EXPORTS.binding],
    ],
  ])('have no mistake: %s', async (_, args) => {
    const { code, out, err } = await run('lint', ...args);
    expect(err).toBe('');
    expect(out).toMatch(/^\d+ files, no mistake(, \d+ warnings?)?\n$/m);
    expect(code).toBe(0);
  });

  const takes = schemaOf('scenario.schema.json');
  it.each(
    [COMPOSITIONS, EVENTS, EXPORTS.scenarios].flatMap(yamlIn),
  )('are taken by the schema that their first line names: %s', (file) => {
    takes(parse(readFileSync(file, 'utf8')));
    expect(takes.errors ?? []).toEqual([]);
  });
});

/** What a client meets that asks every 5 seconds, eight times. */
const LIVES: Record<string, string[]> = {
  'eta-moves': ['PENDING', 'PENDING', 'PENDING', 'PENDING', 'DONE', 'DONE', 'DONE', 'DONE'],
  'eta-in-two-stages': ['PENDING', 'PENDING', 'DONE', 'DONE', 'DONE', 'DONE', 'DONE', 'DONE'],
  'unavailable-503': ['503', '503', 'PENDING', 'DONE', 'DONE', 'DONE', 'DONE', 'DONE'],
  'throttled-429': ['429', '429', 'PENDING', 'DONE', 'DONE', 'DONE', 'DONE', 'DONE'],
  'slow-body': ['PENDING', 'PENDING', 'DONE', 'DONE', 'DONE', 'DONE', 'DONE', 'DONE'],
  'slow-answer': ['PENDING', 'PENDING', 'PENDING', 'DONE', 'DONE', 'DONE', 'DONE', 'DONE'],
  'truncated-body': ['PENDING', 'no answer', 'DONE', 'DONE', 'DONE', 'DONE', 'DONE', 'DONE'],
  'html-with-200': ['200', 'DONE', 'DONE', 'DONE', 'DONE', 'DONE', 'DONE', 'DONE'],
  'held-until-released': Array(8).fill('PENDING'),
  'never-ends': Array(8).fill('PENDING'),
  'done-bare-envelope': ['PENDING', ...Array(7).fill('DONE')],
  'eta-in-local-time': ['PENDING', ...Array(7).fill('DONE')],
  'failed-error-rules': ['PENDING', ...Array(7).fill('FAILED')],
  'failed-without-text': ['PENDING', ...Array(7).fill('FAILED')],
  'out-for-a-while': ['PENDING', 'PENDING', '503', ...Array(5).fill('FAILED')],
  'every-key': [
    'PENDING',
    'PENDING',
    'PENDING',
    'PENDING',
    'no answer',
    'no answer',
    'PENDING',
    'no answer',
  ],
};

const stateOf = ({ status, json }: Answered) => String((json?.data ?? json)?.status ?? status);

describe('a job lives the life that its file of 0.3.0 says', () => {
  it.each(Object.entries(LIVES))('%s', async (scenario, life) => {
    const { sandbox, client } = await openSandbox({ scenarios: COMPOSITIONS, scenario });
    const { status, json } = await client.create(disability());
    expect(status).toBe(200);
    const met: string[] = [];
    for (let i = 0; i < life.length; i += 1) {
      const answer = await pollAndWait(sandbox, client, json.data.id, true);
      met.push(typeof answer === 'string' ? 'no answer' : stateOf(answer));
      sandbox.clock.advance('5s');
    }
    expect(met).toEqual(life);
  });

  it.each([
    ['refused-on-submit-422', 422],
    ['overloaded-on-submit', 503],
  ])('%s: there is no job', async (scenario, expected) => {
    const { sandbox, client } = await openSandbox({ scenarios: COMPOSITIONS, scenario });
    expect((await client.create(disability())).status).toBe(expected);
    expect(sandbox.jobs()).toEqual([]);
  });

  it('reset-on-submit: there is no job, and no answer', async () => {
    const opened = await openSandbox({ scenarios: COMPOSITIONS, scenario: 'reset-on-submit' });
    await expect(opened.client.create(disability())).rejects.toThrow('fetch failed');
    expect(opened.sandbox.jobs()).toEqual([]);
  });
});

describe('suites of 0.3.0', () => {
  it('have no mistake', async () => {
    expect((await run('lint', `${FOLDER}/suites`)).code).toBe(0);
  });

  const takes = schemaOf('suite.schema.json');
  it.each(
    [`${FOLDER}/suites`, `${EVENTS}/suites`].flatMap(yamlIn),
  )('are taken by the schema that their first line names: %s', (file) => {
    takes(parse(readFileSync(file, 'utf8')));
    expect(takes.errors ?? []).toEqual([]);
  });

  it('are found by name, in the order in which they were listed', async () => {
    const names = async (...args: string[]) =>
      (await run('suites', ...args)).out.match(/^[a-z][a-z-]*(?= {2})/gm);
    const of030 = ['bad-network', 'errors', 'polling-basics', 'polling-full'];
    expect((await names())?.filter((name) => of030.includes(name))).toEqual(of030);
    expect(await names('--pack', 'medical-events')).toContain('polling-basics');
  });
});

describe('bindings of 0.3.0', () => {
  it('play the Compositions API', async () => {
    const { sandbox, client } = await openSandbox({
      spec: 'spec/compositions/openapi.yaml',
      binding: `${FOLDER}/bindings/compositions.yaml`,
    });
    const { json } = await client.create(disability());
    expect(json.data).toMatchObject({ status: 'PENDING', id: expect.any(String) });
    sandbox.clock.advance('3s');
    const { json: done } = await client.poll(json.data.id);
    expect(done.data).toMatchObject({
      status: 'DONE',
      links: [{ entity: 'eHealth/composition', href: expect.stringMatching(/^composition\//) }],
    });
    expect(sandbox.resources()).toHaveLength(1);
  });

  it('leave out what the catalogue has learnt since, in suites too, and without a word', async () => {
    const files = ['--spec', 'spec/compositions/openapi.yaml', '--binding'];
    const old = [...files, `${FOLDER}/bindings/compositions.yaml`];
    const listed = await run('scenarios', ...old, '--json');
    const names = JSON.parse(listed.out).map(({ name }: { name: string }) => name);
    expect(names).toContain('failed-1172');
    expect(names).not.toContain('failed-1143');
    const suites = await run('suites', ...old);
    expect(suites.out).toMatch(/failed-1172, failed-new-start-date/);
    expect(suites.out).toMatch(
      /without .*failed-1143.*: its answers are not in the words of the binding/,
    );
    const linted = await run('lint', ...old);
    expect([linted.code, linted.err]).toEqual([0, expect.not.stringContaining('1143')]);
  });

  it('of ours leave out as well what a contract of one’s own does not know', async () => {
    const text = readFileSync('spec/compositions/openapi.yaml', 'utf8');
    const told =
      /error:\n +description: "Why the job `FAILED`: `CODE: message`, as a text or in an object."\n +anyOf:[\s\S]+?(?=\n {4}IntegrationTask:)/;
    expect(text).toMatch(told);
    const spec = join(mkdtempSync(join(tmpdir(), 'contract-')), 'openapi.yaml');
    writeFileSync(spec, text.replace(told, 'error: { type: string, description: Why. }'));
    const { sandbox, client } = await openSandbox({ spec });
    expect(sandbox.scenarios.map(({ name }) => name)).not.toContain('failed-link-error-object');
    sandbox.next('failed-link-error');
    const { json } = await client.create(disability());
    sandbox.clock.advance('3s');
    expect((await client.poll(json.data.id)).json.data.status).toBe('FAILED');
    const { out } = await run('suites', '--pack', 'compositions', '--spec', spec);
    expect(out).toMatch(/without failed-link-error-object: /);
    rmSync(dirname(spec), { recursive: true });
  });

  it('play the Medical Events API', async () => {
    const { sandbox } = await openSandbox({
      spec: 'spec/medical-events/openapi.yaml',
      binding: `${FOLDER}/bindings/medical-events.yaml`,
    });
    const client = makeEventsClient(sandbox);
    const scheduled = await client.schedule('submitEncounterPackage');
    expect(scheduled.status).toBe(202);
    sandbox.clock.advance('3s');
    expect((await client.poll(jobOf(scheduled))).json.data.status).toBe('processed');
  });

  it('play an API that follows HTTP’s own pattern, without any programming', async () => {
    const { sandbox } = await openSandbox({ ...EXPORTS, scenario: 'export-done' });
    const started = await send('POST', `${sandbox.url}/exports`, { body: {} });
    expect([started.status, started.headers.get('retry-after')]).toEqual([202, '2']);
    const monitor = started.headers.get('location') ?? '';
    const ends: unknown[] = [];
    for (let i = 0; i < 3; i += 1) {
      const { status, headers } = await send('GET', monitor);
      ends.push([status, headers.get('retry-after')]);
    }
    expect(ends).toEqual([
      [202, '2'],
      [202, '2'],
      [303, null],
    ]);
    const { headers } = await send('GET', monitor);
    const result = await send('GET', new URL(headers.get('location') ?? '', monitor).href);
    expect([result.status, result.json]).toEqual([200, { rows: 12 }]);
  });
});
