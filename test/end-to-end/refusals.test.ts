import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/index.js';

const text = { type: 'string' };
const integer = { type: 'integer' };

const BODY = {
  type: 'object',
  required: ['name'],
  additionalProperties: false,
  properties: { name: text, pages: { type: 'integer', minimum: 1 } },
};

/** An API with one operation that schedules, and what it says of a refusal. */
function apiWith(answers: object, more: object = {}) {
  return {
    openapi: '3.1.0',
    info: { title: 'refusals', version: '1' },
    paths: {
      '/jobs': {
        post: {
          operationId: 'order',
          requestBody: { required: true, content: { 'application/json': { schema: BODY } } },
          responses: { '202': { description: 'ordered' }, ...answers },
        },
      },
      '/jobs/{job}': {
        get: {
          operationId: 'look',
          parameters: [{ name: 'job', in: 'path', required: true, schema: text }],
          responses: { '200': { description: 'how it goes' }, ...answers },
        },
      },
      ...more,
    },
  };
}

const BINDING = `binding: refusals
schedules: [order]
report: { operation: look, job: job }
scheduled: { http: 202 }
states: { running: { outcome: open }, done: { outcome: done } }
`;

async function open(document: object, binding = BINDING) {
  const folder = await mkdtemp(join(tmpdir(), 'refusals-'));
  await writeFile(join(folder, 'openapi.json'), JSON.stringify(document));
  await writeFile(join(folder, 'binding.yaml'), binding);
  const files = { spec: join(folder, 'openapi.json'), binding: join(folder, 'binding.yaml') };
  const sandbox = await startSandbox(files);
  onTestFinished(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });
  return async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(sandbox.url + path, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const said = await answer.text();
    return {
      status: answer.status,
      type: answer.headers.get('content-type') ?? '',
      code: answer.headers.get('esoz-sandbox-refusal'),
      body: answer.headers.get('content-type')?.includes('json') ? JSON.parse(said) : said,
    };
  };
}

const shown = (type: string, schema: object) => ({
  description: 'no',
  content: { [type]: { schema } },
});
const WRONG = { name: 7, pages: 0 };

