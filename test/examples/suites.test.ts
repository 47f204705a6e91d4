import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Chapter } from '../../src/report/report.js';
import { run } from '../support/command.js';
import { LANGUAGES, type Language, prepare, RUNNERS } from './runners.js';

/** Limits below those of the suites, as their descriptions ask for. */
const SHORT = ['--env', 'ESOZ_PATIENCE_SECONDS=8', '--env', 'ESOZ_TIMEOUT_SECONDS=2'];

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
      if (rule.severity === 'note') continue;
      findings.push(...rule.findings.map((f) => `${name}: ${f.rule}: ${f.message}`));
    }
    if (command?.code !== 0) findings.push(`${name}: exit code ${command?.code}`);
  }
  return { code: played.code, findings, tested, scenarios: chapters.length };
}

/** Played one beside the other: they wait most of the time. */
describe.concurrent('the examples keep every rule', { timeout: 300_000 }, () => {
  describe.each(LANGUAGES)('%s', (language) => {
    prepare(language);

    it('in polling-basics', async () => {
      const { code, findings, scenarios } = await playSuite('polling-basics', language);
      expect({ code, findings, scenarios }).toEqual({ code: 0, findings: [], scenarios: 8 });
    });

    it('in bad-network', async () => {
      const { code, findings, scenarios } = await playSuite('bad-network', language);
      expect({ code, findings, scenarios }).toEqual({ code: 0, findings: [], scenarios: 27 });
    });
  });

  describe('javascript', () => {
    it('in every form of an error', async () => {
      const { code, findings } = await playSuite('errors', 'javascript');
      expect({ code, findings }).toEqual({ code: 0, findings: [] });
    });

    it('in polling-full, which puts every rule to the test', async () => {
      const { code, findings, tested } = await playSuite('polling-full', 'javascript');
      expect({ code, findings }).toEqual({ code: 0, findings: [] });
      const rules: { name: string; severity: string }[] = JSON.parse(
        (await run('rules', '--json')).out,
      );
      const judged = rules.filter(({ severity }) => severity !== 'note').map(({ name }) => name);
      expect(judged.filter((name) => !tested.has(name))).toEqual([]);
    });
  });
});
