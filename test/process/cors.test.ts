import { describe, expect, it } from 'vitest';
import {
  corsHeaders,
  isAllowedOrigin,
  isPreflight,
  preflightHeaders,
} from '../../src/server/http/cors.js';
import { readOrigin } from '../../src/server/http/origin.js';
import { CREDENTIALS, send } from '../support/client.js';
import { run } from '../support/command.js';
import { disability } from '../support/conclusions.js';
import { openSandbox } from '../support/sandbox.js';
import { sendRaw, statusOf } from '../support/wire.js';

const PAGE = 'http://localhost:3000';
const STRANGER = 'https://app.example.org';
const CREATE = '/api/patients/composition';
const JOB = `${CREATE}/job/9d2cbb43-4d5c-4b3e-8a50-111111111111`;

/** What a browser asks before it sends a POST with JSON and credentials; fetch itself may not say so. */
async function preflight(url: string, path: string, origin: string, more = '') {
  const head = [
    `OPTIONS ${path} HTTP/1.1`,
    `Host: ${new URL(url).host}`,
    `Origin: ${origin}`,
    'Access-Control-Request-Method: POST',
    'Access-Control-Request-Headers: api-key,authorization,content-type',
    ...(more ? [more] : []),
    'Connection: close',
  ];
  const text = await sendRaw(url, `${head.join('\r\n')}\r\n\r\n`);
  return { status: statusOf(text), text };
}

describe('pages of this machine', () => {
  it.each([
    'http://localhost',
    'http://LOCALHOST:5173',
    'https://localhost:3000',
    'http://app.localhost:3000',
    'http://127.0.0.1:8080',
    'http://127.3.2.1',
    'http://[::1]:3000',
    'http://app.localhost:8080',
  ])('may use the sandbox: %s', (origin) => {
    expect(isAllowedOrigin(origin, [])).toBe(true);
  });

  it.each([
    'null',
    '',
    'https://localhost.evil.example',
    'http://evil-localhost',
    'http://localhost.evil.example:80',
    'http://a@app.localhost',
    'http://app.localhost.',
    'http://app.localhost.evil.example',
    'http://evil.example@localhost',
    'http://localhost:1, https://evil.example',
    'file://localhost',
    'http://10.0.0.1',
  ])('are not those of %j', (origin) => {
    expect(isAllowedOrigin(origin, [])).toBe(false);
    expect(corsHeaders({ origin }, [])).toEqual({});
  });

  it('get from a preflight what they have asked for, and no session knows of it', async () => {
    const { sandbox } = await openSandbox();
    const { status, text } = await preflight(sandbox.url, CREATE, PAGE);
    expect(status).toBe(204);
    expect(text).toMatch(/^Access-Control-Allow-Origin: http:\/\/localhost:3000\r$/m);
    expect(text).toMatch(/^Access-Control-Allow-Methods: POST\r$/m);
    expect(text).toMatch(/^Access-Control-Allow-Headers: api-key,authorization,content-type\r$/m);
    expect(text).toMatch(/^Access-Control-Max-Age: [1-9]\d*\r$/m);
    expect(text).toMatch(/^Vary: Origin\r$/m);
    expect(text).not.toMatch(/Private-Network/i);
    expect(sandbox.journal()).toEqual([]);
    const named = await preflight(sandbox.url, `/~page${CREATE}`, PAGE);
    expect(named.status).toBe(204);
    const { json } = await send('GET', `${sandbox.url}/__sandbox/sessions`);
    expect(json.sessions.map((s: { name: string }) => s.name)).not.toContain('page');
  });

  it('get the address space that they ask for', async () => {
    const { sandbox } = await openSandbox();
    const asked = 'Access-Control-Request-Private-Network: true';
    const { text } = await preflight(sandbox.url, CREATE, PAGE, asked);
    expect(text).toMatch(/^Access-Control-Allow-Private-Network: true\r$/m);
  });

  it('may read answers with their headers: good ones, refusals, polls, the control API', async () => {
    const { sandbox } = await openSandbox();
    const headers = { ...CREDENTIALS, Origin: PAGE };
    const body = disability();
    const answers = [
      await send('POST', sandbox.url + CREATE, { headers, body }),
      await send('POST', sandbox.url + CREATE, { headers, body: {} }),
      await send('GET', sandbox.url + JOB, { headers }),
      await send('GET', `${sandbox.url}/no/such/path`, { headers }),
      await send('GET', `${sandbox.url}/~-/x`, { headers }),
      await send('GET', `${sandbox.url}/__sandbox/health`, { headers }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 422, 404, 404, 400, 200]);
    for (const answer of answers) {
      expect(answer.headers.get('access-control-allow-origin')).toBe(PAGE);
      expect(answer.headers.get('access-control-expose-headers')).toMatch(
        /\bLocation\b.*\bRetry-After\b.*\bETag\b.*\bX-Sandbox-Scenario\b/,
      );
    }
  });

  it('may ask the control API beforehand too', async () => {
    const { sandbox } = await openSandbox();
    const path = '/__sandbox/sessions/default/next';
    expect((await preflight(sandbox.url, path, PAGE)).status).toBe(204);
    expect((await preflight(sandbox.url, path, STRANGER)).status).toBe(403);
  });
});

