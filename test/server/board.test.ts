import { describe, expect, it } from 'vitest';
import { openSandbox } from '../support/sandbox.js';
import { openSmallApi } from '../support/small-api.js';
import { sendRaw } from '../support/wire.js';

const GREETING = {
  description: 'Hello.',
  content: { 'application/json': { schema: { type: 'string', enum: ['hello'] } } },
};

const BROWSER = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

/** Does not follow redirects. */
function get(url: string, headers: Record<string, string> = {}, method = 'GET') {
  return fetch(url, { headers, method, redirect: 'manual' });
}

describe('the page', () => {
  it('is where a browser looks first', async () => {
    const { sandbox } = await openSandbox();
    const first = await get(`${sandbox.url}/`, BROWSER);
    expect(first.status).toBe(302);
    expect(first.headers.get('location')).toBe('/__sandbox/');
    const page = await get(`${sandbox.url}/__sandbox/`, BROWSER);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await page.text()).toContain('<title>ESOZ Sandbox</title>');
  });

  it('is not what clients get at /, and is never in their journal', async () => {
    const { sandbox } = await openSandbox();
    const asClient = await get(`${sandbox.url}/`, { Accept: '*/*' });
    expect(asClient.status).toBe(404);
    expect(asClient.headers.get('content-type')).toMatch(/^application\/json/);
    await get(`${sandbox.url}/`, BROWSER);
    await get(`${sandbox.url}/__sandbox/`, BROWSER);
    const asked = sandbox.journal().map(({ method, path }) => `${method} ${path}`);
    expect(asked).toEqual(['GET /']);
  });

  it('gives way to a contract that has / itself', async () => {
    const paths = { '/': { get: { operationId: 'home', responses: { 200: GREETING } } } };
    const { url } = await openSmallApi({ paths });
    const own = await get(`${url}/`, BROWSER);
    expect(own.status).toBe(200);
    expect(own.headers.get('content-type')).toMatch(/json/);
    expect((await get(`${url}/__sandbox/`)).status).toBe(200);
  });

  it('allows nothing from elsewhere, and no script within it', async () => {
    const { sandbox } = await openSandbox();
    const page = await get(`${sandbox.url}/__sandbox/`);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    const text = await page.text();
    expect(text).not.toMatch(/<script(?![^>]* src=)|<style| style=| on\w+=/);
  });

  it('is packed for who takes that, and its parts are kept by browsers', async () => {
    const { sandbox } = await openSandbox();
    const page = await (await get(`${sandbox.url}/__sandbox/`)).text();
    const [script] = page.match(/board\/[\w-]+[.]js/) ?? [''];
    const part = await get(`${sandbox.url}/__sandbox/${script}`, { 'Accept-Encoding': 'br' });
    expect(part.status).toBe(200);
    expect(part.headers.get('content-encoding')).toBe('br');
    expect(part.headers.get('cache-control')).toContain('immutable');
    const bare = await get(`${sandbox.url}/__sandbox/${script}`, { 'Accept-Encoding': 'identity' });
    expect(bare.headers.get('content-encoding')).toBeNull();
    expect(await bare.text()).toBe(await part.text());
  });

  it.each([
    '..%2f..%2fpackage.json',
    '../../package.json',
    'nothing.js',
    '.hidden',
    'board',
    '',
  ])('has no part %j', async (name) => {
    const { sandbox } = await openSandbox();
    const { host } = new URL(sandbox.url);
    const answer = await sendRaw(
      sandbox.url,
      `GET /__sandbox/board/${name} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 404 /);
  });

  it('has a head for who asks for that alone', async () => {
    const { sandbox } = await openSandbox();
    const head = await get(`${sandbox.url}/__sandbox/`, {}, 'HEAD');
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
  });
});

describe('signing in', () => {
  const TOKEN = 'a secret; with = and ,';

  async function signedIn(url: string, token = TOKEN, headers: Record<string, string> = {}) {
    const answer = await fetch(`${url}/__sandbox/sign-in`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify({ token }),
    });
    const cookie = answer.headers.get('set-cookie') ?? '';
    return { answer, set: cookie, cookie: cookie.split(';')[0] ?? '' };
  }

  it('hands out a cookie that opens the control API to the page', async () => {
    const { sandbox } = await openSandbox({ controlToken: TOKEN });
    expect((await get(`${sandbox.url}/__sandbox/`, BROWSER)).status).toBe(200);
    expect((await get(`${sandbox.url}/__sandbox/sessions`)).status).toBe(401);
    const { answer, set, cookie } = await signedIn(sandbox.url);
    expect(answer.status).toBe(204);
    expect(set).toMatch(/; Path=\/__sandbox; HttpOnly; SameSite=Strict$/);
    expect(set).not.toContain('secret');
    const Cookie = `theme=dark; ${cookie}`;
    expect((await get(`${sandbox.url}/__sandbox/sessions`, { Cookie })).status).toBe(200);
    const verdict = await get(`${sandbox.url}/__sandbox/sessions/default/verdict`, { Cookie });
    expect(verdict.status).toBe(200);
  });

  it('refuses a wrong token, a wrong cookie, and the cookie of a sandbox with another token', async () => {
    const { sandbox } = await openSandbox({ controlToken: TOKEN });
    const { sandbox: other } = await openSandbox({ controlToken: 'another' });
    const { answer, set } = await signedIn(sandbox.url, 'guess');
    expect(answer.status).toBe(401);
    expect((await answer.json()).error.code).toBe('CONTROL_WRONG_TOKEN');
    expect(set).toBe('');
    const { cookie } = await signedIn(other.url, 'another');
    const { cookie: own } = await signedIn(sandbox.url);
    const forged = [cookie, `${own.split('=')[0]}=${cookie.split('=')[1]}`, `${own}x`];
    for (const Cookie of forged) {
      expect((await get(`${sandbox.url}/__sandbox/sessions`, { Cookie })).status).toBe(401);
    }
  });

  it('does not let a page of another port or site use the cookie, or sign in', async () => {
    const { sandbox } = await openSandbox({ controlToken: TOKEN });
    const { cookie: Cookie } = await signedIn(sandbox.url);
    const ask = (headers: Record<string, string>) =>
      get(`${sandbox.url}/__sandbox/sessions`, { Cookie, ...headers });
    expect((await ask({ Origin: 'http://127.0.0.1:3000' })).status).toBe(401);
    expect((await ask({ 'Sec-Fetch-Site': 'same-site' })).status).toBe(401);
    expect((await ask({ 'Sec-Fetch-Site': 'cross-site' })).status).toBe(401);
    expect((await ask({ Origin: sandbox.url, 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200);
    const foreign = await signedIn(sandbox.url, TOKEN, { Origin: 'http://127.0.0.1:3000' });
    expect(foreign.answer.status).toBe(403);
    expect(foreign.set).toBe('');
  });

  it('ends with the cookie', async () => {
    const { sandbox } = await openSandbox({ controlToken: TOKEN });
    const gone = await get(`${sandbox.url}/__sandbox/sign-in`, {}, 'DELETE');
    expect(gone.status).toBe(204);
    expect(gone.headers.get('set-cookie')).toMatch(/=; .*Max-Age=0$/);
  });

  it('asks for nothing where there is no token', async () => {
    const { sandbox } = await openSandbox();
    const { answer, set } = await signedIn(sandbox.url, 'anything');
    expect(answer.status).toBe(204);
    expect(set).toBe('');
  });
});
