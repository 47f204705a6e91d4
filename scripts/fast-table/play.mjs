// One run of a client through the suite, and what of it stands in docs/fast.md.
import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { loadavg } from 'node:os';

/**
 * @param options of exec, in front of the suite
 * @param limit seconds after which a run is ended
 */
export async function play({ command, scenarios, options, report, limit }) {
  await rm(report, { force: true });
  const asked = [...options, '--suite', 'polling-full', '-s', ...scenarios];
  const args = ['dist/cli.js', 'exec', ...asked, '--report', `json=${report}`, '--', ...command];
  const began = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const timer = setTimeout(() => child.kill('SIGTERM'), limit * 1000);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  const code = await new Promise((ended) => child.once('close', ended));
  clearTimeout(timer);
  const took = (performance.now() - began) / 1000;
  const ended = { code, took, load: loadavg()[0], told: noticesIn(said) };
  const text = await readFile(report, 'utf8').catch(() => undefined);
  if (text === undefined) return { ...ended, late: took >= limit, failed: said.slice(-2000) };
  return { ...ended, ...readChapters(JSON.parse(text).chapters) };
}

/** Lines with a code, as `exec --fast` tells what it cannot do. */
function noticesIn(said) {
  return said.split('\n').filter((line) => /\[FAST_\w+\]$/.test(line));
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
    /** What their commands took one after the other, in seconds. */
    sum: chapters.reduce((sum, { command }) => sum + (command?.took ?? 0), 0) / 1000,
    findings,
  };
}
