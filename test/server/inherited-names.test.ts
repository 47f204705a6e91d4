import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/contract/json.js';
import { send } from '../support/client.js';
import { broken, openSmallApi } from '../support/small-api.js';

/** Names that every object of JavaScript has, whatever is in it. */
const NAMES = Object.getOwnPropertyNames(Object.prototype);

/** An object of these names alone, each of them required, and in it another one. */
function closed(names: readonly string[], depth: number): object {
  const inner = depth === 0 ? { type: 'string', enum: ['a'] } : closed(names, depth - 1);
  return {
    type: 'object',
    required: names,
    properties: Object.fromEntries(names.map((name) => [name, inner])),
    additionalProperties: false,
  };
}

function said(names: readonly string[], depth: number): unknown {
  if (depth < 0) return 'a';
  return Object.fromEntries(names.map((name) => [name, said(names, depth - 1)]));
}

const json = (schema: object) => ({
  description: 'Good',
  content: { 'application/json': { schema } },
});

/** What tells of a job has all these names too, beside its id and its state. */
const telling = json({
  type: 'object',
  required: NAMES,
  properties: Object.fromEntries([...NAMES, 'id', 'state'].map((name) => [name, {}])),
  additionalProperties: false,
});
const told = said(NAMES, 0) as Json;
const state = (outcome: string) => ({ outcome, bare: true, data: { ...told, state: '{state}' } });

const parameters = (place: string, names: readonly string[]) =>
  names.map((name) => ({ name, in: place, required: true, schema: { enum: ['a'] } }));
const shown = (name: string) => ({ 200: json({ $ref: `#/components/schemas/${name}` }) });

const open = (openapi: string) =>
  openSmallApi({
    openapi,
    content: { 'application/json': { schema: closed(NAMES, 1) } },
    schedules: { responses: { 202: telling } },
    reports: { responses: { 200: telling } },
    scheduled: { ...told, id: '{job}' },
    binding: { states: { RUNNING: state('open'), DONE: state('done'), FAILED: state('failed') } },
    paths: {
      '/free/{__proto__}/{constructor}': {
        get: {
          operationId: 'toString',
          parameters: parameters('path', ['__proto__', 'constructor']),
          responses: shown('__proto__'),
        },
      },
      '/asked': {
        get: {
          operationId: 'valueOf',
          parameters: parameters('query', NAMES),
          responses: shown('constructor'),
        },
      },
    },
    components: { schemas: Object.fromEntries(NAMES.map((name) => [name, closed(NAMES, 1)])) },
  });

describe.each(['3.0.3', '3.1.0'])('names that every object has, in OpenAPI %s', (openapi) => {
  it('are taken in bodies where they are there, and missed where they are not', async () => {
    const { things, url } = await open(openapi);
    const made = await send('POST', things, { body: said(NAMES, 1) });
    expect(made).toMatchObject({ status: 202, json: { id: expect.any(String) } });
    expect(Object.keys(made.json)).toEqual(expect.arrayContaining(NAMES));
    const example = await send('GET', `${url}/__sandbox/examples/makeThing`);
    expect(Object.keys(example.json).toSorted()).toEqual(NAMES.toSorted());
    expect(await send('POST', things, { body: example.json })).toMatchObject({ status: 202 });
    const nothing = await send('POST', things, { body: {} });
    expect(broken(nothing).toSorted()).toEqual(
      NAMES.map((name) => `$.${name} required`).toSorted(),
    );
    for (const name of NAMES) {
      const others = NAMES.filter((other) => other !== name);
      const lacks = await send('POST', things, {
        body: { ...(said(NAMES, 1) as object), [name]: said(others, 0) },
      });
      expect(broken(lacks), name).toEqual([`$.${name}.${name} required`]);
      const wrong = await send('POST', things, {
        body: { ...(said(NAMES, 1) as object), [name]: 1 },
      });
      expect(broken(wrong), name).toEqual([`$.${name} cast`]);
    }
  });

  it('are told where answers must have them', async () => {
    const { things, url } = await open(openapi);
    const { json } = await send('POST', things, { body: said(NAMES, 1) });
    const polled = await send('GET', `${things}/${json.id}`);
    expect(polled.status).toBe(200);
    expect(JSON.parse(polled.text)).toMatchObject({ state: 'RUNNING' });
    for (const name of NAMES)
      expect(Object.hasOwn(polled.json, name) && polled.json[name], name).toBe('a');
    const free = await send('GET', `${url}/free/a/a`);
    expect([free.status, JSON.stringify(free.json)]).toEqual([
      200,
      expect.stringContaining('{"constructor":{"constructor":"a"'),
    ]);
    expect((await send('GET', `${url}/free/a/b`)).status).toBe(400);
    expect((await send('GET', `${url}/free/b/a`)).status).toBe(400);
  });

  it('are parameters like others', async () => {
    const { url } = await open(openapi);
    const all = NAMES.map((name) => `${name}=a`).join('&');
    expect(await send('GET', `${url}/asked?${all}`)).toMatchObject({ status: 200 });
    const none = await send('GET', `${url}/asked`);
    expect(none.status).toBe(400);
    expect(broken(none).toSorted()).toEqual(NAMES.map((name) => `${name} required`).toSorted());
    const wrong = await send('GET', `${url}/asked?${all.replaceAll('=a', '=b')}`);
    expect(broken(wrong)).toHaveLength(NAMES.length);
  });
});
