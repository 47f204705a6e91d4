// What a document costs until its first answer: processor seconds and memory, of serve and of Prism.
// Usage: npm run bench:document -- [--binding FILE] [FILE...]; without a file, one of 5 MB is made of ours.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse, stringify } from 'yaml';
import { cpuSeconds, median } from './measure.mjs';
import { start } from './servers.mjs';

const ROUNDS = 3;
/** Prism's thread of ours begins when nobody has asked for a second. */
const SETTLED_MS = 4000;
const COPIES = 110;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { binding: { type: 'string' } },
});
const folder = mkdtempSync(join(tmpdir(), 'bench-document-'));
const files = positionals.length > 0 ? positionals : made();

/** The shipped contract many times over, each with paths, operations and schemas of its own. */
function made() {
  const text = readFileSync('spec/compositions/openapi.yaml', 'utf8');
  const whole = parse(text);
  for (let i = 1; i < COPIES; i += 1) {
    const copy = parse(text.replaceAll('#/components/schemas/', `#/components/schemas/V${i}`));
    for (const [path, item] of Object.entries(copy.paths)) {
      for (const operation of Object.values(item)) {
        if (operation.operationId) operation.operationId += `V${i}`;
      }
      whole.paths[`/v${i}${path}`] = item;
    }
    for (const [name, schema] of Object.entries(copy.components.schemas)) {
      whole.components.schemas[`V${i}${name}`] = schema;
    }
  }
  writeFileSync(join(folder, 'large.yaml'), stringify(whole, { aliasDuplicateObjects: false }));
  writeFileSync(join(folder, 'large.json'), JSON.stringify(whole, null, 2));
  return [join(folder, 'large.yaml'), join(folder, 'large.json')];
}

/** A path of the document that a GET without parameters asks for. */
function pathIn(file) {
  const text = readFileSync(file, 'utf8');
  const { paths } = file.endsWith('.json') ? JSON.parse(text) : parse(text);
  const [path] = Object.entries(paths).find(
    ([name, item]) =>
      item.get && !/[{?#]/.test(name) && !JSON.stringify(item).includes('"required":true,"in"'),
  );
  return path;
}

async function measure(args, path) {
  const server = await start(args);
  let status;
  while (status === undefined) {
    try {
      const headers = { Authorization: 'Bearer bench', 'api-key': 'bench-key' };
      const answer = await fetch(server.url + path, { headers });
      await answer.arrayBuffer();
      status = answer.status;
    } catch {
      await new Promise((done) => setTimeout(done, 20));
    }
  }
  const cpu = cpuSeconds(server.pid);
  await new Promise((done) => setTimeout(done, SETTLED_MS));
  const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1];
  await server.stop();
  return { status, cpu, peak: Number(peak) / 1024 };
}

const prism = (file) => ['node_modules/@stoplight/prism-cli/dist/index.js', 'mock', file, '--port', 'PORT', '-v', 'fatal']; // biome-ignore format: one command
const own = (file) => ['dist/cli.js', 'serve', '--quiet', '--port', 'PORT', '--spec', file, ...(values.binding ? ['--binding', values.binding] : [])]; // biome-ignore format: one command

console.log('document                     MB    CPU s  Prism  ratio   MiB  Prism  ratio  status');
for (const file of files) {
  const path = pathIn(file);
  const rounds = { own: [], prism: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.own.push(await measure(own(file), path));
    rounds.prism.push(await measure(prism(file), path));
  }
  const of = (who, what) => median(rounds[who].map((each) => each[what]));
  const figures = [
    of('own', 'cpu').toFixed(2),
    of('prism', 'cpu').toFixed(2),
    (of('own', 'cpu') / of('prism', 'cpu')).toFixed(2),
    of('own', 'peak').toFixed(0),
    of('prism', 'peak').toFixed(0),
    (of('own', 'peak') / of('prism', 'peak')).toFixed(2),
  ];
  const statuses = `${of('own', 'status')}, ${of('prism', 'status')}`;
  const size = (statSync(file).size / 1e6).toFixed(1);
  console.log(
    file.split('/').at(-1).padEnd(26),
    size.padStart(5),
    ...figures.map((figure) => figure.padStart(6)),
    ` ${statuses}`,
  );
}
rmSync(folder, { recursive: true, force: true });
