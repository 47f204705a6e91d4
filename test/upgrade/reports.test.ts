import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunningSandbox } from '../../src/index.js';
import { codeQualityReport } from '../../src/report/code-quality.js';
import { jsonReport } from '../../src/report/json.js';
import { fromJsonVerdict } from '../../src/report/json-verdict.js';
import type { Report } from '../../src/report/report.js';
import { send } from '../support/client.js';
import { startPolledEarly } from '../support/polled-early.js';

/*
 * What CI systems, dashboards and scripts read of a report since 0.3.0. A client has polled once before its
 * eta, and once when it had come.
 */

let sandbox: RunningSandbox;
let url: string;
beforeAll(async () => {
  sandbox = await startPolledEarly();
  url = `${sandbox.url}/__sandbox/sessions/default/verdict`;
  return () => sandbox.close();
});

const form = async (name: string) => (await send('GET', `${url}?format=${name}`)).text;

describe('JUnit', () => {
  it('has a test suite a scenario or session and a test case a rule', async () => {
    const xml = await form('junit');
    expect(XMLValidator.validate(xml)).toBe(true);
    const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(xml);
    const { testsuite } = testsuites;
    for (const suite of [testsuites, testsuite]) {
      for (const count of ['tests', 'failures', 'errors', 'skipped']) {
        expect(suite[`@_${count}`]).toMatch(/^\d+$/);
      }
    }
    expect(testsuite['@_name']).toBe('default');
    expect(testsuite['@_time']).toMatch(/^\d+\.\d{3}$/);
    const cases: Record<string, unknown>[] = testsuite.testcase;
    const named = (name: string) => cases.find((one) => one['@_name'] === name);
    expect(named('eta-respected')).toMatchObject({
      '@_classname': 'default',
      failure: {
        '@_type': 'eta-respected',
        '@_message': '1 of 2 polls came before the newest eta, by up to 2.3 s',
        '#text': expect.stringContaining('error eta-respected: 1 of 2 polls'),
      },
    });
    expect(named('backs-off')).toMatchObject({ skipped: { '@_message': expect.any(String) } });
    expect(named('only-known-jobs')).not.toHaveProperty('failure');
  });
});

describe('HTML', () => {
  it('is one page that loads nothing and runs no script', async () => {
    const page = await form('html');
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).toContain('eta-respected');
    expect(page).not.toMatch(/<script .|<link|src=|@import/);
  });
});

describe('Markdown', () => {
  it('has a heading, a row a rule and a line a finding', async () => {
    const text = await form('markdown');
    expect(text).toMatch(/^## ❌ /);
    expect(text).toMatch(/^\| eta-respected \| ✗ \|$/m);
    expect(text).toMatch(/^\| only-known-jobs \| ✓ \|$/m);
    expect(text).toMatch(/^\| backs-off \| · \|$/m);
    expect(text).toMatch(/^- \*\*eta-respected\*\* \(error\): 1 of 2 polls/m);
  });
});

describe('text', () => {
  it('tells finding, evidence and advice', async () => {
    const text = await form('text');
    expect(text).toMatch(/^ {2}error eta-respected: 1 of 2 polls came before .* \(job \S+\)$/m);
    expect(text).toMatch(/^ {6}#2 12:00:00\.000 {2}GET \S+ → 200 PENDING/m);
    expect(text).toMatch(/^ {6}→ read eta from each answer/m);
  });
});

describe('what exec and verdict write into files', () => {
  const report = (): Report => ({
    title: 'polling-basics',
    chapters: [
      {
        name: 'done-after-eta',
        title: 'PENDING, then DONE',
        verdict: fromJsonVerdict(sandbox.verdict()),
        command: { code: 1, stopped: false, took: 1234, output: 'boom' },
      },
    ],
  });

  it('JSON: title, held, and a chapter a scenario', () => {
    expect(JSON.parse(jsonReport(report()))).toMatchObject({
      title: 'polling-basics',
      held: false,
      chapters: [
        {
          name: 'done-after-eta',
          title: 'PENDING, then DONE',
          verdict: { session: 'default', held: false, rules: expect.any(Array) },
          command: { code: 1, stopped: false, took: 1234, output: 'boom' },
        },
      ],
    });
  });

  it('Code Quality: an entry a finding, as GitLab reads it', () => {
    const entries = JSON.parse(codeQualityReport(report(), (name) => `scenarios/${name}.yaml`));
    expect(entries).toContainEqual({
      description: expect.stringMatching(/^eta-respected \(done-after-eta\): 1 of 2 polls came /),
      check_name: 'eta-respected',
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      severity: 'major',
      location: { path: 'scenarios/done-after-eta.yaml', lines: { begin: 1 } },
    });
  });
});
