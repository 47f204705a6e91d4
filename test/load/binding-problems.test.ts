import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { startSandbox } from '../../src/index.js';
import { checkPack } from '../../src/load/check-pack.js';
import { loadLenient } from '../../src/load/load-setup.js';
import { FileError } from '../../src/problem.js';
import { run, serve, until } from '../support/command.js';

const JOB = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'status', 'created_at'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    status: { type: 'string', enum: ['running', 'done', 'failed'] },
    created_at: { type: 'string', format: 'date-time' },
    number: { type: 'integer' },
    reason: { type: 'string' },
  },
};
const json = (schema: object) => ({ 'application/json': { schema } });

const DOCUMENT = {
  openapi: '3.0.3',
  info: { title: 'Jobs', version: '1' },
  paths: {
    '/jobs': {
      post: {
        operationId: 'makeJob',
        responses: {
          202: {
            description: 'Begun',
            headers: { Location: { required: true, schema: { type: 'string' } } },
            content: json(JOB),
          },
        },
      },
    },
    '/jobs/{id}': {
      get: {
        operationId: 'readJob',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: {
          200: { description: 'How it goes', content: json(JOB) },
          404: {
            description: 'None',
            content: json({
              type: 'object',
              required: ['reason'],
              properties: { reason: { type: 'string' } },
            }),
          },
        },
      },
    },
  },
};

const RIGHT = `binding: jobs
schedules: { makeJob: {} }
report: { operation: readJob, job: id }
scheduled:
  http: 202
  headers: { Location: "/jobs/{job}" }
  data: { id: "{job}", status: running, created_at: "{now}" }
states:
  running: { outcome: open, data: { id: "{job}", status: "{state}", created_at: "{now}" } }
  done: { outcome: done, data: { id: "{job}", status: "{state}", created_at: "{now}" } }
  failed:
    outcome: failed
    data: { id: "{job}", status: "{state}", created_at: "{now}", reason: "{error.message}" }
envelopes: { plain: "{data}" }
`;

