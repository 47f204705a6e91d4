// What the page loads at first and how soon it is seen; then how long it keeps a frame waiting while 2,000 exchanges come in a
// session that is looked at, and others in 99 more: time of the processor that each task of the page's thread has taken, by
// Chromium's own tracing. Run after a build.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chromium } from 'playwright-core';

const SESSIONS = 100;
const JOBS = 20;
const POLLS = 99;
/** Milliseconds: a frame that takes longer is seen. */
const MOST = 50;
/** Milliseconds from the request to the first picture. */
const FIRST = 1000;
/** KiB, compressed, of what the first picture loads. */
const LOAD = 250;
/** First pictures that are taken; the middle one counts. */
const ROUNDS = 5;

/** Whoever asks, any session takes these that asks for no tokens of its own. */
const HEADERS = {
  'Content-Type': 'application/json',
  Authorization: 'Bearer demo',
  'api-key': 'demo',
};

const server = spawn(process.execPath, [
  'dist/cli.js',
  'serve',
  '--pack',
  'compositions',
  '--port',
  '0',
]);
const [banner] = await once(server.stdout, 'data');
const base = /http:\/\/[\d.]+:\d+/.exec(String(banner))[0];
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  const { first, load } = await measureFirst();
  console.log(`first picture: ${first.join(', ')} ms after the request; first load: ${load} KiB`);
  if (first[ROUNDS >> 1] > FIRST || load > LOAD) process.exitCode = 1;
  const longest = await measure();
  console.log(`longest tasks of the page, ms of the processor: ${longest.slice(0, 10).join(', ')}`);
  if (longest[0] > MOST) process.exitCode = 1;
} finally {
  await browser.close();
  server.kill();
}

/** Each time in a profile of its own, which has nothing of the page yet. */
async function measureFirst() {
  const first = [];
  let load = 0;
  for (let i = 0; i < ROUNDS; i += 1) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.goto(`${base}/__sandbox/`);
    await page.locator('.first-steps').waitFor();
    const seen = await page.evaluate(() => ({
      first: performance.getEntriesByName('first-contentful-paint')[0].startTime,
      bytes: [
        ...performance.getEntriesByType('navigation'),
        ...performance.getEntriesByType('resource'),
      ].reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    }));
    first.push(Math.round(seen.first));
    load = Math.round(seen.bytes / 1024);
    await context.close();
  }
  return { first: first.sort((a, b) => a - b), load };
}

async function measure() {
  const names = Array.from({ length: SESSIONS }, (_, i) => `s${i}`);
  for (const name of names) await control('PUT', `sessions/${name}`, '{}');
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${base}/__sandbox/#/sessions/s50`);
  await page.locator('.session-head').waitFor();
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
  await burst(names);
  // To look for a text would read all of the page again and again, in the thread that is measured.
  await page.waitForFunction(
    (all) => document.querySelector('#exchanges .count')?.textContent === String(all),
    JOBS * (POLLS + 1) + 2,
    { polling: 500 },
  );
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  return tasksOf(traceEvents);
}

/** All at once: jobs of one session polled beside each other, and a job with a poll in each of all sessions. */
async function burst(names) {
  const body = await control('GET', 'examples/createComposition');
  const jobs = [];
  for (let i = 0; i < JOBS; i += 1) jobs.push(await schedule('s50', body));
  const polled = jobs.map(async (job) => {
    for (let i = 0; i < POLLS; i += 1) await poll('s50', job);
  });
  for (const name of names) await poll(name, await schedule(name, body));
  await Promise.all(polled);
}

/** Of the thread that runs the page, the longest first. */
function tasksOf(events) {
  const threads = events.filter(({ name }) => name === 'thread_name');
  const main = threads.filter(({ args }) => args.name === 'CrRendererMain');
  const isMain = ({ pid, tid }) => main.some((one) => one.pid === pid && one.tid === tid);
  return events
    .filter((event) => event.name.endsWith('RunTask') && isMain(event))
    .map(({ tdur = 0 }) => Math.round(tdur / 1000))
    .sort((a, b) => b - a);
}

async function control(method, path, body) {
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(`${base}/__sandbox/${path}`, { method, headers, body });
  return answer.text();
}

async function schedule(name, body) {
  const url = `${base}/~${name}/api/patients/composition`;
  const answer = await fetch(url, { method: 'POST', headers: HEADERS, body });
  return (await answer.json()).data.id;
}

async function poll(name, job) {
  const url = `${base}/~${name}/api/patients/composition/job/${job}`;
  await (await fetch(url, { headers: HEADERS })).arrayBuffer();
}
