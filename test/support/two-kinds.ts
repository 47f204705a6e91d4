import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

const id = { type: 'string', format: 'uuid' };
const json = (schema: object) => ({
  description: 'Good',
  content: { 'application/json': { schema } },
});
const jobOf = (name: string, states: readonly string[]) => ({
  type: 'object',
  required: [name, 'state'],
  properties: { [name]: id, state: { enum: states }, error: { type: 'string' } },
});
const EXPORT = jobOf('exportId', ['queued', 'running', 'done', 'failed']);
const IMPORT = jobOf('importId', ['waiting', 'over', 'broken']);
const named = (name: string) => [{ name, in: 'path', required: true, schema: id }];

/** An API with two kinds of jobs, and what is none. */
export const MEDIA = {
  openapi: '3.1.0',
  info: { title: 'Media', version: '1' },
  paths: {
    '/exports': { post: { operationId: 'createExport', responses: { 202: json(EXPORT) } } },
    '/exports/{exportId}': {
      get: { operationId: 'getExport', parameters: named('exportId'), responses: { 200: json(EXPORT) } },
    },
    '/imports': { post: { operationId: 'createImport', responses: { 202: json(IMPORT) } } },
    '/imports/{importId}': {
      get: { operationId: 'getImport', parameters: named('importId'), responses: { 200: json(IMPORT) } },
    },
    '/tables': {
      get: {
        operationId: 'listTables',
        responses: { 200: json({ type: 'array', items: { type: 'string' }, examples: [['orders']] }) },
      },
    },
  },
}; // biome-ignore format: a table

export const BINDING = `binding: media
prefixes: ["", /v1]
parts:
  job: &job
    bare: true
errors: { LOST: { message: It is lost } }
failure: LOST
kinds:
  exports:
    schedules: [createExport]
    report: { operation: getExport, job: exportId }
    scheduled: { <<: *job, http: 202, data: &export { exportId: "{job}", state: queued } }
    states:
      queued: { <<: *job, outcome: open, data: *export }
      running: { <<: *job, outcome: open, data: { <<: *export, state: running } }
      done: { <<: *job, outcome: done, data: { <<: *export, state: done } }
      failed: { <<: *job, outcome: failed, data: { <<: *export, state: failed, error: "{error.message}" } }
  imports:
    schedules: [createImport]
    report: { operation: getImport, job: importId }
    scheduled: { <<: *job, http: 202, data: { importId: "{job}", state: waiting } }
    states:
      waiting: { <<: *job, outcome: open, data: { importId: "{job}", state: waiting } }
      over: { <<: *job, outcome: done, data: { importId: "{job}", state: over } }
      broken: { <<: *job, outcome: failed, data: { importId: "{job}", state: broken, error: "{error.message}" } }
`;

const SCENARIOS = {
  'scenarios/lost.yaml':
    'scenario: lost\nlife: [{ answer: { http: 404 }, off_contract: true, for: 1 poll }, { answer: { http: 503 }, off_contract: true }]\n',
  'scenarios/quick.yaml': 'scenario: quick\nlife: [{ state: running, for: 1 poll }, { state: done }]\n',
  'scenarios/imports/quick.yaml': 'scenario: quick\nlife: [{ state: over }]\n',
  'scenarios/imports/breaks.yaml': 'scenario: breaks\nlife: [{ state: waiting, for: 1 poll }, { state: broken }]\n',
}; // biome-ignore format: a table

/** A folder of a pack with this API, and other files in it or in place of these. */
export async function mediaFolder(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'media-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const all = {
    'openapi.json': JSON.stringify(MEDIA),
    'binding.yaml': BINDING,
    ...SCENARIOS,
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}
