// Holds the sandbox to what its documentation says, request by request, while it is killed again and again.
//   npm run kills                                        100 kills, 50,000 exchanges, with a store in a file
//   npm run kills -- --store memory --kills 0            without kills
//   npm run kills -- --exchanges 5000 --kills 10 --seed 7
//   npm run kills -- --falsify 0.001                     a proxy falsifies one answer in a thousand: each must be found
//   npm run kills -- --break 0.02                        connections break, before or behind what was asked
import { parseArgs } from 'node:util';
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
    falsify: { type: 'string' },
    lie: { type: 'string' },
    break: { type: 'string' },
  },
});

const run = new Run({
  exchanges: Number(asked.exchanges),
  kills: Number(asked.kills),
  sessions: Number(asked.sessions),
  clients: Number(asked.clients),
  seed: Number(asked.seed),
  store: asked.store === 'memory' ? undefined : asked.store,
  breaks: Number(asked.break) > 0,
  falsifies: asked.falsify !== undefined,
  between:
    (asked.falsify || asked.break) &&
    lyingProxy({
      chance: new Chance(Number(asked.seed)).branch('lies'),
      share: Number(asked.falsify ?? 0),
      breaks: Number(asked.break ?? 0),
      only: asked.lie,
    }),
});
run.say = asked.falsify ? undefined : (text) => console.log(`\n${text}`);
console.log(`seed ${run.seed}`);
await run.go();

const { exchanges, control, jobs, lost, twice, unknown, happened } = run.counted;
const rows = {
  exchanges,
  'requests for the control API': control,
  jobs,
  kills: run.kills,
  differences: run.differences.length,
  'acknowledged and lost': lost,
  'ids given twice': twice,
  'outcomes unknown': `${unknown}, of which ${happened} have happened`,
  seconds: run.seconds.toFixed(1),
  'exchanges a second': (exchanges / run.seconds).toFixed(0),
};
for (const [name, value] of Object.entries(rows)) console.log(`${name.padEnd(30)} ${value}`);
if (asked.falsify) tellLies(run.proxy.told);
else process.exitCode = run.differences.length > 0 ? 1 : 0;

/** Each lie must have been found. */
function tellLies(told) {
  for (const name of Object.keys(LIES)) {
    const all = told.filter((lie) => lie.name === name);
    const found = all.filter((lie) => lie.found);
    console.log(`${name.padEnd(36)} told ${all.length} times, found ${found.length} times`);
  }
  process.exitCode = told.some(({ found }) => !found) || told.length === 0 ? 1 : 0;
}
