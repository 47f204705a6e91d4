import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { loadTls } from '../../src/server/tls/load-tls.js';
import { collect, start, until } from '../support/command.js';
import { openFolder, openRecorder, readFiles } from '../support/recorder.js';

/** What it says of itself by an absolute address is said of the recorder. */
async function openUpstream(): Promise<string> {
  const server = createServer((req, res) => {
    res.writeHead(202, { Location: `http://${req.headers.host}/jobs/1` }).end('{}');
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function ask(url: string, ca: string) {
  return new Promise<{ status: number | undefined; location: string | undefined }>((done, fail) => {
    const asked = request(url, { method: 'POST', ca, agent: false }, (answer) => {
      answer.resume().on('end', () => {
        done({ status: answer.statusCode, location: answer.headers.location });
      });
    });
    asked.on('error', fail).end('{}');
  });
}

it('a recorder serves https, and tells its addresses so', async () => {
  const folder = await openFolder();
  const tls = await loadTls({ folder }, '127.0.0.1', () => {});
  const { url, recorder, folder: out } = await openRecorder(await openUpstream(), { tls });
  expect(url).toMatch(/^https:/);
  expect(recorder.authority).toBe(join(folder, 'ca.pem'));
  const ca = await readFile(join(folder, 'ca.pem'), 'utf8');
  expect(await ask(`${url}/jobs`, ca)).toEqual({ status: 202, location: `${url}/jobs/1` });
  await recorder.close();
  expect(JSON.stringify(await readFiles(out))).toContain('/jobs');
});

it('by the command as by serve: --tls, and how a client trusts it', async () => {
  const folder = await openFolder();
  const upstream = await openUpstream();
  const args = ['record', '--upstream', upstream, '--out', join(folder, 'out'), '--port', '0'];
  const child = start([...args, '--tls', '--tls-folder', folder]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const out = collect(child.stdout);
  const text = () => out.join('');
  await until(() => text().includes('One line for each exchange'), text);
  expect(text()).toContain(`Let your client trust ${join(folder, 'ca.pem')}`);
  const [url = ''] = /https:\/\/127\.0\.0\.1:\d+/.exec(text()) ?? [];
  const ca = await readFile(join(folder, 'ca.pem'), 'utf8');
  expect(await ask(`${url}/jobs`, ca)).toEqual({ status: 202, location: `${url}/jobs/1` });
});
