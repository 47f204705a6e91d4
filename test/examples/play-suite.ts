import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { commandFailed } from '../../src/report/describe.js';
import type { Chapter } from '../../src/report/report.js';
import { reproaches } from '../audit/play.js';
import { runBeside } from '../support/command.js';
import { type Language, RUNNERS } from './runners.js';

/** A pace that leaves the times of scenarios long beside what a busy machine needs for a request. */
const PACE = 5;
/** Patience is in the API's time, half a minute at that pace; a time-out is the machine's, and well below. */
const SHORT = ['--env', 'ESOZ_PATIENCE_SECONDS=150', '--env', 'ESOZ_TIMEOUT_SECONDS=8'];

interface Played {
  code: number | null;
  /** Whatever keeps a run from being good: findings, scenarios that were not played, commands that failed. */
  findings: string[];
  /** Rules that were put to the test. */
  tested: string[];
  scenarios: number;
}

/** The scenarios that a suite lists. */
export function scenariosOf(suite: string): string[] {
  return parse(readFileSync(`scenarios/compositions/suites/${suite}.yaml`, 'utf8')).scenarios;
}

/** Plays a suite, or some of its scenarios, against an example that divides its pauses. */
export function play(asked: string[], language: Language): Promise<Played> {
  const options = [...asked, '--pace', String(PACE), '--timeout', '12min', ...SHORT];
  return playWith(options, RUNNERS[language].command);
}

/** Plays a suite at the API's own times, with the command's own limits. */
export function playAtTrueTimes(suite: string, command: readonly string[]): Promise<Played> {
  return playWith(['--suite', suite], command);
}

/** Plays a long suite in parts, one beside the other. */
export async function playInParts(suite: string, parts: number): Promise<Played[]> {
  const scenarios = scenariosOf(suite);
  const size = Math.ceil(scenarios.length / parts);
  return Promise.all(
    Array.from({ length: parts }, (_, i) => {
      const some = scenarios.slice(i * size, (i + 1) * size);
      return play(['--suite', suite, '--scenario', ...some], 'javascript');
    }),
  );
}

async function playWith(options: string[], command: readonly string[]): Promise<Played> {
  const folder = await mkdtemp(join(tmpdir(), 'esoz-suite-'));
  const file = join(folder, 'verdict.json');
  const played = await runBeside('exec', ...options, '--report', `json=${file}`, '--', ...command);
  const { chapters } = JSON.parse(readFileSync(file, 'utf8')) as { chapters: Chapter[] };
  await rm(folder, { recursive: true });
  const tested = chapters.flatMap(({ verdict }) =>
    verdict.rules.filter(({ outcome }) => outcome === 'passed').map(({ rule }) => rule),
  );
  const findings = chapters.flatMap((chapter) =>
    blamesOf(chapter).map((text) => `${chapter.name}: ${text}`),
  );
  return { code: played.code, findings, tested, scenarios: chapters.length };
}

function blamesOf({ verdict, command, notPlayed, commandFindings = [] }: Chapter): string[] {
  return [
    ...reproaches(verdict),
    ...commandFindings,
    ...(notPlayed === undefined ? [] : [notPlayed]),
    ...(commandFailed(command) ? [`exit code ${command?.code}`] : []),
  ];
}
