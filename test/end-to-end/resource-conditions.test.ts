import { describe, expect, it } from 'vitest';
import { openSmallApi } from '../support/small-api.js';

const NOTE = {
  type: 'object',
  required: ['id', 'text'],
  properties: {
    id: { type: 'string' },
    text: { type: 'string' },
    stars: { type: 'integer' },
    createdAt: { type: 'string', format: 'date-time' },
  },
};
const json = (schema: object) => ({ 'application/json': { schema } });
const BODY = { required: true, content: json({ type: 'object' }) };
const tagged = {
  200: {
    description: 'One',
    headers: { ETag: { schema: { type: 'string' } } },
    content: json(NOTE),
  },
};
const query = (...names: string[]) =>
  names.map((name) => ({ name, in: 'query', schema: { type: 'string' } }));

function open(read: object = tagged) {
  const parameters = [{ name: 'noteId', in: 'path', required: true, schema: { type: 'string' } }];
  return openSmallApi({
    paths: {
      '/notes': {
        post: {
          operationId: 'postNote',
          requestBody: BODY,
          responses: { 201: { description: 'Made', content: json(NOTE) } },
        },
        get: {
          operationId: 'listNotes',
          parameters: query('sort', 'order', 'limit', 'text'),
          responses: { 200: { description: 'All', content: json({ type: 'array', items: NOTE }) } },
        },
      },
      '/notes/{noteId}': {
        parameters,
        get: { operationId: 'getNote', responses: read },
        put: {
          operationId: 'putNote',
          requestBody: BODY,
          responses: {
            200: { description: 'Replaced', content: json(NOTE) },
            201: { description: 'Made', content: json(NOTE) },
          },
        },
        delete: { operationId: 'deleteNote', responses: { 204: { description: 'Gone' } } },
      },
    },
    binding: {
      resources: {
        notes: {
          create: 'postNote',
          read: 'getNote',
          list: 'listNotes',
          replace: 'putNote',
          delete: 'deleteNote',
        },
      },
    },
  });
}

async function openWithNote() {
  const api = await open();
  const made = await api.send('POST', '/notes', { body: { text: 'a' } });
  const path = `/notes/${made.json.id}`;
  return { api, path, tag: made.headers.get('etag') ?? '' };
}

describe('a resource whose contract tells tags', () => {
  it('has one ETag for one state, and a read that knows it is told that nothing has changed', async () => {
    const { api, path, tag } = await openWithNote();
    expect(tag).toMatch(/^"[\w-]+"$/);
    const read = await api.send('GET', path);
    expect(read.headers.get('etag')).toBe(tag);
    const again = await api.send('GET', path, { headers: { 'If-None-Match': `W/"x", ${tag}` } });
    expect([again.status, again.headers.get('etag'), again.text]).toEqual([304, tag, '']);
    await api.send('PUT', path, { body: { text: 'b' } });
    const later = await api.send('GET', path, { headers: { 'If-None-Match': tag } });
    expect([later.status, later.json.text]).toEqual([200, 'b']);
  });

  it('is changed and deleted only in the state that If-Match names', async () => {
    const { api, path, tag } = await openWithNote();
    const put = (text: string, headers: Record<string, string>) =>
      api.send('PUT', path, { body: { text }, headers });
    const first = await put('b', { 'If-Match': tag });
    expect(first.status).toBe(200);
    const lost = await put('c', { 'If-Match': tag });
    expect([lost.status, lost.headers.get('esoz-sandbox-refusal')]).toEqual([
      412,
      'REQUEST_PRECONDITION_FAILED',
    ]);
    expect((await api.send('GET', path)).json.text).toBe('b');
    const weak = await put('c', { 'If-Match': `W/${first.headers.get('etag')}` });
    expect(weak.status).toBe(412);
    expect((await api.send('DELETE', path, { headers: { 'If-Match': tag } })).status).toBe(412);
    expect((await api.send('DELETE', path, { headers: { 'If-Match': '*' } })).status).toBe(204);
  });

  it('is made only where there is none, if If-None-Match says so', async () => {
    const { api, path } = await openWithNote();
    const headers = { 'If-None-Match': '*' };
    expect((await api.send('PUT', path, { body: { text: 'z' }, headers })).status).toBe(412);
    expect((await api.send('PUT', '/notes/n2', { body: { text: 'z' }, headers })).status).toBe(201);
    const none = await api.send('PUT', '/notes/n3', {
      body: { text: 'z' },
      headers: { 'If-Match': '*' },
    });
    expect(none.status).toBe(412);
  });

  it('has none where the contract says nothing of tags', async () => {
    const api = await open({ 200: { description: 'One', content: json(NOTE) } });
    const made = await api.send('POST', '/notes', { body: { text: 'a' } });
    const read = await api.send('GET', `/notes/${made.json.id}`, {
      headers: { 'If-None-Match': '*' },
    });
    expect([read.status, read.headers.get('etag')]).toEqual([200, null]);
  });
});

describe('a list of resources', () => {
  it.each([
    ['', ['b', 'a', 'c', 'a']],
    ['?sort=text', ['a', 'a', 'b', 'c']],
    ['?sort=-stars', ['a', 'a', 'c', 'b']],
    ['?sort=text,-stars', ['a', 'a', 'b', 'c']],
    ['?sort=stars:asc&limit=2', ['c', 'a']],
    ['?sort=created_at%20desc', ['a', 'c', 'a', 'b']],
    ['?sort=text&order=desc', ['c', 'b', 'a', 'a']],
    ['?sort=colour', ['b', 'a', 'c', 'a']],
    ['?text=a&sort=stars', ['a', 'a']],
  ])('is sorted as the request asks: %s', async (search, wanted) => {
    const api = await open();
    for (const note of [
      { text: 'b' },
      { text: 'a', stars: 10 },
      { text: 'c', stars: 2 },
      { text: 'a', stars: 9 },
    ]) {
      await api.send('POST', '/notes', { body: note });
      api.sandbox.clock.advance('1s');
    }
    const { json: all } = await api.send('GET', `/notes${search}`);
    expect(all.map(({ text }: { text: string }) => text)).toEqual(wanted);
  });
});
