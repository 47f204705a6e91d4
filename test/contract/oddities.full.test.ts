import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parse, stringify } from 'yaml';
import { type RunningSandbox, startSandbox } from '../../src/index.js';
import { send } from '../support/client.js';
import type { Ask, Oddity } from './oddities/oddity.js';
import { ODD_31 } from './oddities/of-31.js';
import { ODD_REQUESTS_30 } from './oddities/requests-of-30.js';
import { ODD_SCHEMAS_30 } from './oddities/schemas-of-30.js';
import { ODD_STARTS, REFUSED } from './oddities/starts.js';

const FOLDERS: string[] = [];
afterAll(() => Promise.all(FOLDERS.map((folder) => rm(folder, { recursive: true, force: true }))));

async function fileWith(text: string, name = 'openapi.yaml'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'oddities-'));
  FOLDERS.push(folder);
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

/** One document with all of them: what one does must not touch the others. */
function documentOf(openapi: string, oddities: readonly Oddity[]): string {
  const paths = oddities.map(({ paths = '{}', values = '{}' }) => ({
    ...parse(paths),
    ...Object.fromEntries(Object.entries(parse(values)).map(([path, s]) => [path, both(s)])),
  }));
  const components: Record<string, object> = {};
  for (const oddity of oddities) {
    for (const [kind, named] of Object.entries(parse(oddity.components ?? '{}'))) {
      components[kind] = { ...components[kind], ...(named as object) };
    }
  }
  const info = { title: 'Oddities', version: '1' };
  return stringify({ openapi, info, paths: Object.assign({}, ...paths), components });
}

function both(schema: unknown) {
  const content = { 'application/json': { schema } };
  return {
    get: { responses: { 200: { description: 'OK', content } } },
    post: { requestBody: { required: true, content }, responses: { 200: { description: 'OK' } } },
  };
}

/** What is answered, in the words of {@link Ask.wanted}. */
async function answerTo(url: string, { ask, type, headers, wanted, ...rest }: Ask) {
  const [method = '', path = ''] = ask.split(' ');
  const typed: Record<string, string> = type ? { 'Content-Type': type } : {};
  const { status } = await send(method, url + path, { ...rest, headers: { ...headers, ...typed } });
  return wanted === 'refused' && status >= 400 && status < 500 ? wanted : status;
}

const inWords = (asks: readonly Ask[], answers: readonly unknown[]) =>
  asks.map(({ ask, body }, at) => `${ask} ${JSON.stringify(body) ?? ''}: ${answers[at]}`);

describe.each([
  ['3.0.3', [...ODD_SCHEMAS_30, ...ODD_REQUESTS_30]],
  ['3.1.0', ODD_31],
])('a document of OpenAPI %s is served with', (version, oddities) => {
  let sandbox: RunningSandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ spec: await fileWith(documentOf(version, oddities)), port: 0 });
  });
  afterAll(() => sandbox.close());

  it.each(oddities.map((oddity) => [oddity.name, oddity] as const))('%s', async (_, { asks }) => {
    const answers = await Promise.all(asks.map((ask) => answerTo(sandbox.url, ask)));
    expect(inWords(asks, answers)).toEqual(
      inWords(
        asks,
        asks.map(({ wanted }) => wanted),
      ),
    );
  });
});

describe('a document', () => {
  it.each(ODD_STARTS)('is read: $name', async ({ text, file, answer }) => {
    const sandbox = await startSandbox({ spec: await fileWith(text, file), port: 0 });
    onTestFinished(() => sandbox.close());
    const { status, json } = await send('GET', `${sandbox.url}/t`);
    expect({ status, ...(answer ? { json } : {}) }).toEqual({
      status: 200,
      ...(answer ? { json: answer } : {}),
    });
  });

  it.each(REFUSED)('is refused at the start: $name', async ({ text, code, line }) => {
    const spec = await fileWith(text);
    await expect(startSandbox({ spec, port: 0 })).rejects.toMatchObject({
      problems: expect.arrayContaining([expect.objectContaining({ code, line })]),
    });
  });
});