const object = (properties: object, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const FORMS = {
  'problem details': {
    type: 'application/problem+json',
    schema: object({ type: { type: 'string', format: 'uri-reference' }, title: text, status: integer, detail: text }, ['type', 'title', 'status', 'detail']),
    says: { type: 'about:blank', title: 'Unprocessable Content', status: 422, detail: expect.stringMatching(/\$\.name/) },
  },
  'an OperationOutcome': {
    type: 'application/fhir+json',
    schema: object(
      {
        resourceType: { const: 'OperationOutcome' },
        issue: {
          type: 'array',
          minItems: 1,
          items: object(
            {
              severity: { enum: ['fatal', 'error', 'warning', 'information'] },
              code: { enum: ['invalid', 'structure', 'login', 'not-found', 'exception'] },
              diagnostics: text,
            },
            ['severity', 'code'],
          ),
        },
      },
      ['resourceType', 'issue'],
    ),
    says: {
      resourceType: 'OperationOutcome',
      issue: [
        { severity: 'error', code: 'invalid', diagnostics: expect.stringMatching(/type mismatch/) },
        { severity: 'error', code: 'invalid', diagnostics: expect.stringMatching(/>= 1/) },
      ],
    },
  },
  'an OperationOutcome of which only the media type is known': {
    type: 'application/fhir+json',
    schema: { type: 'object' },
    says: { resourceType: 'OperationOutcome', issue: [{ severity: 'error' }, { severity: 'error' }] },
  },
  '{ error: { message, code } }': {
    type: 'application/json',
    schema: object({ error: object({ message: text, code: text, param: { type: ['string', 'null'] } }, ['message', 'code', 'param']) }, ['error']),
    says: { error: { message: expect.stringMatching(/\$\.name/), code: 'REQUEST_BREAKS_CONTRACT', param: null } },
  },
  '{ error }': {
    type: 'application/json',
    schema: object({ error: text }, ['error']),
    says: { error: expect.stringMatching(/\$\.name/) },
  },
  '{ error, error_description }': {
    type: 'application/json',
    schema: object({ error: { enum: ['invalid_client', 'invalid_request'] }, error_description: text }, ['error']),
    says: { error: 'invalid_request', error_description: expect.stringMatching(/\$\.name/) },
  },
  '{ message }': { type: 'application/json', schema: object({ message: text, documentation_url: text }), says: { message: expect.stringMatching(/\$\.name/) } },
  '{ errors: […] }': {
    type: 'application/json',
    schema: object({ errors: { type: 'array', items: object({ field: text, message: text }, ['field', 'message']) } }, ['errors']),
    says: { errors: [{ field: '$.name', message: expect.any(String) }, { field: '$.pages', message: expect.any(String) }] },
  },
  '{ errors: { field: […] } }': {
    type: 'application/json',
    schema: object({ errors: { type: 'object', additionalProperties: { type: 'array', items: text } } }, ['errors']),
    says: { errors: { '$.name': [expect.any(String)], '$.pages': [expect.any(String)] } },
  },
  'codes in small letters, of a limited length': {
    type: 'application/vnd.api+json',
    schema: object({ code: { type: 'string', pattern: '^[a-z_]+$' }, message: { type: 'string', maxLength: 20 } }, ['code', 'message']),
    says: { code: 'request_breaks_contract', message: expect.stringMatching(/^.{20}$/) },
  },
  'a choice whose first form cannot be told': {
    type: 'application/json',
    schema: { oneOf: [object({ token: { type: 'string', pattern: '^[0-9]{40}$' } }, ['token']), object({ message: text, at: { type: 'string', format: 'date-time' } }, ['message', 'at'])] },
    says: { message: expect.any(String), at: '2000-01-01T00:00:00Z' },
  },
}; // biome-ignore format: a table

describe('a refusal, where the binding has no form for it', () => {
  const cases = Object.entries(FORMS);
  it.each(cases)('has that of the contract: %s', async (_, { type, schema, says }) => {
    const ask = await open(apiWith({ '4XX': shown(type, schema) }));
    const refused = await ask('POST', '/jobs', WRONG);
    expect(refused.status).toBe(422);
    expect(refused.type.split(';')[0]).toBe(type);
    expect(refused.body).toMatchObject(says);
    expect(refused.code).toBe('REQUEST_BREAKS_CONTRACT');
    const unknown = await ask('GET', '/jobs/00000000-0000-4000-8000-000000000000');
    expect([unknown.status, unknown.code]).toEqual([404, 'REQUEST_UNKNOWN_JOB']);
    expect(unknown.type.split(';')[0]).toBe(type);
  });

  it('has that of the exact status before that of its range', async () => {
    const answers = {
      '4XX': shown('application/json', object({ message: text }, ['message'])),
      '404': shown('application/json', object({ error: text }, ['error'])),
      default: shown('application/json', object({ detail: text }, ['detail'])),
    };
    const ask = await open(apiWith(answers));
    expect(Object.keys((await ask('POST', '/jobs', WRONG)).body)).toEqual(['message']);
    const none = await ask('GET', '/jobs/00000000-0000-4000-8000-000000000000');
    expect(Object.keys(none.body)).toEqual(['error']);
  });

  it('has that of other errors of the contract where nothing is shown for its own', async () => {
    const ask = await open(
      apiWith({ '409': shown('application/json', object({ reason: text }, ['reason'])) }),
    );
    expect((await ask('POST', '/jobs', WRONG)).body.reason).toMatch(/\$\.name/);
    const nowhere = await ask('GET', '/nowhere');
    expect(nowhere).toMatchObject({ status: 404, code: 'REQUEST_UNKNOWN_PATH' });
    expect(nowhere.body.reason).toMatch(/no path of the contract/);
    const wrong = await ask('PATCH', '/jobs');
    expect(wrong).toMatchObject({ status: 405, code: 'REQUEST_WRONG_METHOD' });
    expect(wrong.body.reason).toMatch(/PATCH is not allowed/);
  });

  it('is problem details where no form of the contract can say it', async () => {
    const schema = object({ token: { type: 'string', pattern: '^[0-9]{40}$' } }, ['token']);
    for (const answers of [
      {},
      { '4XX': shown('application/json', schema) },
      { '4XX': shown('text/html', {}) },
    ]) {
      const refused = await (await open(apiWith(answers)))('POST', '/jobs', WRONG);
      expect(refused.type).toBe('application/problem+json');
      expect(refused.body).toMatchObject({
        type: 'about:blank',
        title: 'Unprocessable Content',
        status: 422,
        code: 'REQUEST_BREAKS_CONTRACT',
        error: { invalid: [{ entry: '$.name' }, { entry: '$.pages' }] },
      });
    }
  });

  it('is plain text where the contract shows errors so', async () => {
    const ask = await open(apiWith({ default: shown('text/plain', text) }));
    const refused = await ask('POST', '/jobs', WRONG);
    expect(refused.type).toMatch(/^text\/plain/);
    expect(refused.body).toMatch(/2 rules of the contract are not kept: \$\.name/);
  });

  it('is the envelope of the binding where that has one, whatever the contract shows', async () => {
    const contract = apiWith({ '4XX': shown('application/json', object({ message: text })) });
    const ask = await open(
      contract,
      `${BINDING}refusal: { error: { name: "{code}", why: "{message}" } }\n`,
    );
    const refused = await ask('POST', '/jobs', WRONG);
    expect(refused.body).toEqual({
      error: {
        name: 'REQUEST_BREAKS_CONTRACT',
        why: '2 rules of the contract are not kept; see invalid',
      },
    });
    expect(refused.code).toBe('REQUEST_BREAKS_CONTRACT');
  });
});
