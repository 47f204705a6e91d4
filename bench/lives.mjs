// Whole lives and polls, as ratios to the bare servers beside them. Usage: node bench/lives.mjs [rounds] [seconds]
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { load, median } from './measure.mjs';
import { firstGood, SANDBOX, start } from './servers.mjs';

const [rounds = 5, seconds = 3] = process.argv.slice(2).map(Number);
const headers = { Authorization: 'Bearer bench', 'api-key': 'bench' };
const spec = parse(
  readFileSync(new URL('../spec/compositions/openapi.yaml', import.meta.url), 'utf8'),
);
const example = spec.components.examples.CreateSickness.value;
const subject = example.subject.value;
const body = JSON.stringify(example, null, 1).replaceAll(
  subject,
  '11111111-1111-4111-8111-111111111111',
);

const sandbox = await start(
  [...SANDBOX, '--scenarios', 'bench/scenarios', '--scenario', 'three-polls'],
  0,
);
const reference = await start(['bench/reference.mjs', 'PORT'], 0);
await firstGood(`${sandbox.url}/__sandbox/health`, {});
await firstGood(`${reference.url}/x`, { headers });
const encounter = example.encounter.value;
const plan = { kind: 'lives', seconds, path: '/patients/composition', body, encounter, headers };
for (const server of [sandbox, reference]) load(server, { ...plan, seconds: 2 });
const found = { sandbox: [], reference: [] };
for (let round = 0; round < rounds; round += 1) {
  found.reference.push(load(reference, plan));
  found.sandbox.push(load(sandbox, plan));
}
await sandbox.stop();
await reference.stop();
const of = (name, key) => median(found[name].map((f) => f[key]));
console.log({
  lives: [of('sandbox', 'lives'), of('reference', 'lives')],
  ratio: of('sandbox', 'lives') / of('reference', 'lives'),
  cpu: [of('sandbox', 'cpu'), of('reference', 'cpu')],
  cpuRatio: of('reference', 'cpu') / of('sandbox', 'cpu'),
});
