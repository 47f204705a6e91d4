import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { foreignPage } from '../../src/server/http/foreign-page.js';
import { CREDENTIALS } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { callControl } from '../support/control.js';
import { openSandbox } from '../support/sandbox.js';

const JOB = '/api/patients/composition/job/00000000-0000-4000-8000-00000000dead';

/** Sends what a browser would: fetch lets nobody set these headers. */
function browse(url: string, headers: Record<string, string>, method = 'GET'): Promise<number> {
  return new Promise((done, fail) => {
    const sent = request(url, { method, headers }, (answer) => {
      answer.resume().on('end', () => done(answer.statusCode ?? 0));
    });
    sent.on('error', fail).end();
  });
}

/** What browsers send of a page on another site. */
const FOREIGN: [string, Record<string, string>][] = [
  ['fetch in mode no-cors', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
  ['an image', { 'sec-fetch-site': 'cross-site', referer: 'https://evil.example/' }],
  ['a link', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }],
  ['a form', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
  ['a page without an origin', { 'sec-fetch-site': 'cross-site', origin: 'null' }],
  ['a browser without Fetch Metadata', { origin: 'https://evil.example' }],
  ['a neighbour by its name', { 'sec-fetch-site': 'same-site', origin: 'http://a.example' }],
  ['a name that begins like ours', { origin: 'http://localhost.evil.example' }],
  ['a name that ends like ours', { origin: 'http://evil-localhost' }],
  ['a user at our host', { origin: 'http://localhost@evil.example' }],
];

/** What is served as before. */
const SERVED: [string, Record<string, string>][] = [
  ['a program', {}],
  ['a program with a Referer', { referer: 'https://docs.example/' }],
  ['an address typed by hand', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }],
  ['a page behind the same proxy', { 'sec-fetch-site': 'same-origin', origin: 'http://app.lan' }],
  ['a page of localhost', { 'sec-fetch-site': 'same-site', origin: 'http://localhost:3000' }],
  ['a page of 127.0.0.1', { 'sec-fetch-site': 'cross-site', origin: 'http://127.0.0.1:3000' }],
  ['a page of ::1', { 'sec-fetch-site': 'cross-site', origin: 'http://[::1]:3000' }],
  ['an image of it', { 'sec-fetch-site': 'cross-site', referer: 'http://127.0.0.1:3000/a?b' }],
  ['a page of app.localhost', { 'sec-fetch-site': 'cross-site', origin: 'http://app.localhost' }],
  ['a web view', { 'sec-fetch-site': 'cross-site', origin: 'capacitor://localhost' }],
];

describe('a page in a browser', () => {
  it.each(FOREIGN)('of another site is refused before a session begins: %s', async (_, headers) => {
    const { sandbox, client } = await openSandbox();
    await client.create(disability());
    for (const path of ['/~x1/', `/~x2${JOB}`, JOB]) {
      expect(await browse(sandbox.url + path, headers)).toBe(403);
    }
    expect(await browse(`${sandbox.url}/~x3/api`, headers, 'POST')).toBe(403);
    const { json: sessions } = await callControl(sandbox.url, 'GET', '/sessions');
    expect(sessions.sessions).toHaveLength(1);
    expect(sandbox.journal()).toHaveLength(1);
    expect(sandbox.verdict({ run: 'running' }).held).toBe(true);
  });

  it.each(SERVED)('or a program is served as ever: %s', async (_, headers) => {
    const { sandbox, client } = await openSandbox();
    const { json } = await client.create(disability());
    const path = `/api/patients/composition/job/${json.data.id}`;
    expect(await browse(sandbox.url + path, { ...CREDENTIALS, ...headers })).toBe(200);
  });

  it('of an origin that is allowed is served, and of any if all are', () => {
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://app.example' };
    expect(foreignPage(headers, ['https://app.example'])).toBeUndefined();
    expect(foreignPage(headers, ['*'])).toBeUndefined();
    expect(foreignPage(headers, ['https://app.example.org'])).toMatch(/^a page of https:\/\/app\./);
    const picture = { 'sec-fetch-site': 'cross-site', referer: 'https://app.example/page' };
    expect(foreignPage(picture, ['https://app.example'])).toBeUndefined();
  });
});
