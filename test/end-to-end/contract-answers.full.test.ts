import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../src/index.js';

const json = (schema: unknown, rest: object = {}) => ({ 'application/json': { schema, ...rest } });
const ok = (content?: unknown, rest: object = {}) => ({
  responses: { '200': { description: 'ok', ...(content ? { content } : {}), ...rest } },
});
const text = { type: 'string' };
const named = (value: string) => ok(json({ const: value }, { example: value }));
const inPath = (...names: string[]) => ({
  parameters: names.map((name) => ({ name, in: 'path', required: true, schema: text })),
});

const paths = {
  // Two operations have one operationId, and others none.
  '/jobs': { post: { operationId: 'zzPost', ...ok(json({ type: 'object' })) } },
  '/jobs/{zzid}': { get: { operationId: 'zzGet', ...inPath('zzid'), ...ok(json({})) } },
  '/jobs/{id}:cancel': { post: { operationId: 'twice', ...inPath('id'), ...named('cancelled') } },
  '/a/{x}.json': { get: { operationId: 'twice', ...inPath('x'), ...named('as json') } },
  '/a/{x}': { get: { ...inPath('x'), ...named('any') } },
  '/a/:x': { get: named('a colon') },
  '/b/{x}/c': { get: { ...inPath('x'), ...named('b of x') } },
  '/b/mine/{y}': { get: { ...inPath('y'), ...named('mine') } },
  '/wrong-example': {
    get: ok(
      json(
        {
          type: 'object',
          required: ['id', 'at'],
          additionalProperties: false,
          properties: {
            id: { type: 'integer' },
            at: { type: 'string', format: 'date-time' },
            tags: { type: 'array', items: { enum: ['new', 'old'] } },
          },
        },
        { example: { id: 7, at: 'yesterday', tags: ['new', 'odd', 'old'], more: true } },
      ),
    ),
  },
  '/choice': {
    get: ok(
      json({
        oneOf: [
          {
            type: 'object',
            required: ['id'],
            properties: { id: { type: 'string', pattern: '^[1-9]{4}$' } },
          },
          { type: 'array', items: text },
        ],
      }),
    ),
  },
  '/never': { get: ok(json({ type: 'string', minLength: 3, maxLength: 2 })) },
  '/examples': {
    get: {
      responses: {
        '2XX': {
          description: 'fine',
          content: json(text, { examples: { one: { value: '1' }, two: { value: '2' } } }),
        },
        '404': { description: 'none', content: json(text, { example: 'gone' }) },
      },
    },
  },
  '/default-only': {
    get: {
      responses: {
        default: { description: 'any', content: json({ type: 'integer', example: 5 }) },
      },
    },
  },
  '/nothing': { delete: { responses: { '204': { description: 'gone' } } } },
  '/fhir': {
    get: ok({
      'application/fhir+json': { schema: { type: 'object' }, example: { resourceType: 'Patient' } },
    }),
  },
  '/kinds': {
    get: ok({
      'application/json': { schema: text, example: 'j' },
      'text/csv': { schema: text, example: 'a,b' },
      'application/xml': { schema: { type: 'object' }, example: { a: 1 } },
      'image/*': { schema: { type: 'string', format: 'binary' } },
    }),
  },
  '/headers': {
    get: ok(json({ type: 'object' }), {
      headers: {
        'Content-Encoding': { schema: text, example: 'gzip' },
        'Transfer-Encoding': { schema: text, example: 'chunked' },
        'Content-Length': { schema: { type: 'integer' }, example: 3 },
        Connection: { schema: text, example: 'close' },
        Date: { schema: text, example: 'Thu, 01 Jan 1970 00:00:00 GMT' },
        'X-Lines': { schema: text, example: 'a\nb' },
        'X-Name': { schema: text, example: 'Київ' },
        'X Blank': { schema: text, example: 'x' },
        'X-Flag': { schema: { type: 'boolean' }, example: true },
        ETag: { schema: text, example: '"1"' },
      },
    }),
  },
  '/head': {
    head: {
      responses: {
        '200': { description: 'h', content: json({ type: 'object', required: ['a'] }) },
      },
    },
  },
  '/options': { options: { ...ok(json({ type: 'object' }, { example: { GET: {} } })) } },
  '/trace': { trace: { ...ok({ 'message/http': { schema: text, example: 'TRACE' } }) } },
};

const document = {
  openapi: '3.1.0',
  info: { title: 'answers', version: '1' },
  servers: [{ url: 'https://example.com/base/v1' }],
  paths,
};

const binding = `binding: probe
schedules: { zzPost: {} }
report: { operation: zzGet, job: zzid }
scheduled: { data: {} }
states: { running: { outcome: open, data: {} }, done: { outcome: done, data: {} } }
`;

let folder: string;
let sandbox: RunningSandbox;

beforeAll(async () => {
  // Prism takes a path for a URL, in which #, % and a blank mean something.
  folder = await mkdtemp(join(tmpdir(), 'a #b %20 Їжак [x] '));
  await writeFile(join(folder, 'openapi.json'), JSON.stringify(document));
  await writeFile(join(folder, 'binding.yaml'), binding);
  sandbox = await startSandbox({
    spec: join(folder, 'openapi.json'),
    binding: join(folder, 'binding.yaml'),
    seed: 1,
  });
});

afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

async function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const answer = await fetch(sandbox.url + path, { method, headers });
  const body = await answer.text();
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    headers: answer.headers,
    body,
  };
}

const note = () => sandbox.journal().at(-1)?.note;