describe('pages of elsewhere', () => {
  it('are refused before they send anything, told how to be allowed, and leave no trace', async () => {
    const { sandbox } = await openSandbox();
    const { status, text } = await preflight(sandbox.url, CREATE, STRANGER);
    expect(status).toBe(403);
    expect(text).toContain(`--cors ${STRANGER}`);
    expect(text).not.toMatch(/^Access-Control-Allow/im);
    expect(sandbox.journal()).toEqual([]);
  });

  it('may use API and control API when they are named', async () => {
    const { sandbox } = await openSandbox({ cors: [STRANGER] });
    expect((await preflight(sandbox.url, CREATE, STRANGER)).text).toMatch(
      /^Access-Control-Allow-Origin: https:\/\/app\.example\.org\r$/m,
    );
    const headers = { Origin: STRANGER };
    const health = await send('GET', `${sandbox.url}/__sandbox/health`, { headers });
    expect(health.status).toBe(200);
    expect(health.headers.get('access-control-allow-origin')).toBe(STRANGER);
    const other = { Origin: 'https://evil.example' };
    const refused = await send('GET', `${sandbox.url}/__sandbox/health`, { headers: other });
    expect(refused.status).toBe(403);
    expect(refused.json.error.message).toContain('--cors');
  });

  it('may use the API, and not the control API, when every page may', async () => {
    const { sandbox } = await openSandbox({ cors: ['*'] });
    const headers = { Origin: STRANGER };
    const poll = await send('GET', sandbox.url + JOB, { headers: { ...headers, ...CREDENTIALS } });
    expect(poll.headers.get('access-control-allow-origin')).toBe('*');
    expect(poll.headers.get('access-control-allow-credentials')).toBeNull();
    expect((await send('GET', `${sandbox.url}/__sandbox/health`, { headers })).status).toBe(403);
  });
});

describe('OPTIONS', () => {
  it.each([
    [{ origin: PAGE, 'access-control-request-method': 'POST' }, 'OPTIONS', true],
    [{ origin: PAGE }, 'OPTIONS', false],
    [{ 'access-control-request-method': 'POST' }, 'OPTIONS', false],
    [{ origin: PAGE, 'access-control-request-method': 'POST' }, 'GET', false],
  ])('is a preflight with %j by %s: %s', (headers, method, is) => {
    expect(isPreflight(method, headers)).toBe(is);
  });

  it('that is none is a request like any other', async () => {
    const { sandbox } = await openSandbox();
    const { status } = await send('OPTIONS', sandbox.url + CREATE, { headers: { Origin: PAGE } });
    expect(status).toBe(405);
    expect(sandbox.journal()).toHaveLength(1);
  });

  it('allows no headers where none are asked for', () => {
    const headers = { origin: PAGE, 'access-control-request-method': 'DELETE' };
    const given = preflightHeaders(headers, []);
    expect(given['Access-Control-Allow-Methods']).toBe('DELETE');
    expect(Object.keys(given)).not.toContain('Access-Control-Allow-Headers');
  });
});

describe('--cors', () => {
  it.each([
    ['https://app.example.org', 'https://app.example.org'],
    ['https://App.Example.org:443/', 'https://app.example.org'],
    ['chrome-extension://abcdefgh', 'chrome-extension://abcdefgh'],
    ['*', '*'],
    ['null', 'null'],
  ])('reads %s as %s', (text, origin) => {
    expect(readOrigin(text)).toEqual({ origin });
  });

  it.each([
    'app.example.org',
    'https://app.example.org/shop',
    'https://u@app.example.org',
    '',
  ])('refuses %j and says what to write', (text) => {
    expect(readOrigin(text)).toEqual({ problem: expect.stringContaining('https://app.') });
  });

  it('with a mistake is a wrong usage', async () => {
    const { code, err } = await run('serve', '--port', '0', '--cors', 'app.example.org');
    expect(code).toBe(3);
    expect(err).toContain('"app.example.org" is not an origin; write scheme, host and port');
  });
});
