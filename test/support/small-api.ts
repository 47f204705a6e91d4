import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Json } from '../../src/contract/json.js';
import { type SandboxOptions, startSandbox } from '../../src/index.js';
import { send } from './client.js';
import { NOON } from './sandbox.js';

/** An API of one's own for a test: `POST /things` schedules, `GET /things/{id}` reports. */
export interface SmallApi {
  openapi?: string;
  /** Content of the body of `POST /things`, by media type. */
  content?: Json;
  /** Other keys of `POST /things`, such as `parameters`. */
  schedules?: Json;
  /** Other keys of `GET /things/{id}`. */
  reports?: Json;
  paths?: Json;
  /** Other keys of the document, such as `servers`. */
  more?: Json;
  components?: Json;
  /** What a scheduled job is answered with. */
  scheduled?: Json;
  binding?: Json;
  /** By file name. */
  scenarios?: Record<string, string>;
  options?: SandboxOptions;
}

const ANY = { description: 'Good', content: { 'application/json': { schema: {} } } };

export async function openSmallApi(given: SmallApi = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'small-api-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { content, schedules = {}, reports = {}, paths = {}, more = {}, components = {} } = given;
  const document = {
    openapi: given.openapi ?? '3.0.3',
    info: { title: 'Things', version: '1' },
    paths: {
      '/things': {
        post: {
          operationId: 'makeThing',
          ...(content ? { requestBody: { required: true, content } } : {}),
          responses: { 202: ANY },
          ...schedules,
        },
      },
      '/things/{id}': {
        get: {
          operationId: 'readThing',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          responses: { 200: ANY },
          ...reports,
        },
      },
      ...paths,
    },
    components,
    ...more,
  };
  const state = (outcome: string) => ({ outcome, http: 200, data: { state: '{state}' } });
  const binding = {
    binding: 'things',
    schedules: { makeThing: {} },
    report: { operation: 'readThing', job: 'id', ids: 'uuid' },
    scheduled: { http: 202, bare: true, data: given.scheduled ?? { id: '{job}' } },
    states: { RUNNING: state('open'), DONE: state('done'), FAILED: state('failed') },
    ...given.binding,
  };
  const spec = join(folder, 'openapi.json');
  await writeFile(spec, JSON.stringify(document));
  await writeFile(join(folder, 'binding.yaml'), JSON.stringify(binding));
  const scenarios = join(folder, 'scenarios');
  await mkdir(scenarios);
  for (const [name, text] of Object.entries(given.scenarios ?? {})) {
    await writeFile(join(scenarios, name), text);
  }
  const sandbox = await startSandbox({
    spec,
    ...(given.scenarios ? { scenarios } : {}),
    clock: { mode: 'manual', now: Date.parse(NOON) },
    ...given.options,
  });
  onTestFinished(() => sandbox.close());
  const things = `${sandbox.url}/things`;
  return {
    sandbox,
    /** Its document; the binding lies beside it. */
    spec,
    url: sandbox.url,
    things,
    send: (method: string, path: string, more: Parameters<typeof send>[2] = {}) =>
      send(method, sandbox.url + path, more),
    /** Sends a body as it is. */
    post: async (type: string, body: string | Uint8Array | FormData, path = '/things') => {
      const headers: Record<string, string> = type === '' ? {} : { 'Content-Type': type };
      const answer = await fetch(sandbox.url + path, {
        method: 'POST',
        headers,
        body: body as never,
      });
      const text = await answer.text();
      return { status: answer.status, json: text === '' ? undefined : JSON.parse(text), text };
    },
  };
}

/** What an answer says is wrong with the request: `where rule` of each. */
export function broken({ json }: { json: unknown }): string[] {
  const { error } = json as {
    error?: { invalid?: { entry: string; rules: { rule: string }[] }[] };
  };
  return (error?.invalid ?? []).flatMap(({ entry, rules }) =>
    rules.map(({ rule }) => `${entry} ${rule}`),
  );
}
