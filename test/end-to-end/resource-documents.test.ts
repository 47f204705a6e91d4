import { describe, expect, it } from 'vitest';
import { openSmallApi, type SmallApi } from '../support/small-api.js';

const OF_ID = { name: 'itemId', in: 'path', required: true, schema: { type: 'string' } };
const answer = (schema: object) => ({
  description: 'Good',
  content: { 'application/json': { schema } },
});
const ITEM = {
  type: 'object',
  required: ['id', 'name'],
  properties: {
    id: { type: 'string' },
    name: { type: 'string' },
    state: { type: 'string', readOnly: true, enum: ['fresh', 'stale'] },
    owner: { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } },
  },
};
const JSON_ITEM = { 'application/json': { schema: ITEM } };

/** `POST /things` makes an item by a job; `GET /items/{itemId}` reads it. */
async function openItems(given: SmallApi & { resource?: object } = {}) {
  const items = { made_by: 'makeThing', id: 'itemId', read: 'getItem', ...given.resource };
  const api = await openSmallApi({
    content: JSON_ITEM,
    ...given,
    paths: {
      '/items/{itemId}': {
        parameters: [OF_ID],
        get: { operationId: 'getItem', responses: { 200: answer(ITEM) } },
        put: {
          operationId: 'putItem',
          requestBody: { content: JSON_ITEM },
          responses: { 202: answer({}) },
        },
        delete: { operationId: 'dropItem', responses: { 202: answer({}) } },
      },
      ...given.paths,
    },
    binding: { resources: { items }, ...given.binding },
  });
  const done = async (method: string, path: string, body?: unknown) => {
    const { json } = await api.send(method, path, body === undefined ? {} : { body });
    api.sandbox.clock.advance('3s');
    await api.send('GET', `/things/${json.id}`);
    return api.sandbox.job(json.id);
  };
  return { ...api, done };
}

describe('the document of a resource', () => {
  it('is made from what the binding says, and told with its types', async () => {
    const { send, done } = await openItems({
      resource: {
        data: { name: 'Item {id}', state: 'stale', owner: { id: '{body.owner.id}' }, job: '{job}' },
      },
    });
    const { resource } = await done('POST', '/things', { id: 'mine', name: 'x', owner: { id: 7 } });
    expect(resource).toBe('mine');
    expect((await send('GET', '/items/mine')).json).toEqual({
      id: 'mine',
      name: 'Item mine',
      state: 'stale',
      owner: { id: 7 },
    });
  });

  it('tells what the scenario says its job has made', async () => {
    const slow = `scenario: stale
title: Makes a stale item
about: The item is stale.
group: happy
result: { state: stale }
life:
  - { state: RUNNING, for: 1s }
  - { state: DONE }
`;
    const { send, done } = await openItems({
      scenarios: { 'stale.yaml': slow },
      options: { scenario: 'stale' },
    });
    const { resource } = await done('POST', '/things', { id: '', name: 'x' });
    expect((await send('GET', `/items/${resource}`)).json).toMatchObject({
      name: 'x',
      state: 'stale',
    });
  });

  it('is not there when its job has failed', async () => {
    const fails = `scenario: fails
title: Fails
about: Nothing is made.
group: failure
life:
  - { state: RUNNING, for: 1s }
  - { state: FAILED }
`;
    const { send, sandbox, done } = await openItems({
      scenarios: { 'fails.yaml': fails },
      options: { scenario: 'fails' },
    });
    await done('POST', '/things', { id: 'gone', name: 'x' });
    expect((await send('GET', '/items/gone')).status).toBe(404);
    expect(sandbox.resources()).toEqual([]);
  });

  it('is replaced by a job of PUT, and taken away by a job of DELETE', async () => {
    const { send, done } = await openItems({
      binding: {
        schedules: {
          makeThing: {},
          putItem: { resource: 'itemId' },
          dropItem: { resource: 'itemId' },
        },
        resources: { items: { made_by: ['makeThing', 'putItem'], read: 'getItem' } },
      },
    });
    await done('PUT', '/items/a', { id: 'a', name: 'first', owner: { id: 1 } });
    expect((await send('GET', '/items/a')).json).toMatchObject({ name: 'first', owner: { id: 1 } });
    await done('PUT', '/items/a', { id: 'a', name: 'second' });
    const { json } = await send('GET', '/items/a');
    expect(json.name).toBe('second');
    expect(json).not.toHaveProperty('owner');
    await done('DELETE', '/items/a');
    expect((await send('GET', '/items/a')).status).toBe(404);
  });

  it('leaves out what does not fit, and says so in the journal', async () => {
    const strict = {
      ...ITEM,
      properties: { ...ITEM.properties, name: { type: 'string', maxLength: 3 } },
    };
    const { send, sandbox, done } = await openItems({
      paths: {
        '/items/{itemId}': {
          parameters: [OF_ID],
          get: { operationId: 'getItem', responses: { 200: answer(strict) } },
        },
      },
    });
    const { notes } = await done('POST', '/things', { id: 'a', name: 'too long' });
    expect(notes?.join()).toMatch(/items: mended at \$\.name/);
    const read = await send('GET', '/items/a');
    expect([read.status, read.json.id]).toEqual([200, 'a']);
    expect(read.json.name.length).toBeLessThanOrEqual(3);
    expect(sandbox.resources()).toMatchObject([{ id: 'a', kind: 'items' }]);
  });

  it('is counted, or named by the request, where the binding says so', async () => {
    const { done } = await openItems({ resource: { ids: 'integers from 5' } });
    const made = [];
    for (const name of ['a', 'b', 'c'])
      made.push((await done('POST', '/things', { id: '', name })).resource);
    expect(made).toEqual(['5', '6', '7']);
    const chosen = await openItems({ resource: { ids: 'body.name' } });
    expect((await chosen.done('POST', '/things', { id: 'x', name: 'mine' })).resource).toBe('mine');
  });

  it('is told by templates of answers: {resource.…}', async () => {
    const state = (outcome: string, data: object) => ({ outcome, http: 200, bare: true, data });
    const { send, post, sandbox } = await openItems({
      binding: {
        states: {
          RUNNING: state('open', {}),
          DONE: state('done', { made: '{resource.name}', owner: '{resource.owner.id}' }),
          FAILED: state('failed', {}),
        },
        resources: { items: { made_by: 'makeThing', read: 'getItem' } },
      },
    });
    const { json } = await post(
      'application/json',
      JSON.stringify({ id: 'a', name: 'N', owner: { id: 4 } }),
    );
    sandbox.clock.advance('3s');
    expect((await send('GET', `/things/${json.id}`)).json).toEqual({ made: 'N', owner: 4 });
  });
});
