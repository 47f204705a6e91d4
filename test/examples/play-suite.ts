import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Chapter } from '../../src/report/report.js';
import { reproaches } from '../audit/play.js';
import { run } from '../support/command.js';
import { type Language, RUNNERS } from './runners.js';

/** Limits below those of the suites, as their descriptions ask for. */
const SHORT = ['--env', 'ESOZ_PATIENCE_SECONDS=30', '--env', 'ESOZ_TIMEOUT_SECONDS=5'];
/** A pace that leaves the times of scenarios long beside what a busy machine needs to start a client. */
const PACE = 10;

interface Played {
  code: number | null;
  findings: string[];
  /** Rules that were put to the test. */
  tested: string[];
  scenarios: number;
}

/** Plays a suite, or some scenarios, against an example. */
export async function play(asked: string[], language: Language, pace = PACE): Promise<Played> {
  const folder = await mkdtemp(join(tmpdir(), 'esoz-suite-'));
  const file = join(folder, 'verdict.json');
  const options = [...asked, '--pace', String(pace), '--report', `json=${file}`, ...SHORT];
  const played = await run('exec', ...options, '--', ...RUNNERS[language].command);
  const { chapters } = JSON.parse(readFileSync(file, 'utf8')) as { chapters: Chapter[] };
  await rm(folder, { recursive: true });
  const tested: string[] = [];
  const findings: string[] = [];
  for (const { name, verdict, command } of chapters) {
    findings.push(...reproaches(verdict).map((text) => `${name}: ${text}`));
    if (command?.code !== 0) findings.push(`${name}: exit code ${command?.code}`);
    const passed = verdict.rules.filter(({ outcome }) => outcome === 'passed');
    tested.push(...passed.map(({ rule }) => rule));
  }
  return { code: played.code, findings, tested, scenarios: chapters.length };
}

/** Plays a long suite in parts, one beside the other, at half the pace. */
export async function playInParts(suite: string, parts: number): Promise<Played[]> {
  const { scenarios } = parse(readFileSync(`scenarios/compositions/suites/${suite}.yaml`, 'utf8'));
  const size = Math.ceil(scenarios.length / parts);
  return Promise.all(
    Array.from({ length: parts }, (_, i) => {
      const some: string[] = scenarios.slice(i * size, (i + 1) * size);
      return play(['--scenario', ...some], 'javascript', PACE / 2);
    }),
  );
}
