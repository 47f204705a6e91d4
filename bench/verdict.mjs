// Measures what a verdict costs: sessions of more and more exchanges, judged again and again.
// Usage: npm run bench:verdict
import { cpus } from 'node:os';
import { startSandbox } from '../dist/index.js';

const SIZES = [1000, 2000, 5000, 10_000, 20_000, 40_000];
const POLLS = 20;
const ROUNDS = 15;
const headers = { Authorization: 'Bearer bench', 'api-key': 'bench-key' };
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Jobs of twenty polls each, some too early, one after the other as a client sends them. */
async function fill(sandbox, exchanges) {
  const example = await (await fetch(`${sandbox.url}/__sandbox/examples/createComposition`)).json();
  const paths = [];
  for (let i = 0; i < exchanges / (POLLS + 1); i += 1) {
    const encounter = { ...example.encounter, value: crypto.randomUUID() };
    const answer = await fetch(`${sandbox.url}/api/patients/composition`, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...example, encounter }),
    });
    const { data } = await answer.json();
    paths.push(`/api/patients/composition/job/${data.id}`);
  }
  for (let poll = 0; poll < POLLS; poll += 1) {
    for (const path of paths) {
      await (await fetch(sandbox.url + path, { headers })).arrayBuffer();
    }
    sandbox.clock.advance('2s');
  }
}

const rows = [];
for (const size of SIZES) {
  const sandbox = await startSandbox({
    clock: { mode: 'manual' },
    scenario: 'done-after-five-polls',
    limits: { journal: 2 * size },
  });
  await fill(sandbox, size);
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
  rows.push([verdict.exchanges, median(times.judge), Math.max(...times.judge), median(times.html)]);
}

const [{ model }] = cpus();
console.log(`
${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${model}; ${ROUNDS} rounds, median (greatest)

| exchanges | verdict | per exchange | HTML over HTTP |
| --- | --- | --- | --- |
${rows
  .map(
    ([n, ms, most, html]) =>
      `| ${n} | ${ms.toFixed(1)} (${most.toFixed(1)}) ms | ${((1000 * ms) / n).toFixed(2)} µs | ${html.toFixed(0)} ms |`,
  )
  .join('\n')}
`);
