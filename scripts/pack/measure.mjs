// What is there once somebody has installed it, and how long the first answer takes.
import { spawn } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of a folder `node_modules`: its packages, files and their MiB. */
export function sizeOf(folder) {
  const { packages } = JSON.parse(readFileSync(join(folder, '.package-lock.json'), 'utf8'));
  return { packages: Object.keys(packages).length, ...filesOf(folder) };
}

/** Files of a folder and below, and their MiB; links are not followed. */
export function filesOf(folder) {
  // Without types it would go on behind links.
  const all = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = all.filter((one) => one.isFile());
  const bytes = files.reduce(
    (sum, { parentPath, name }) => sum + lstatSync(join(parentPath, name)).size,
    0,
  );
  return { files: files.length, mib: Math.round((bytes / 2 ** 20) * 10) / 10 };
}

/** An environment of somebody who has just begun: no npm of a checkout, nothing in a home. */
export function emptyHome(home, path = process.env.PATH) {
  const { SystemRoot, TMPDIR, https_proxy, HTTPS_PROXY, NODE_EXTRA_CA_CERTS } = process.env;
  const given = { SystemRoot, TMPDIR, https_proxy, HTTPS_PROXY, NODE_EXTRA_CA_CERTS };
  const known = Object.entries(given).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(known),
    PATH: path,
    HOME: home,
    USERPROFILE: home,
    ESOZ_LANG: 'en',
  };
}

/** @returns a sandbox that answers, and how many seconds after it was started it has done so */
export async function startAndAsk(command, args, options) {
  const began = performance.now();
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const url = await urlOf(child);
  const answer = await fetch(`${url}/__sandbox/health`);
  const seconds = (performance.now() - began) / 1000;
  if (answer.status !== 200) throw new Error(`${url} answers ${answer.status}`);
  const ended = new Promise((done) => child.once('close', done));
  return { child, url, seconds, end: () => child.kill('SIGTERM') && ended };
}

function urlOf(child) {
  return new Promise((tell, fail) => {
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        said += text;
        const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
        if (url) tell(url);
      });
    }
    child.once('error', fail);
    child.once('close', (code) => fail(new Error(`ended with ${code}:\n${said}`)));
  });
}

/**
 * Lets a first job be judged: schedules it, polls it when it is due and reads what it has made, in a session whose clock
 * is moved by hand.
 * @throws Error where the verdict does not hold
 */
export async function firstVerdict(url) {
  const control = `${url}/__sandbox/sessions/first`;
  const patients = `${url}/~first/api/patients`;
  await json(control, { method: 'PUT', body: '{"clock":{"mode":"manual"}}' });
  const sent = await json(`${url}/__sandbox/examples/createComposition`);
  const made = await json(`${patients}/composition`, {
    method: 'POST',
    body: JSON.stringify(sent),
  });
  await json(`${control}/clock/advance`, { method: 'POST', body: '{"by":"1m"}' });
  const { data: job } = await json(`${patients}/composition/job/${made.data.id}`);
  const id = job.links[0].href.split('/').at(-1);
  const of = `${sent.subject.value}/encounter/${sent.encounter.value}`;
  await json(`${patients}/${of}/composition/${id}`);
  const { held, causes } = await json(`${control}/verdict?format=json`);
  if (!held) throw new Error(`the verdict on a good client: ${JSON.stringify(causes)}`);
}

async function json(url, init = {}) {
  const headers = { Authorization: 'Bearer demo', 'api-key': 'demo' };
  headers['Content-Type'] = 'application/json';
  const token = process.env.ESOZ_CONTROL_TOKEN;
  if (token) headers['X-Sandbox-Token'] = token;
  const answer = await fetch(url, { ...init, headers });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}