describe('the operation that is checked', () => {
  it.each([
    ['POST', '/jobs/7:cancel', 'cancelled'],
    ['GET', '/a/7.json', 'as json'],
    ['GET', '/a/7', 'any'],
    ['GET', '/a/:x', 'a colon'],
    ['GET', '/a/%7Bx%7D', 'any'],
    ['GET', '/b/mine/c', 'mine'],
    ['GET', '/b/other/c', 'b of x'],
    ['GET', '/a/7?x=%2Fb%2Fmine', 'any'],
  ])('is the one that answers: %s %s', async (method, path, expected) => {
    const { status, body } = await ask(path, {}, method);
    expect([status, body]).toEqual([200, JSON.stringify(expected)]);
  });
});

describe('an answer without state', () => {
  it('keeps its contract where the example does not: only what is wrong is made anew', async () => {
    const { status, body } = await ask('/wrong-example');
    expect(status).toBe(200);
    const said = JSON.parse(body);
    expect(said).toMatchObject({ id: 7, tags: ['new', 'old'] });
    expect(Object.keys(said).sort()).toEqual(['at', 'id', 'tags']);
    expect(Number.isNaN(Date.parse(said.at))).toBe(false);
    expect(note()).toMatch(
      /answered by Prism and mended: its answer \(200\) would break the contract at \$\.\w+:/,
    );
  });

  it('is one of the forms that a schema leaves a choice of', async () => {
    expect(JSON.parse((await ask('/choice')).body).id).toMatch(/^[1-9]{4}$/);
  });

  it('is 500 where no answer keeps the contract, and says what is wrong with it', async () => {
    const { status, headers, body } = await ask('/never');
    expect(status).toBe(500);
    expect(headers.get('esoz-sandbox-refusal')).toBe('ANSWER_BREAKS_CONTRACT');
    expect(body).toMatch(/no answer that the contract allows.*\$: must NOT have/);
  });

  it('is chosen by Prefer', async () => {
    expect((await ask('/examples')).body).toBe('"1"');
    expect((await ask('/examples', { Prefer: 'example=two' })).body).toBe('"2"');
    const gone = await ask('/examples', { Prefer: 'code=404' });
    expect([gone.status, gone.body]).toEqual([404, '"gone"']);
    expect(gone.headers.has('esoz-sandbox-refusal')).toBe(false);
    const dynamic = await ask('/examples', { Prefer: 'dynamic=true' });
    expect(typeof JSON.parse(dynamic.body)).toBe('string');
    const unknown = await ask('/examples', { Prefer: 'example=three' });
    expect(unknown.headers.get('esoz-sandbox-refusal')).toBe('REQUEST_PREFERS_UNKNOWN');
  });

  it('is of the kind that Accept asks for', async () => {
    expect(await ask('/kinds')).toMatchObject({ type: 'application/json', body: '"j"' });
    expect(await ask('/kinds', { Accept: 'text/csv' })).toMatchObject({
      type: 'text/csv',
      body: 'a,b',
    });
    const xml = await ask('/kinds', { Accept: 'application/xml;q=0.9, text/html' });
    expect(xml).toMatchObject({ type: 'application/xml' });
    expect(xml.body).toContain('<a>1</a>');
    expect((await ask('/kinds', { Accept: 'image/webp' })).type).toBe('image/webp');
    expect((await ask('/kinds', { Accept: 'image/*' })).type).toBe('image/png');
    expect((await ask('/kinds', { Accept: 'no, type;;' })).status).toBe(200);
    // A JSON type of the API's own is JSON (RFC 6839 §3.1), whatever its version.
    const own = { Accept: 'application/vnd.acme+json;version=2' };
    expect(await ask('/kinds', own)).toMatchObject({ type: 'application/json', body: '"j"' });
    const none = await ask('/fhir', { Accept: 'text/turtle' });
    expect(none.status).toBe(406);
    expect(none.headers.get('esoz-sandbox-refusal')).toBe('REQUEST_NOT_ACCEPTABLE');
    expect(none.body).toContain('application/fhir+json');
  });

  it('may be told by a range, by default alone, or have no content', async () => {
    expect((await ask('/examples')).status).toBe(200);
    expect(await ask('/default-only')).toMatchObject({ status: 200, body: '5' });
    expect(await ask('/fhir')).toMatchObject({ type: 'application/fhir+json' });
    const nothing = await ask('/nothing', {}, 'DELETE');
    expect(nothing).toMatchObject({ status: 204, type: null, body: '' });
  });

  it('has the headers of its examples but for those of the way and those that none can be', async () => {
    const { status, headers, body } = await ask('/headers');
    expect([status, body]).toEqual([200, '{}']);
    expect(headers.get('etag')).toBe('"1"');
    expect(headers.get('x-flag')).toBe('true');
    for (const name of ['content-encoding', 'transfer-encoding', 'x-lines', 'x-name'])
      expect(headers.has(name)).toBe(false);
    expect(headers.get('content-length')).toBe('2');
    expect(headers.get('date')).not.toMatch(/1970/);
    expect(note()).toMatch(/but for what no header can be: X Blank, X-Lines, X-Name/);
  });

  it('is given to HEAD and OPTIONS that the contract describes', async () => {
    expect(await ask('/head', {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
    expect(await ask('/options', {}, 'OPTIONS')).toMatchObject({ status: 200, body: '{"GET":{}}' });
    const not = await ask('/fhir', {}, 'OPTIONS');
    expect(not.status).toBe(405);
    expect(not.headers.get('allow')).toBe('GET, HEAD');
    expect(not.headers.get('esoz-sandbox-refusal')).toBe('REQUEST_WRONG_METHOD');
  });
});
