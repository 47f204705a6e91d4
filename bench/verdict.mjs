// Measures what a verdict costs: sessions of more and more exchanges, judged again and again.
// Usage: npm run bench:verdict
import { cpus } from 'node:os';
import { startSandbox } from '../dist/index.js';

const SIZES = [1000, 2000, 5000, 10_000, 20_000, 40_000];
const POLLS = 20;
const ROUNDS = 15;
const headers = { Authorization: 'Bearer bench', 'api-key': 'bench-key' };
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** A sandbox whose clock is moved by hand, and what a client does there. */
async function open(scenario, journal) {
  const sandbox = await startSandbox({ clock: { mode: 'manual' }, scenario, limits: { journal } });
  const example = await (await fetch(`${sandbox.url}/__sandbox/examples/createComposition`)).json();
  const ask = async (path, body) => {
    const type = body && { 'Content-Type': 'application/json' };
    const options = body && { method: 'POST', body: JSON.stringify(body) };
    const url = `${sandbox.url}/api${path}`;
    const answer = await fetch(url, { ...options, headers: { ...headers, ...type } });
    return answer.json();
  };
  const schedule = async (body) =>
    `/patients/composition/job/${(await ask('/patients/composition', body)).data.id}`;
  const fresh = () => ({
    ...example,
    encounter: { ...example.encounter, value: crypto.randomUUID() },
  });
  return { sandbox, example, fresh, ask, schedule };
}

/** Jobs of twenty polls each, some too early, one after the other as a client sends them. */
async function twentyPolls(exchanges) {
  const { sandbox, fresh, ask, schedule } = await open('done-after-five-polls', 2 * exchanges);
  const jobs = [];
  for (let i = 0; i < exchanges / (POLLS + 1); i += 1) jobs.push(await schedule(fresh()));
  for (let poll = 0; poll < POLLS; poll += 1) {
    for (const job of jobs) await ask(job);
    sandbox.clock.advance('2s');
  }
  return sandbox;
}

/** A job, its end, its result: as often as there is room. */
async function read(exchanges, pathOf) {
  const { sandbox, fresh, ask, schedule } = await open('done-after-eta', 2 * exchanges);
  for (let i = 0; i < exchanges; i += 4) {
    const body = fresh();
    const job = await schedule(body);
    await ask(job);
    sandbox.clock.advance('10s');
    const { data } = await ask(job);
    await ask(pathOf(data.links[0].href.split('/').at(-1), body));
  }
  return sandbox;
}

const rightPath = (id, { subject, encounter }) =>
  `/patients/${subject.value}/encounter/${encounter.value}/composition/${id}`;
const wrongPath = (id) => `/composition/${id}`;

/** Other journals of as many exchanges. */
const SHAPES = {
  'requests that all differ, never polled': async (exchanges) => {
    const { sandbox, fresh, schedule } = await open('done-after-eta', 2 * exchanges);
    for (let i = 0; i < exchanges; i += 1) await schedule(fresh());
    return sandbox;
  },
  'one request, sent again and again': async (exchanges) => {
    const { sandbox, example, schedule } = await open('done-after-eta', 2 * exchanges);
    for (let i = 0; i < exchanges; i += 1) await schedule(example);
    return sandbox;
  },
  'scheduled, polled twice, read': (exchanges) => read(exchanges, rightPath),
  'scheduled, polled twice, read by a wrong path': (exchanges) => read(exchanges, wrongPath),
  'one job, polled without a pause': async (exchanges) => {
    const { sandbox, fresh, ask, schedule } = await open('done-after-eta', 2 * exchanges);
    const job = await schedule(fresh());
    for (let i = 1; i < exchanges; i += 1) await ask(job);
    return sandbox;
  },
};

async function measure(sandbox) {
  const times = { judge: [], html: [] };
  const page = `${sandbox.url}/__sandbox/sessions/default/verdict?format=html`;
  let verdict;
  for (let round = 0; round < ROUNDS; round += 1) {
    let began = performance.now();
    verdict = sandbox.verdict();
    times.judge.push(performance.now() - began);
    began = performance.now();
    await (await fetch(page)).text();
    times.html.push(performance.now() - began);
  }
  await sandbox.close();
  const [n, ms, most] = [verdict.exchanges, median(times.judge), Math.max(...times.judge)];
  const html = median(times.html).toFixed(0);
  return `${n} | ${ms.toFixed(1)} (${most.toFixed(1)}) ms | ${((1000 * ms) / n).toFixed(2)} µs | ${html} ms |`;
}

const rows = [];
for (const size of SIZES) rows.push(`| ${await measure(await twentyPolls(size))}`);
const shapes = [];
for (const [what, fill] of Object.entries(SHAPES)) {
  shapes.push(`| ${what} | ${await measure(await fill(10_000))}`);
}

const [{ model }] = cpus();
console.log(`
${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${model}; ${ROUNDS} rounds, median (greatest)

| exchanges | verdict | per exchange | HTML over HTTP |
| --- | --- | --- | --- |
${rows.join('\n')}

| what | exchanges | verdict | per exchange | HTML over HTTP |
| --- | --- | --- | --- | --- |
${shapes.join('\n')}
`);
