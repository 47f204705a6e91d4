// Holds the sandbox to what its documentation says, request by request, while it is killed again and again.
//   npm run kills                                        100 kills, 50,000 exchanges, with a store in a file
//   npm run kills -- --store memory --kills 0            without kills
//   npm run kills -- --exchanges 5000 --kills 10 --seed 7
//   npm run kills -- --falsify 0.001                     a proxy falsifies answers: each must be found
import { parseArgs } from 'node:util';
import { Run } from './check-store/run.mjs';

const { values: asked } = parseArgs({
  options: {
    exchanges: { type: 'string', default: '50000' },
    kills: { type: 'string', default: '100' },
    sessions: { type: 'string', default: '8' },
    clients: { type: 'string', default: '4' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    store: { type: 'string', default: 'file:FOLDER' },
  },
});

const run = new Run({
  exchanges: Number(asked.exchanges),
  kills: Number(asked.kills),
  sessions: Number(asked.sessions),
  clients: Number(asked.clients),
  seed: Number(asked.seed),
  store: asked.store === 'memory' ? undefined : asked.store,
});
run.say = (text) => console.log(`\n${text}`);
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
process.exitCode = run.differences.length > 0 ? 1 : 0;
