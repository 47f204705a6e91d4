import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { startSandbox } from '../../src/index.js';
import { send } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { LONG_ENOUGH, openSandbox } from '../support/sandbox.js';

const REPORTS = {
  spec: 'test/fixtures/reports/openapi.yaml',
  scenarios: 'test/fixtures/reports/scenarios',
};

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'contract-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

describe('an OpenAPI 3.1 contract of another API, with a binding of its own', () => {
  it('plays jobs as the binding says: 202 with a Location, no envelope', async () => {
    const { sandbox } = await openSandbox(REPORTS);
    const ordered = await send('POST', `${sandbox.url}/reports`, {
      body: { name: null, pages: 3 },
    });
    expect(ordered.status).toBe(202);
    const { order } = ordered.json;
    expect(ordered.headers.get('location')).toBe(`/reports/${order}`);
    expect(ordered.json).toEqual({ order, progress: 'waiting' });
    const early = await send('GET', `${sandbox.url}/reports/${order}`);
    expect(early.json).toEqual({ order, progress: 'waiting' });
    sandbox.clock.advance(LONG_ENOUGH);
    const late = await send('GET', `${sandbox.url}/reports/${order}`);
    expect(late.json).toEqual({ order, progress: 'ready' });
  });

  it('plays scenario files in the words of that API', async () => {
    const { sandbox } = await openSandbox({ ...REPORTS, scenario: 'breaks' });
    const { json } = await send('POST', `${sandbox.url}/reports`, { body: { name: 'stock' } });
    await send('GET', `${sandbox.url}/reports/${json.order}`);
    const broken = await send('GET', `${sandbox.url}/reports/${json.order}`);
    expect(broken.json).toEqual({ order: json.order, progress: 'broken', reason: 'out of paper' });
  });

  it('holds requests to JSON Schema as 3.1 means it', async () => {
    const { sandbox } = await openSandbox(REPORTS);
    const { status, json } = await send('POST', `${sandbox.url}/reports`, {
      body: { name: 7, pages: 0 },
    });
    expect(status).toBe(400);
    expect(json.error.invalid.map((i: { entry: string }) => i.entry)).toEqual([
      '$.name',
      '$.pages',
    ]);
  });

  it('answers operations without state by Prism: examples, Prefer, schemas', async () => {
    const { sandbox } = await openSandbox({ ...REPORTS, seed: 7 });
    const mild = await send('GET', `${sandbox.url}/weather/Kyiv?days=2`);
    expect(mild.status).toBe(200);
    expect(mild.json).toEqual({ sky: 'clear', degrees: 21.5 });
    const headers = { Prefer: 'example=cold' };
    const cold = await send('GET', `${sandbox.url}/weather/Kyiv`, { headers });
    expect(cold.json).toEqual({ sky: 'snow', degrees: -7 });
    const names = await send('GET', `${sandbox.url}/names`);
    expect(names.json.length).toBeGreaterThanOrEqual(2);
    expect(sandbox.journal().map((e) => e.note)).toEqual(Array(3).fill('answered by Prism'));
  });

  it('checks requests for operations without state as well', async () => {
    const { sandbox } = await openSandbox(REPORTS);
    const { status, json } = await send('GET', `${sandbox.url}/weather/K?days=0`);
    expect(status).toBe(400);
    expect(json.error.invalid).toHaveLength(2);
  });
});

describe('the official document of the Compositions API', () => {
  it('needs nothing but the binding that is here: plain JSON, without security or examples', async () => {
    const text = await readFile('spec/compositions/openapi.yaml', 'utf8');
    const document = parse(text);
    delete document.security;
    delete document.components.securitySchemes;
    delete document.components.examples;
    const stripped = JSON.stringify(document, (key, value) =>
      key === 'examples' || key === 'example' ? undefined : value,
    );
    const spec = join(await folder(), 'official.json');
    await writeFile(spec, stripped);
    const { sandbox, client } = await openSandbox({ spec });
    const { json } = await client.create(disability());
    sandbox.clock.advance(LONG_ENOUGH);
    const done = await client.poll(json.data.id);
    expect(done.json.data.status).toBe('DONE');
    expect(sandbox.resources()).toHaveLength(1);
  });

  it('follows references to files beside the document', async () => {
    const path = await folder();
    const text = await readFile('test/fixtures/reports/openapi.yaml', 'utf8');
    const order =
      '{ type: object, required: [order, progress], properties: { order: { type: integer } } }';
    await writeFile(join(path, 'order.yaml'), order);
    const spec = join(path, 'openapi.yaml');
    await writeFile(spec, text.replaceAll('#/components/schemas/Order', 'order.yaml'));
    const starting = startSandbox({
      ...REPORTS,
      spec,
      binding: 'test/fixtures/reports/binding.yaml',
    });
    await expect(starting).rejects.toThrow(
      /reports\/binding\.yaml:9:11: \$\.order is not as orderReport 202 documents it: type mismatch, expected integer/,
    );
  });
});

describe('a contract or binding that cannot be used', () => {
  const cases = [
    [
      'openapi: 2.0.0',
      /OpenAPI version is "2.0.0", and only 3\.0\.x, 3\.1\.x and 3\.2\.x are read/,
    ],
    [
      'swagger: "2.0"',
      /this is Swagger 2\.0, and OpenAPI 3\.0, 3\.1 and 3\.2 are read \(convert it: npx swagger2openapi /,
    ],
    ['openapi: 3.0.3', /has no `paths`/],
    ['- a list', /is not an OpenAPI document/],
    ['openapi: 3.0.3\n  paths: {', /openapi\.yaml:2:\d+: not readable as YAML/],
    ['{"openapi": "3.0.3", "paths": {}', /openapi\.yaml:\d+:\d+: not readable as YAML/],
    ['openapi: 3.0.3\npaths: {}', /report: the contract .* has no operation "getOrder"/],
  ] as const;
  it.each(cases)('is refused at start: %j', async (text, message) => {
    const spec = join(await folder(), 'openapi.yaml');
    await writeFile(spec, text);
    const starting = startSandbox({ spec, binding: 'test/fixtures/reports/binding.yaml' });
    await expect(starting).rejects.toThrow(message);
  });

  it('is refused when the file is not there', async () => {
    await expect(startSandbox({ spec: 'no/such.yaml' })).rejects.toThrow(
      /no\/such\.yaml: cannot be read \(ENOENT\)/,
    );
  });

  it('tells every mistake of a binding, each at its place', async () => {
    const path = join(await folder(), 'binding.yaml');
    const text = await readFile('test/fixtures/reports/binding.yaml', 'utf8');
    const broken = text.replace("'{job}', progress: waiting", "'{jobb}', progress: waiting");
    await writeFile(path, `${broken}statuses: {}\n`);
    await expect(startSandbox({ ...REPORTS, binding: path })).rejects.toThrow(
      /binding\.yaml:14:1: unknown key "statuses" \(did you mean states\?\)/,
    );
    await writeFile(path, broken.replace('outcome: failed', 'outcome: lost'));
    const starting = startSandbox({ ...REPORTS, binding: path });
    await expect(starting).rejects.toThrow(
      /binding\.yaml:9:\d+: unknown place \{jobb\} \(did you mean job\?\)/,
    );
    await expect(starting).rejects.toThrow(
      /binding\.yaml:13:22: unknown outcome "lost" \(known: open, done, failed, cancelled\)/,
    );
  });
});
