import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Chapter } from '../../src/report/report.js';
import { run } from '../support/command.js';
import { LANGUAGES, type Language, RUNNERS, removeBuilt } from './runners.js';

/** Limits below those of the suites, as their descriptions ask for. */
const SHORT = ['--env', 'ESOZ_PATIENCE_SECONDS=8', '--env', 'ESOZ_TIMEOUT_SECONDS=2'];

beforeAll(async () => {
  await Promise.all(LANGUAGES.map((language) => RUNNERS[language].prepare()));
}, 120_000);
afterAll(removeBuilt);

/** Plays a suite against an example: what is wrong, and how often each rule was put to the test. */
async function playSuite(suite: string, language: Language) {
  const folder = await mkdtemp(join(tmpdir(), 'esoz-suite-'));
  const file = join(folder, 'verdict.json');
  const asked = ['--suite', suite, '--report', `json=${file}`, ...SHORT];
  const played = await run('exec', ...asked, '--', ...RUNNERS[language].command);
  const { chapters } = JSON.parse(readFileSync(file, 'utf8')) as { chapters: Chapter[] };
  await rm(folder, { recursive: true });
  const tested = new Set<string>();
  const findings: string[] = [];
  for (const { name, verdict, command } of chapters) {
    for (const rule of verdict.rules) {
      if (rule.outcome === 'passed') tested.add(rule.rule);
      findings.push(...rule.findings.map((f) => `${name}: ${f.rule}: ${f.message}`));
    }
    if (command?.code !== 0) findings.push(`${name}: exit code ${command?.code}`);
  }
  return { code: played.code, findings, tested, scenarios: chapters.length };
}

describe.concurrent('the examples keep every rule', () => {
  it.each(LANGUAGES)('%s, in polling-basics', { timeout: 180_000 }, async (language) => {
    const { code, findings, scenarios } = await playSuite('polling-basics', language);
    expect({ code, findings, scenarios }).toEqual({ code: 0, findings: [], scenarios: 8 });
  });

  it('javascript, in every form of an error', { timeout: 180_000 }, async () => {
    const { code, findings } = await playSuite('errors', 'javascript');
    expect({ code, findings }).toEqual({ code: 0, findings: [] });
  });

  it.each(LANGUAGES)('%s, in bad-network', { timeout: 240_000 }, async (language) => {
    const { code, findings, scenarios } = await playSuite('bad-network', language);
    expect({ code, findings, scenarios }).toEqual({ code: 0, findings: [], scenarios: 27 });
  });

  it(
    'javascript, in polling-full, which puts every rule to the test',
    { timeout: 240_000 },
    async () => {
      const { code, findings, tested } = await playSuite('polling-full', 'javascript');
      expect({ code, findings }).toEqual({ code: 0, findings: [] });
      // One job at a time is no herd.
      const rules = JSON.parse((await run('rules', '--json')).out) as { name: string }[];
      const untested = rules.map(({ name }) => name).filter((name) => !tested.has(name));
      expect(untested).toEqual(['no-herd']);
    },
  );
});
