import { describe, expect, it } from 'vitest';
import { logLine } from '../../src/cli/log-line.js';
import type { Exchange } from '../../src/sandbox/journal.js';
import { makeMasking } from '../../src/sandbox/masking.js';
import { openSmallApi } from '../support/small-api.js';

const SECRET = 'abcdefghijklmnop';
const SCHEMES = {
  securitySchemes: {
    header: { type: 'apiKey', in: 'header', name: 'X-Key' },
    query: { type: 'apiKey', in: 'query', name: 'access' },
    cookie: { type: 'apiKey', in: 'cookie', name: 'sid' },
  },
};

describe('credentials that the contract names', () => {
  it('are masked in the journal, in verdicts and wherever an address tells them', async () => {
    const { send, sandbox } = await openSmallApi({
      components: SCHEMES,
      more: { security: [{ header: [], query: [], cookie: [] }] },
      paths: {
        '/other': {
          get: {
            operationId: 'other',
            parameters: [
              { name: 'X-Auth-Token', in: 'header', schema: { type: 'string' } },
              { name: 'api_key', in: 'query', schema: { type: 'string' } },
            ],
            responses: {
              200: { description: 'Good', content: { 'text/plain': { schema: {}, example: 'x' } } },
            },
          },
        },
      },
      binding: {
        refusal: { url: '{url}', error: { message: '{message}' } },
      },
    });
    const headers = {
      'X-Key': SECRET,
      Cookie: `sid=${SECRET}`,
      Referer: `http://a/?access=${SECRET}`,
      'X-Auth-Token': SECRET,
    };
    await send('POST', `/things?access=${SECRET}&page=1`, { headers });
    await send('GET', `/things/nothing?page=1&access=${SECRET}`, { headers });
    await send('GET', `/other?api_key=${SECRET}&access=${SECRET}`, { headers });
    const journal = sandbox.journal();
    expect(journal).toHaveLength(3);
    expect(JSON.stringify(journal)).not.toContain(SECRET);
    expect(journal[0]?.path).toBe('/things?access=abcd… (16 characters)&page=1');
    expect(journal[0]?.request.headers['x-key']).toBe('abcd… (16 characters)');
    const verdict = sandbox.verdict();
    expect(JSON.stringify(verdict)).not.toContain(SECRET);
    expect(JSON.stringify(verdict)).toContain('access=abcd…');
  });
});

describe('Authorization that a contract declares as a parameter', () => {
  const TOKEN = {
    name: 'Authorization',
    in: 'header',
    required: true,
    schema: { type: 'string', pattern: '^never$' },
  };

  it('is a credential: 401 without it, and anything is taken for it', async () => {
    const { send, sandbox } = await openSmallApi({ schedules: { parameters: [TOKEN] } });
    const refused = await send('POST', '/things');
    expect([refused.status, refused.json.error.invalid[0].entry]).toEqual([401, 'Authorization']);
    expect((await send('POST', '/things', { headers: { Authorization: SECRET } })).status).toBe(
      202,
    );
    expect(JSON.stringify(sandbox.journal())).not.toContain(SECRET);
  });

  it('adds nothing where a security scheme says the same, and is free where it is optional', async () => {
    const said = await openSmallApi({
      schedules: { parameters: [TOKEN], security: [{ bearer: [] }] },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    });
    expect(
      (await said.send('POST', '/things', { headers: { Authorization: 'Bearer x' } })).status,
    ).toBe(202);
    const free = await openSmallApi({ schedules: { parameters: [{ ...TOKEN, required: false }] } });
    expect((await free.send('POST', '/things')).status).toBe(202);
  });

  it('is so of Accept and Content-Type, which are no parameters', async () => {
    const parameters = ['Accept', 'Content-Type'].map((name) => ({ ...TOKEN, name }));
    const { send } = await openSmallApi({ schedules: { parameters } });
    expect((await send('POST', '/things')).status).toBe(202);
  });
});

describe('masking', () => {
  const masking = makeMasking({
    headers: new Set(['x-key']),
    query: new Set(['key', 'a.b']),
    cookies: new Set(['sid']),
  });
  const { text, answer, headers } = masking;

  it.each([
    ['http://h/p?key=abcdefgh', 'http://h/p?key=abcd… (8 characters)'],
    ['{"url":"/p?x=1&key=abcdefgh"}', '{"url":"/p?x=1&key=abcd… (8 characters)"}'],
    ['/p?a.b=abcdefgh#f', '/p?a.b=abcd… (8 characters)#f'],
    ['/p?axb=abcdefgh', '/p?axb=abcdefgh'],
    ['/p?monkey=abcdefgh', '/p?monkey=abcdefgh'],
    ['key=abcdefgh', 'key=abcdefgh'],
  ])('of %s leaves %s', (given, shown) => expect(text(given)).toBe(shown));

  it('is done in lines of the log', () => {
    const exchange = {
      at: 0,
      method: 'GET',
      path: '/p?key=abcdefgh',
      status: 400,
      refused: 'not ?key=abcdefgh',
    };
    const line = logLine('default', exchange as unknown as Exchange, masking);
    expect(line).toContain('/p?key=abcd…');
    expect(line).not.toContain('abcdefgh');
  });

  it('hides a cookie of the contract where it is set', () => {
    expect(answer({ 'Set-Cookie': 'sid=abcdefgh; Path=/', Location: '/x?key=abcdefgh' })).toEqual({
      'Set-Cookie': 'sid=abcd… (8 characters); Path=/',
      Location: '/x?key=abcd… (8 characters)',
    });
    expect(answer({ 'Set-Cookie': 'other=abcdefgh' })).toEqual({ 'Set-Cookie': 'other=abcdefgh' });
    expect(headers('X-KEY\nabcdefgh\nX-Other\nabcdefgh')).toEqual({
      'x-key': 'abcd… (8 characters)',
      'x-other': 'abcdefgh',
    });
  });
});
