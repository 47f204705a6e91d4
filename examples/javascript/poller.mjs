// Creates a composition, polls its job, reads the result. Node 20 or later, no packages.
const { env } = process;
const BASE = env.ESOZ_SANDBOX_URL ?? 'http://127.0.0.1:4010';
const API_KEY = env.ESOZ_API_KEY ?? 'demo';
const TIMEOUT = (env.ESOZ_TIMEOUT_SECONDS ?? 10) * 1000;
const PACE = env.ESOZ_PACE ?? 1; // the sandbox's time may run faster
const PATIENCE = ((env.ESOZ_PATIENCE_SECONDS ?? 600) * 1000) / PACE;
const LEAST = 1000 / PACE; // between two polls
let token = env.ESOZ_TOKEN ?? 'demo';

const newToken = () => `${token}-renewed`; // in real life: ask the authorisation server
const say = (line) => void process.stdout.write(`${line}\n`);

/** When to ask next: `wait` from now, and not before `eta` (RFC 3339) nor at once. */
const after = (wait, eta) => Math.max(Date.parse(eta) || 0, Date.now() + Math.max(wait, LEAST));

/** A timer may fire a millisecond early; a poll must not. */
async function sleepUntil(moment) {
  while (Date.now() < moment) await new Promise((wake) => setTimeout(wake, moment - Date.now()));
}

/** One request; status 0 when no answer came. A 401 gets a new token and one more try. */
async function call(method, path, body, renewed = false) {
  const headers = { Authorization: `Bearer ${token}`, 'api-key': API_KEY };
  headers['Content-Type'] = 'application/json';
  // Node's fetch may wait for ever for a body that cannot be unpacked, whatever its signal says.
  const limit = new AbortController();
  let timer;
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new DOMException('too late', 'TimeoutError')), TIMEOUT);
  });
  const request = { method, headers, body, signal: limit.signal, redirect: 'manual' };
  try {
    const answer = await Promise.race([fetch(`${BASE}/api${path}`, request), late]);
    const { status } = answer;
    const text = await Promise.race([answer.text(), late]);
    if (status !== 401 || renewed) {
      return { status, text, data: dataOf(text), wait: asked(answer.headers.get('retry-after')) };
    }
  } catch (error) {
    return { status: 0, text: `no answer, ${error.cause?.code ?? error.name}` };
  } finally {
    clearTimeout(timer);
    limit.abort(); // ends what is still under way
  }
  say('401: going on with a new token');
  token = newToken();
  await sleepUntil(after(LEAST));
  return call(method, path, body, true);
}

/** What `data` holds, or all of it when there is no such envelope; undefined when it is not JSON. */
function dataOf(text) {
  try {
    const json = JSON.parse(text);
    return json?.data ?? json ?? undefined;
  } catch {
    return undefined;
  }
}

/** Retry-After in milliseconds: seconds or a date (RFC 9110 §10.2.3); undefined without it. */
function asked(text) {
  let wait = Date.parse(text) - Date.now();
  if (/^\d+$/.test(text)) wait = text * 1000;
  // Some platforms send a moment in place of a length: Unix seconds, or milliseconds.
  if (wait >= 1e12) wait = (text > 1e11 ? text : wait) - Date.now();
  return Number.isNaN(wait) ? undefined : wait;
}

async function schedule(body, tries = 1) {
  const { status, text, data, wait } = await call('POST', '/patients/composition', body);
  if (status >= 200 && status < 300 && data?.id) return data;
  const refused = (status === 429 || status === 503) && wait !== undefined;
  if (refused && tries < 4) {
    say(`${status}: no job was made, scheduling again in ${wait / 1000} s`);
    await sleepUntil(after(wait));
    return schedule(body, tries + 1);
  }
  // What may have been scheduled is not sent again: that could make two compositions.
  const known = refused || (status >= 400 && status < 500);
  return say(`${known ? 'not scheduled' : 'outcome unknown, not sent again'}: ${status} ${text}`);
}

/** The job at its end; undefined when we stop before. */
async function poll({ id, eta }) {
  const deadline = Date.now() + PATIENCE;
  let turn = after(LEAST, eta);
  let [missing, passing] = [0, 0]; // failures since the last good answer
  while (turn <= deadline && missing < 3 && passing < 8) {
    await sleepUntil(turn);
    const { status, text, data: job, wait } = await call('GET', `/patients/composition/job/${id}`);
    if (status === 200 && typeof job === 'object') {
      if (job.status === 'DONE' || job.status === 'FAILED') return job;
      say(`${job.status ?? 'no status'}, eta ${job.eta}`); // an unknown word is no end
      [missing, passing] = [0, 0];
      turn = after(LEAST, job.eta);
    } else if (status >= 400 && status < 500 && status !== 404 && status !== 429) {
      return say(`stopped: ${status} ${text}`);
    } else {
      const times = status === 404 ? ++missing : ++passing; // a new job may not be visible at once
      say(`failure ${times}: ${status || text}`);
      turn = after(wait ?? Math.min(2 ** (times - 1), 30) * LEAST);
    }
  }
  return say('gave up, outcome unknown');
}

/** The reason of a FAILED job stands in one of six places. */
function reasonOf({ links, error, response_data: service }) {
  const [first] = Array.isArray(error) ? error : [error];
  const rule = first?.rules?.[0];
  const texts = [
    ...(links ?? []).map(({ error: why }) => why?.message ?? why),
    first?.message ?? first,
  ];
  texts.push(rule && `${rule.code}: ${rule.description}`, service?.error?.message);
  return texts.find((text) => typeof text === 'string' && text) ?? 'no reason is given';
}

async function readResult({ links }, patient, encounter) {
  let id = links?.find((link) => link.href)?.href.replace(/.*\//, '');
  if (!id) {
    // No usable link: the newest composition of the encounter.
    const query = `subject=${patient}&encounter=${encounter}`;
    const { data } = await call('GET', `/patients/searchComposition?${query}`);
    const found = Array.isArray(data) ? data.sort((a, b) => a.date.localeCompare(b.date)) : [];
    id = found.at(-1)?.identifier.value;
  }
  if (!id) return say('DONE, but the composition was not found');
  const path = `/patients/${patient}/encounter/${encounter}/composition/${id}`;
  const { status, data, text } = await call('GET', path);
  if (status === 200 && data) say(`DONE, read ${id}: ${data.status} ${data.title}`);
  else say(`DONE, but reading ${id} failed: ${status} ${text}`);
}

const example = await fetch(new URL('/__sandbox/examples/createComposition', BASE));
const body = await example.text();
const job = await schedule(body);
if (job) say(`scheduled ${job.id}, eta ${job.eta}`);
const end = job && (await poll(job));
if (end?.status === 'FAILED') say(`FAILED: ${reasonOf(end)}`);
const { subject, encounter } = JSON.parse(body);
if (end?.status === 'DONE') await readResult(end, subject.value, encounter.value);
