// What a poll costs where one API is served, and where three are at the same address.
// Usage: npm run bench:several [-- --rounds 9 --seconds 1]
// Both servers stand beside each other and are loaded in turn: the figure is a ratio within one run.
import { parseArgs } from 'node:util';
import { load, median } from './measure.mjs';
import { firstGood, SANDBOX, start } from './servers.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    seconds: { type: 'string', default: '1' },
  },
});
const headers = { Authorization: 'Bearer bench', 'api-key': 'bench' };
/** The API whose jobs are polled stands last, behind the two that are asked for nothing. */
const OTHERS = [
  ...['--pack', './test/fixtures/pack-outside', '--pack', 'medical-events'],
  ...['--pack', 'compositions'],
];
const NEVER = ['--scenario', 'compositions/never-ends'];

async function open(args) {
  const server = await start([...SANDBOX, ...args, ...NEVER], 0);
  await firstGood(`${server.url}/__sandbox/health`);
  const body = await firstGood(`${server.url}/__sandbox/examples/createComposition`);
  const scheduled = await firstGood(`${server.url}/patients/composition`, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body,
  });
  const path = `/patients/composition/job/${JSON.parse(scheduled).data.id}`;
  return { ...server, path };
}

const servers = { one: await open([]), three: await open(OTHERS) };
const seconds = Number(values.seconds);
const poll = (name) =>
  load(servers[name], { kind: 'poll', path: servers[name].path, headers, seconds });
// Code that is not warm yet would be measured as the server's.
for (const name of ['one', 'three']) poll(name);
const rounds = [];
for (let i = 0; i < Number(values.rounds); i += 1) {
  const order = i % 2 === 0 ? ['one', 'three'] : ['three', 'one'];
  const found = Object.fromEntries(order.map((name) => [name, poll(name).cpu]));
  rounds.push(found);
}
for (const { stop } of Object.values(servers)) await stop();

const ratio = median(rounds.map(({ one, three }) => three / one));
const cost = (name) => median(rounds.map((round) => round[name])).toFixed(1);
process.stdout.write(
  [
    '| what | measured | wanted |',
    '| --- | --- | --- |',
    `| a poll, of one API | ${cost('one')} µs of the server | |`,
    `| the same, of three at one address | ${cost('three')} µs | |`,
    `| as a ratio, median of ${rounds.length} pairs | ${ratio.toFixed(2)} | at most 1.10 |`,
    '',
  ].join('\n'),
);
process.exitCode = ratio <= 1.1 ? 0 : 1;
