import http from 'node:http';
import { describe, expect, it } from 'vitest';
import { openSandbox } from '../support/sandbox.js';
import { sendRaw, statusOf } from '../support/wire.js';

/** A request whose Host and Origin can be chosen, as a browser's page cannot but an attacker's name can. */
function ask(url: string, method: string, headers: Record<string, string>, body = '') {
  return new Promise<{ status: number | undefined; text: string }>((done, fail) => {
    const request = http.request(url, { method, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => done({ status: answer.statusCode, text }));
    });
    request.on('error', fail).end(body);
  });
}

const NEXT = '/__sandbox/sessions/default/next';
const QUEUED = '{"scenario": "slow"}';

describe('the control API of a sandbox without a token', () => {
  it.each([
    ['a page of another site', { Origin: 'https://evil.example' }],
    ['a page without an origin', { Origin: 'null' }],
    ['a page that came by DNS rebinding', { Host: 'evil.example:4010' }],
    ['a name that only begins like this machine', { Host: '127.0.0.1.evil.example' }],
    ['a name that only ends like this machine', { Origin: 'http://evil-localhost' }],
    ['a user of this machine at another host', { Host: '127.0.0.1:4010@evil.example' }],
    ['another host as a user of this machine', { Host: 'evil.example@127.0.0.1' }],
    ['a path in the place of a host', { Host: '127.0.0.1/evil.example' }],
    ['a host behind a backslash', { Host: 'evil.example\\@127.0.0.1' }],
    ['the address that means every one', { Host: '0.0.0.0:4010' }],
    ['a name below localhost', { Host: 'evil.localhost' }],
    ['an origin with a user', { Origin: 'http://evil.example@localhost' }],
    ['two origins', { Origin: 'http://localhost:1, https://evil.example' }],
    ['an origin of another kind', { Origin: 'evil://localhost' }],
    ['an empty origin', { Origin: '' }],
    ['a picture or a form of another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a form that sends text', { Origin: 'https://evil.example', 'Content-Type': 'text/plain' }],
  ])('refuses %s, and nothing is changed', async (_, headers) => {
    const { sandbox } = await openSandbox();
    const { status, text } = await ask(sandbox.url + NEXT, 'POST', headers, QUEUED);
    expect(status).toBe(403);
    expect(JSON.parse(text).error.message).toMatch(/^the control API is not for .*--control-token/);
    expect(sandbox.set({}).queue).toEqual([]);
  });

  it.each([
    ['localhost by name', { Host: 'localhost:4010' }],
    ['this machine by IPv6', { Host: '[::1]:4010' }],
    ['a page that this machine serves itself', { Origin: 'http://localhost:3000' }],
    ['this machine in capitals', { Host: 'LOCALHOST:4010' }],
    ['another address of this machine', { Host: '127.9.9.9:4010' }],
    ['an address that somebody has typed', { 'Sec-Fetch-Site': 'none' }],
    [
      'a page of localhost that calls 127.0.0.1',
      { Origin: 'http://localhost:3000', 'Sec-Fetch-Site': 'cross-site' },
    ],
  ])('takes %s', async (_, headers) => {
    const { sandbox } = await openSandbox();
    expect((await ask(sandbox.url + NEXT, 'POST', headers, QUEUED)).status).toBe(200);
    expect(sandbox.set({}).queue).toHaveLength(1);
  });

  it('goes by the address in the request line, when there is one, and not by Host', async () => {
    const { sandbox } = await openSandbox();
    const line = (host: string) => `GET http://${host}/__sandbox/sessions HTTP/1.1\r\n`;
    const rest = 'Host: localhost\r\nConnection: close\r\n\r\n';
    expect(statusOf(await sendRaw(sandbox.url, line('evil.example') + rest))).toBe(403);
    expect(statusOf(await sendRaw(sandbox.url, line('localhost:4010') + rest))).toBe(200);
  });

  it('begins no session for a picture in a page of another site', async () => {
    const { sandbox } = await openSandbox();
    const headers = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' };
    const path = '/~evil/__sandbox/sessions/evil';
    expect((await ask(sandbox.url + path, 'GET', headers)).status).toBe(403);
    const { text } = await ask(`${sandbox.url}/__sandbox/sessions`, 'GET', {});
    expect(text).not.toContain('evil');
  });

  it('lets the client of the simulated API call it by any name', async () => {
    const { sandbox } = await openSandbox();
    const headers = { Host: 'api.ehealth.gov.ua', Authorization: 'Bearer t', 'api-key': 'k' };
    const path = '/api/patients/composition/job/9d2cbb43-4d5c-4b3e-8a50-111111111111';
    expect((await ask(sandbox.url + path, 'GET', headers)).status).toBe(404);
  });
});

describe('the control API of a sandbox with a token', () => {
  it('asks for the token alone: it may stand behind any name', async () => {
    const { sandbox } = await openSandbox({ controlToken: 'a-secret' });
    const headers = { Host: 'sandbox.example', Origin: 'https://tools.example' };
    const token = { 'X-Sandbox-Token': 'a-secret' };
    expect((await ask(sandbox.url + NEXT, 'POST', headers, QUEUED)).status).toBe(401);
    const right = await ask(sandbox.url + NEXT, 'POST', { ...headers, ...token }, QUEUED);
    expect(right.status).toBe(200);
  });
});
