import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Chapter } from '../../src/report/report.js';
import { runBeside } from '../support/command.js';

/** Plays a suite against a client; what became of each rule, by scenario. */
async function outcomesOf(script: string) {
  const folder = await mkdtemp(join(tmpdir(), 'esoz-third-'));
  try {
    const file = join(folder, 'verdict.json');
    // Slow enough for a busy machine: those that heed no eta must be able to come before it.
    const asked = ['--suite', 'polling-basics', '--pace', '4', '--timeout', '20s', '--any-exit'];
    const command = ['node', `test/clients/${script}`];
    const played = await runBeside('exec', ...asked, '--report', `json=${file}`, '--', ...command);
    const { chapters } = JSON.parse(await readFile(file, 'utf8')) as { chapters: Chapter[] };
    const outcomes = chapters.map(({ name, verdict }) => [
      name,
      Object.fromEntries(verdict.rules.map(({ rule, outcome }) => [rule, outcome])),
    ]);
    return { code: played.code, outcomes: Object.fromEntries(outcomes) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the suite must find in each, and what it must not. Jitter decides the rest. */
const POLLERS = {
  // Backs off and goes on through anything; knows no eta and no Retry-After, and takes 404 for "not yet".
  'smithy-waiter.mjs': {
    'done-after-eta': { 'eta-respected': 'failed', 'reads-the-result': 'passed' },
    'eta-moves': { 'eta-respected': 'failed', 'reaches-the-end': 'passed' },
    'slow-answer': { 'single-flight': 'passed', 'stops-when-final': 'passed' },
    'failed-error-list': { 'no-result-on-failure': 'passed', 'stops-when-final': 'passed' },
    'lost-after-pending': { 'stops-on-404': 'failed', 'gives-up': 'passed' },
    'unavailable-503': { 'retry-after-honoured': 'failed', 'survives-a-blip': 'passed' },
    'reset-once': { 'survives-a-blip': 'passed', 'reaches-the-end': 'passed' },
    'unauthorized-in-mid-poll': { 'stops-on-refusal': 'failed' },
  },
  // Ends at the first answer that it cannot read, so it never survives a bad day; asks at an interval.
  'azure-lro.mjs': {
    'done-after-eta': { 'eta-respected': 'failed', 'reads-the-result': 'passed' },
    'eta-moves': { 'eta-respected': 'failed', 'newest-eta-used': 'failed' },
    'slow-answer': { 'single-flight': 'passed', 'reaches-the-end': 'passed' },
    'failed-error-list': { 'no-result-on-failure': 'passed' },
    'lost-after-pending': { 'stops-on-404': 'passed', 'gives-up': 'passed' },
    'unavailable-503': { 'survives-a-blip': 'failed', 'retry-after-honoured': 'not exercised' },
    'reset-once': { 'survives-a-blip': 'failed', expectations: 'failed' },
    'unauthorized-in-mid-poll': { 'stops-on-refusal': 'passed', expectations: 'passed' },
  },
  // Asks every 3 s through everything, over its own open requests, and reads no result.
  'swallows-everything.mjs': {
    'done-after-eta': { 'reads-the-result': 'failed', 'reaches-the-end': 'passed' },
    'eta-moves': { 'eta-respected': 'failed', 'newest-eta-used': 'failed' },
    'slow-answer': { 'single-flight': 'failed' },
    'failed-error-list': { 'no-result-on-failure': 'passed', 'stops-when-final': 'passed' },
    'lost-after-pending': { 'stops-on-404': 'failed', 'gives-up': 'failed' },
    'unavailable-503': { 'retry-after-honoured': 'failed', 'survives-a-blip': 'passed' },
    'reset-once': { 'survives-a-blip': 'passed' },
    'unauthorized-in-mid-poll': { 'stops-on-refusal': 'failed' },
  },
};

describe.concurrent('pollers that others wrote, against polling-basics', () => {
  it.each(Object.entries(POLLERS))('%s', { timeout: 300_000 }, async (script, expected) => {
    const { code, outcomes } = await outcomesOf(script);
    expect(code).toBe(1);
    expect(outcomes).toMatchObject(expected);
    const always = ['only-known-jobs', 'credentials-in-headers'];
    for (const rules of Object.values(outcomes) as Record<string, string>[]) {
      for (const rule of always) expect(rules[rule]).toBe('passed');
    }
  });
});
