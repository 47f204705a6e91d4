// Creates a composition: the least of a poller that is right. Node 20 or later, no packages.
import { argv, env, stdout } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const BASE = env.ESOZ_SANDBOX_URL ?? 'http://127.0.0.1:4010';
const PATIENCE = 600_000;
let token = env.ESOZ_TOKEN ?? 'demo';

/** Status (0: no answer that can be read), data, Retry-After in milliseconds. */
async function call(method, path, body, renewed = false) {
  const headers = { Authorization: `Bearer ${token}`, 'api-key': 'demo' };
  headers['Content-Type'] = 'application/json';
  const signal = AbortSignal.timeout(10_000);
  try {
    const answer = await fetch(`${BASE}/api${path}`, { method, headers, body, signal });
    if (answer.status !== 401 || renewed) {
      const wait = (Number(answer.headers.get('Retry-After')) || 0) * 1000;
      const text = await answer.text();
      return { status: answer.status, data: answer.ok ? JSON.parse(text).data : undefined, wait };
    }
  } catch {
    return { status: 0, wait: 0 };
  }
  token += '-renewed'; // in real life: ask the authorisation server
  await sleep(1000);
  return call(method, path, body, true);
}

/** Milliseconds to wait: until eta, and a second at the least; a timer may fire one too early. */
const until = (eta) => Math.max(1000, (Date.parse(eta) || 0) - Date.now()) + 1;

/** The job at its end; undefined when it is lost, or patience is over. */
async function poll({ id, eta }) {
  const deadline = Date.now() + PATIENCE;
  let [pause, missing, failures] = [until(eta), 0, 0];
  while (missing < 3 && failures < 8 && Date.now() + pause < deadline) {
    await sleep(pause);
    const { status, data, wait } = await call('GET', `/patients/composition/job/${id}`);
    if (status === 200 && data) {
      if (data.status === 'DONE' || data.status === 'FAILED') return data;
      [pause, missing, failures] = [until(data.eta), 0, 0]; // the newest eta counts
    } else if ([0, 200, 404, 429].includes(status) || status >= 500) {
      if (status === 404) missing += 1;
      failures += 1; // it may pass: ask again, each time later
      pause = Math.max(wait, 1000 * 2 ** (failures - 1)) + 1;
    } else return undefined;
  }
  return undefined;
}

/** Schedules the composition that the JSON text tells, and says what became of it. */
export async function submit(body) {
  const { status, data: job } = await call('POST', '/patients/composition', body);
  // Not sent again: what broke off on its way back may have been scheduled.
  if (!job) return `not scheduled: ${status}`;
  const end = await poll(job);
  if (!end) return 'outcome unknown';
  if (end.status === 'FAILED') return `FAILED: ${JSON.stringify(end)}`;
  const { subject, encounter } = JSON.parse(body);
  const made = end.links[0].href.split('/').at(-1);
  const path = `/patients/${subject.value}/encounter/${encounter.value}/composition/${made}`;
  const read = await call('GET', path);
  return `DONE, read ${made}: ${read.data?.status ?? read.status}`;
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const example = await fetch(new URL('/__sandbox/examples/createComposition', BASE));
  stdout.write(`${await submit(await example.text())}\n`);
}