async function pack(
  binding: string,
  scenarios: Record<string, string> = {},
  document: object = DOCUMENT,
) {
  const folder = await mkdtemp(join(tmpdir(), 'binding-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'openapi.json'), JSON.stringify(document));
  await writeFile(join(folder, 'binding.yaml'), binding);
  if (Object.keys(scenarios).length > 0) await mkdir(join(folder, 'scenarios'));
  for (const [name, text] of Object.entries(scenarios))
    await writeFile(join(folder, 'scenarios', `${name}.yaml`), text);
  return folder;
}

/** What a start says of a binding: line, column, text and cure of each. */
async function problemsOf(binding: string, document: object = DOCUMENT): Promise<string[]> {
  const { problems } = await loadLenient({ pack: await pack(binding, {}, document) });
  return problems
    .filter(({ code }) => code === 'BINDING_BREAKS_CONTRACT')
    .map(({ line, column, message, hint }) => `${line}:${column} ${message} (${hint})`);
}

const without = (text: string, with_ = '') => RIGHT.replace(text, with_);

describe('a binding is held to its contract alone', () => {
  it('says nothing of one that is right', async () => {
    expect(await problemsOf(RIGHT)).toEqual([]);
  });

  it('tells once that all answers are wrapped, and what to write', async () => {
    expect(await problemsOf(without('envelopes: { plain: "{data}" }\n'))).toEqual([
      '4:1 the answer is wrapped in the envelope `data`, and makeJob documents none; the same of states.running, states.done, states.failed (write `bare: true` beside `data`, or `envelopes: { plain: "{data}" }` for all answers)',
    ]);
  });

  it('names a field that is missing, its type, and a place that would fit', async () => {
    const binding = RIGHT.replaceAll(', created_at: "{now}"', '');
    expect(await problemsOf(binding)).toEqual([
      '7:3 $.created_at (string, date-time) is missing, which makeJob 202 requires; the same of states.running, states.done, states.failed (add `created_at: "{createdAt}"`)',
    ]);
  });

  it('names all fields that one answer lacks together', async () => {
    const binding = RIGHT.replaceAll(', status: "{state}", created_at: "{now}"', '');
    const [said = ''] = await problemsOf(binding);
    expect(said).toMatch(
      /\$\.status \(one of running, done, failed\), \$\.created_at \(string, date-time\) are missing/,
    );
    expect(said).toContain('(add `status: "{state}", created_at: "{createdAt}"`)');
  });

  it('names the line of a wrong type, deep in a state', async () => {
    const binding = without('reason: "{error.message}"', 'number: "{job}"');
    expect(await problemsOf(binding)).toEqual([
      '13:66 $.number is not as readJob 200 documents it: type mismatch, expected integer (write `ids: number` or `ids: integers from 1` under `report`)',
    ]);
  });

  it('names what is wrong inside of an envelope that the contract knows, and may be without', async () => {
    const wrapped = JSON.stringify({ type: 'object', properties: { data: JOB } });
    const document = JSON.parse(JSON.stringify(DOCUMENT).replaceAll(JSON.stringify(JOB), wrapped));
    const binding = without('reason: "{error.message}"', 'number: "{job}"');
    expect(await problemsOf(binding.replace(/^envelopes.*\n/m, ''), document)).toEqual([
      '13:66 $.data.number is not as readJob 200 documents it: type mismatch, expected integer (write `ids: number` or `ids: integers from 1` under `report`)',
    ]);
  });

  it('names a status that is not documented, with those that are', async () => {
    const binding = without('done: { outcome: done,', 'done: { outcome: done, http: 201,');
    expect(await problemsOf(binding)).toEqual([
      '10:26 this is answered 201, which readJob does not document; it has 200, 404 (write `http: 200`)',
    ]);
  });

  it('names a header that is missing', async () => {
    const binding = without('  headers: { Location: "/jobs/{job}" }\n');
    expect(await problemsOf(binding)).toEqual([
      '4:1 the header Location is missing, which makeJob requires of a 202 (write `headers: { Location: "{origin}{api}/…/{job}" }`)',
    ]);
  });

  it('names a value that the contract does not have, and a field', async () => {
    const state = RIGHT.replace('  done: {', '  ready: {').replace('reason:', 'cause:');
    expect(await problemsOf(state)).toEqual([
      '10:48 $.status, here "{state}", is none of the values that readJob 200 documents (it has running, done, failed)',
      '13:66 $.cause is a field that readJob 200 does not have, and it allows no others (leave it out; known: id, status, created_at, number, reason)',
    ]);
  });

  it('names a refusal that the contract does not have', async () => {
    const [said] = await problemsOf(`${RIGHT}refusal: { message: "{message}" }\n`);
    expect(said).toMatch(
      /^15:1 a refusal breaks the contract, readJob 404, at \$\.reason: .*leave `refusal` out/,
    );
  });

  it('names once what no refusal tells of a status that a scenario answers, also where `default` has the errors', async () => {
    const error = { type: 'object', required: ['code'], properties: { code: { type: 'string' } } };
    const paths = structuredClone(DOCUMENT.paths) as Record<
      string,
      Record<string, { responses: object }>
    >;
    for (const item of Object.values(paths)) {
      for (const operation of Object.values(item)) {
        const good = Object.entries(operation.responses).filter(([status]) => /^2/.test(status));
        const errors = { description: 'No', content: json(error) };
        operation.responses = { ...Object.fromEntries(good), default: errors };
      }
    }
    const folder = await pack(`${RIGHT}refusal: { code: "{code}" }\n`, {}, { ...DOCUMENT, paths });
    const told = (await checkPack(folder)).problems.filter(
      ({ severity }) => severity !== 'warning',
    );
    expect(told.map(({ code, line, hint }) => [code, line, hint])).toEqual([
      [
        'BINDING_BREAKS_CONTRACT',
        15,
        expect.stringMatching(/^\{code\} is told of .*write \{type\}/),
      ],
    ]);
    const mended = await pack(`${RIGHT}refusal: { code: "{type}" }\n`, {}, { ...DOCUMENT, paths });
    expect((await checkPack(mended)).problems).toEqual([]);
  });

  it('names the line within the kind of jobs that has it wrong', async () => {
    const [name = '', ...rest] = RIGHT.trimEnd().split('\n');
    const kind = rest.filter((line) => !line.startsWith('envelopes')).map((line) => `    ${line}`);
    const binding = [name, 'envelopes: { plain: "{data}" }', 'kinds:', '  exports:', ...kind, ''];
    const text = binding.join('\n').replace('reason: "{error.message}"', 'number: "{job}"');
    const [said, ...more] = await problemsOf(text);
    expect(said).toMatch(/^16:70 \$\.number is not as readJob 200 documents it/);
    expect(more).toEqual([]);
  });

  it('leaves open what only a request can say', async () => {
    const binding = RIGHT.replaceAll('created_at: "{now}"', 'created_at: "{body.at}"');
    expect(await problemsOf(binding)).toEqual([]);
  });
});

const WRAPPED = without('envelopes: { plain: "{data}" }\n');
const life = (name: string) =>
  stringify({ scenario: name, life: [{ state: 'running', for: '1s' }, { state: 'done' }] });

describe('who is told', () => {
  it('serve warns, and goes on', async () => {
    const { url, text } = await serve('--pack', await pack(WRAPPED));
    await until(() => text().includes('BINDING_BREAKS_CONTRACT'), text);
    expect((await fetch(`${url}/__sandbox/health`)).status).toBe(200);
  });

  it('lint is red, with one line for one cause, however many scenarios there are', async () => {
    const scenarios = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, life(name)]));
    const { code, out } = await run('lint', '--pack', await pack(WRAPPED, scenarios));
    expect(out.split('\n').filter((line) => /\[[A-Z_]+\]$/.test(line))).toHaveLength(1);
    expect(out).toContain('binding.yaml:4:1: the answer is wrapped');
    expect(code).toBe(1);
  });

  it('a start with scenarios that break it is refused as before, and names the binding alone', async () => {
    const folder = await pack(WRAPPED, { a: life('a') });
    const error = await startSandbox({ pack: folder }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FileError);
    expect((error as FileError).problems.map(({ code }) => code)).toEqual([
      'BINDING_BREAKS_CONTRACT',
    ]);
  });

  it('lint holds what follows from a binding to its contract', async () => {
    const { code, out } = await run('lint', '--pack', await pack(RIGHT));
    expect(out).toBe('0 files, no mistake\n');
    expect(code).toBe(0);
  });
});
