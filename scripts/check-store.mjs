// Holds the sandbox to what its documentation says, request by request, while it is killed again and again.
//   npm run kills                                        100 kills, 50,000 exchanges, with a store in a file
//   npm run kills -- --page                              the same, and writes the table of docs/kills.md
//   npm run kills -- --store memory --kills 0            without kills
//   npm run kills -- --exchanges 5000 --kills 10 --seed 7
//   npm run kills -- --store memory --kills 0 --falsify 0.02   a proxy lies now and then: each lie must be found
//   npm run kills -- --store memory --kills 0 --break 0.02     connections break, before or behind what was asked
//   npm run kills -- --replicas 3                        three servers on one Redis; one is killed every second
import { parseArgs } from 'node:util';
import { faketimeHere } from './check-store/faketime.mjs';
import { writeTable } from './check-store/page.mjs';
import { LIES, lyingProxy } from './check-store/proxy.mjs';
import { Chance } from './check-store/random.mjs';
import { Run } from './check-store/run.mjs';

const { values: asked } = parseArgs({
  options: {
    exchanges: { type: 'string', default: '50000' },
    kills: { type: 'string', default: '100' },
    sessions: { type: 'string', default: '8' },
    clients: { type: 'string', default: '4' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    store: { type: 'string', default: 'file:FOLDER' },
    replicas: { type: 'string' },
    troubles: { type: 'string', default: '1' },
    cuts: { type: 'string', default: '0.02' },
    faketime: { type: 'string' },
    falsify: { type: 'string' },
    break: { type: 'string' },
    lie: { type: 'string' },
    page: { type: 'boolean', default: false },
  },
});

const isLying = asked.falsify !== undefined;
const run = new Run({
  exchanges: Number(asked.exchanges),
  kills: Number(asked.kills),
  sessions: Number(asked.sessions),
  clients: Number(asked.clients),
  seed: Number(asked.seed),
  store: asked.store === 'memory' ? undefined : asked.store,
  ...(asked.replicas ? fleetOptions() : {}),
  breaks: Number(asked.break) > 0,
  falsifies: isLying,
  between:
    (isLying || asked.break) &&
    lyingProxy({
      chance: new Chance(Number(asked.seed)).branch('lies'),
      share: Number(asked.falsify ?? 0),
      breaks: Number(asked.break ?? 0),
      only: asked.lie,
    }),
});
run.say = isLying ? undefined : (text) => console.log(`\n${text}`);
console.log(`seed ${run.seed}`);
await run.go();
if (isLying) tellLies(run.proxy.told);
else tellRun();

function fleetOptions() {
  const { replicas, troubles, cuts, faketime } = asked;
  return {
    replicas: Number(replicas),
    troubles: Number(troubles),
    cuts: Number(cuts),
    faketime: faketime ?? faketimeHere(),
  };
}

function tellRun() {
  const { exchanges, control, jobs, lost, twice, unknown, happened, cuts } = run.counted;
  const head = asked.replicas
    ? `${asked.replicas} servers, \`--store redis\``
    : `\`--store ${asked.store.replace(':FOLDER', '')}\``;
  const { frozen, stopped, killed } = run.product.away ?? {};
  const clocks = run.faketime ? 'one server 5 s behind' : 'all alike';
  const rows = [
    ['', head],
    ['exchanges', exchanges],
    ['requests for the control API', control],
    ['jobs', jobs],
    ['kills', run.kills],
    ['differences', run.differences.length],
    ['acknowledged and lost', lost],
    ['ids given twice', twice],
    ['outcomes unknown', `${unknown}, of which ${happened} have happened`],
    ...(asked.replicas
      ? [
          ['Redis away for 3 s', `frozen ${frozen}, stopped ${stopped}, killed ${killed}`],
          ['facts cut from the store', `${cuts} times`],
          ['clocks', clocks],
        ]
      : []),
    ['seconds', run.seconds.toFixed(0)],
    ['exchanges a second', (exchanges / run.seconds).toFixed(0)],
    ['seed', run.seed],
  ];
  for (const [name, value] of rows) console.log(`${name.padEnd(30)} ${value}`);
  for (const { errors } of run.product.products ?? []) if (errors) console.error(errors);
  if (asked.page) writeTable(asked.replicas ? 'replicas' : 'kills', rows);
  process.exitCode = run.differences.length > 0 ? 1 : 0;
}

/** Each lie must have been found. */
function tellLies(told) {
  const rows = Object.keys(LIES).map((name) => {
    const all = told.filter((lie) => lie.name === name);
    return [name, all.length, all.filter((lie) => lie.found).length];
  });
  for (const [name, all, found] of rows)
    console.log(`${name.padEnd(36)} told ${all} times, found ${found} times`);
  if (asked.page) writeTable('lies', [['lie', 'told', 'found'], ...rows]);
  process.exitCode = told.some(({ found }) => !found) || told.length === 0 ? 1 : 0;
}
