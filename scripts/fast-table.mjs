// How long the suite polling-full takes in fast time, against each example that libfaketime can carry on this machine, and
// whether anything is held against it. Writes docs/fast.md; names of languages play these alone and leave other rows as
// they are. `--runs 10` plays each so often, `--rate 10` fixes the rate.
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { parse } from 'yaml';

const run = promisify(execFile);
const PAGE = 'docs/fast.md';
const SUITE = 'scenarios/compositions/suites/polling-full.yaml';
/** It is about waiting without an end, and lasts as long as its client is patient. */
const LEFT_OUT = ['never-ends'];
const built = await mkdtemp(join(tmpdir(), 'esoz-fast-table-'));

const LIBRARIES = ['System.Net.Http', 'System.Runtime.Serialization', 'System.Xml.Linq'];
const CLIENTS = {
  javascript: { title: 'JavaScript, Node', command: ['node', 'examples/javascript/poller.mjs'] },
  php: { title: 'PHP', command: ['php', 'examples/php/poller.php'] },
  python: { title: 'Python', command: ['python3', 'examples/python/poller.py'] },
  java: {
    title: 'Java',
    prepare: () => run('javac', ['-d', built, 'examples/java/Poller.java']),
    command: ['java', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', built, 'Poller'],
  },
  csharp: {
    title: 'C#, Mono',
    prepare: () => {
      const references = LIBRARIES.map((name) => `-r:${name}.dll`);
      const out = `-out:${join(built, 'Poller.exe')}`;
      return run('mcs', [out, ...references, 'examples/csharp/Poller.cs']);
    },
    command: ['mono', join(built, 'Poller.exe')],
  },
};

/** One run of the suite. */
async function play(command, scenarios, rate) {
  const report = join(built, 'report.json');
  const asked = ['exec', '--fast', ...(rate ? [rate] : []), '--suite', 'polling-full'];
  const args = [...asked, '-s', ...scenarios, '--report', `json=${report}`, '--', ...command];
  const began = performance.now();
  const child = spawn(process.execPath, ['dist/cli.js', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  const code = await new Promise((ended) => child.once('exit', ended));
  const took = (performance.now() - began) / 1000;
  const { chapters } = JSON.parse(await readFile(report, 'utf8'));
  return { code, took, load: loadavg()[0], said, ...readChapters(chapters) };
}

function readChapters(chapters) {
  const count = (outcome) => chapters.filter(({ fast }) => fast?.outcome === outcome).length;
  const findings = chapters.flatMap(({ name, verdict, notPlayed }) => [
    ...verdict.rules.flatMap(({ rule, findings: found }) =>
      found.filter(({ severity }) => severity !== 'note').map(() => `${name}: ${rule}`),
    ),
    ...(notPlayed === undefined ? [] : [`${name}: not played`]),
  ]);
  return {
    rates: chapters.flatMap(({ fast }) => (fast?.outcome === 'fast' ? [fast.rate] : [])),
    fast: count('fast'),
    late: count('late-answers'),
    again: count('not-confirmed') + count('confirmed') + count('stood-still'),
    scenarios: chapters.length,
    findings,
  };
}

const range = (numbers, digits = 0) => {
  if (numbers.length === 0) return '–';
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)].map((n) => n.toFixed(digits));
  return least === most ? least : `${least}–${most}`;
};

function rowOf({ title }, runs) {
  const all = (key) => runs.map((one) => one[key]);
  const findings = [...new Set(runs.flatMap((one) => one.findings))];
  const within = runs.filter(({ took }) => took <= 60).length;
  const cells = [
    title,
    String(runs.length),
    range(runs.flatMap(({ rates }) => rates)),
    `${range(all('took'))} s`,
    `${within} of ${runs.length}`,
    range(all('fast')),
    range(all('late')),
    range(all('again')),
    findings.length === 0 ? 'none' : findings.join(', '),
    range(all('load'), 1),
  ];
  return `| ${cells.join(' | ')} |`;
}

const HEAD = [
  '| client | runs | times as fast | a run took | within 60 s | in fast time | late answers | played again | held against it | load |',
  '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
];

async function readRows() {
  const page = await readFile(PAGE, 'utf8').catch(() => '');
  const rows = Object.values(CLIENTS).map(({ title }) => [
    title,
    page.split('\n').find((line) => line.startsWith(`| ${title} |`)),
  ]);
  return new Map(rows.filter(([, row]) => row !== undefined));
}

function pageOf(rows, scenarios, version) {
  return `# Fast time, run by run

<!-- written by scripts/fast-table.mjs: npm run fast:table -->

\`exec --fast --suite polling-full\` against the [examples](../examples/README.md), unmodified: ${scenarios} scenarios, all but
\`never-ends\`, which lasts as long as its client is patient. On ${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.version},
libfaketime ${version}. What is done is told in [Many times as fast, unmodified](guides/fast-time.md).

${[...HEAD, ...Object.values(CLIENTS).flatMap(({ title }) => rows.get(title) ?? [])].join('\n')}

- *in fast time*, *late answers*, *played again*: scenarios of a run that were played in fast time; at true time, because time-outs
  of the client ran long; and once more at true time, because something was to be held against the client.
- *held against it*: what the verdict says in the end, warnings too; the examples are good clients, so each would be a false one.
- *load*: of the machine at the end of a run (1 minute); above the number of its cores others were at work beside it.
- Python is played by a libfaketime of 0.9.11 or later alone; without it there is no row.
`;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '1' }, rate: { type: 'string' } },
});
const names = positionals.length > 0 ? positionals : Object.keys(CLIENTS);
const all = parse(await readFile(SUITE, 'utf8')).scenarios.filter(
  (name) => !LEFT_OUT.includes(name),
);
const rows = await readRows();
try {
  for (const name of names) {
    const client = CLIENTS[name];
    if (!client) throw new Error(`no client ${name}: ${Object.keys(CLIENTS).join(', ')}`);
    await client.prepare?.();
    const runs = [];
    for (let i = 0; i < Number(values.runs); i += 1) {
      const one = await play(client.command, all, values.rate);
      process.stdout.write(`${name} ${i + 1}: ${JSON.stringify(one)}\n`);
      runs.push(one);
      if (one.fast === 0) break;
    }
    const carried = runs.filter(({ fast }) => fast > 0);
    if (carried.length > 0) rows.set(client.title, rowOf(client, carried));
  }
  const { stdout = '', stderr = '' } = await run('faketime', ['--version']).catch((error) => error);
  const version = /\d+\.\d+\.\d+/.exec(stdout + stderr)?.[0] ?? 'of a version unknown';
  await writeFile(PAGE, pageOf(rows, all.length, version));
} finally {
  await rm(built, { recursive: true });
}
