import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serve, until } from '../support/command.js';
import { disability } from '../support/conclusions.js';
import { openSandbox } from '../support/sandbox.js';

/** A folder with these files, for one test. */
async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'own-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

/** The patient whose id chooses failed-1172. */
const PATIENT = '00000000-0000-4000-8000-000000001172';

describe("a scenario of one's own", () => {
  it('wins over one of the catalogue with the same condition, whatever its name', async () => {
    const text = `scenario: zzz\nwhen: { body: { subject.value: ${PATIENT} } }\nlife: [{ state: DONE }]\n`;
    const { sandbox, client } = await openSandbox({
      scenarios: await folderWith({ 'z.yaml': text }),
    });
    const body = disability();
    const { json } = await client.create({ ...body, subject: { ...body.subject, value: PATIENT } });
    expect(sandbox.job(json.data.id).scenario).toBe('zzz');
  });

  it('is played although lint has something against it that earlier versions took', async () => {
    const text = 'scenario: own\nwhen: { body: { subjekt: X } }\nlife: [{ state: DONE }]\n';
    const { sandbox } = await openSandbox({ scenarios: await folderWith({ 'a.yaml': text }) });
    expect(sandbox.scenarios.map(({ name }) => name)).toContain('own');
  });

  it('may write the state of its job into an answer of its own, at whatever step it stands', async () => {
    const body = '{ data: { id: "{job}", status: "{state}", why: "{error.code}" } }';
    const answer = `answer: { http: 200, body: ${body} }, for: 1 poll, off_contract: true`;
    const text = `scenario: own
life:
  - { ${answer} }
  - { state: PENDING, for: 1 poll }
  - { ${answer} }
  - { state: FAILED, error: { code: 1172 }, for: 1 poll }
  - { ${answer} }
  - { state: FAILED }
`;
    const { sandbox, client } = await openSandbox({
      scenarios: await folderWith({ 'a.yaml': text }),
    });
    sandbox.next('own');
    const { json } = await client.create(disability());
    const told: unknown[] = [];
    for (let i = 0; i < 5; i += 1) {
      const { status, why } = (await client.poll(json.data.id)).json.data;
      told.push([status, why]);
    }
    expect(told.map((each) => (each as string[])[0])).toEqual([
      'PENDING',
      'PENDING',
      'PENDING',
      'FAILED',
      'FAILED',
    ]);
    expect(told[4]).toEqual(['FAILED', '1172']);
  });
});

describe('a binding with what earlier versions passed over', () => {
  it('is served, and each of it is told behind the line that says that it listens', async () => {
    const fixture = 'test/fixtures/long-running';
    const text = await readFile(`${fixture}/binding.yaml`, 'utf8');
    const folder = await folderWith({
      'binding.yaml': text.replace('message: There', 'mesage: There'),
    });
    const binding = join(folder, 'binding.yaml');
    const served = await serve('--spec', `${fixture}/openapi.yaml`, '--binding', binding, '--json',
      '--scenarios', `${fixture}/scenarios`); // biome-ignore format: one command
    await until(() => served.text().includes('mesage'), served.text);
    const [first = '', ...rest] = served.text().trim().split('\n');
    expect(JSON.parse(first)).toMatchObject({ event: 'listening', binding: 'long-running' });
    expect(JSON.parse(rest[0] ?? '')).toEqual({
      event: 'notice',
      text: `${binding}:27:16: unknown key "mesage" (did you mean message?) [BINDING_UNKNOWN_KEY]`,
    });
  });
});
