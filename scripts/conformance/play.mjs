// Plays one client against its scenarios by the command line, and reads the verdict from the JSON report.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const OWN_SCENARIOS = 'test/conformance/scenarios';

/** What exec is asked for. */
function askedOf(entry, play, file) {
  const { pack, command } = entry;
  const api = pack ? ['--pack', pack] : ['--scenarios', OWN_SCENARIOS];
  const what = play.suite ? ['--suite', play.suite] : ['--scenario', ...play.scenarios];
  const limit = play.timeout ? ['--timeout', play.timeout] : [];
  const pace = play.pace ? ['--pace', String(play.pace)] : [];
  const report = ['--no-ci', '--report', `json=${file}`];
  return ['dist/cli.js', 'exec', ...api, ...what, ...limit, ...pace, ...report, '--', ...command];
}

/** Exit code and rules with a finding: `{ code, rules: { name: { severity, message, scenarios } }, causes, took, text }`. */
export async function playOne(entry, play) {
  const folder = await mkdtemp(join(tmpdir(), 'esoz-conformance-'));
  const file = join(folder, 'verdict.json');
  try {
    const began = Date.now();
    const { code, text } = await run(askedOf(entry, play, file), play.env);
    const report = JSON.parse(await readFile(file, 'utf8').catch(() => '{"chapters":[]}'));
    const causes = report.causes?.map(({ id }) => id);
    return { code, rules: rulesOf(report), causes, took: Date.now() - began, text };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function rulesOf({ chapters }) {
  const found = {};
  const add = (name, rule, severity, message) => {
    found[rule] ??= { severity, message, scenarios: [] };
    found[rule].scenarios.push(name);
    found[rule].severity = worst(found[rule].severity, severity);
  };
  for (const { name, verdict, commandFindings = [] } of chapters) {
    for (const { rule, outcome, severity, findings } of verdict.rules) {
      if (outcome === 'failed') add(name, rule, severity, findings[0]?.message);
    }
    // What a scenario expects of the command itself is no rule of the auditor's, who sees requests alone.
    for (const message of commandFindings) add(name, 'expectations', 'error', message);
  }
  return found;
}

const SEVERITIES = ['note', 'warning', 'error'];
const worst = (a, b) => (SEVERITIES.indexOf(a) > SEVERITIES.indexOf(b) ? a : b);

function run(args, env = {}) {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, GITHUB_ACTIONS: '', GITLAB_CI: '', NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const parts = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part) => parts.push(part));
  }
  return new Promise((done) => {
    child.on('close', (code) => done({ code, text: parts.join('') }));
  });
}
