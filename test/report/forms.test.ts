import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/audit/rules/index.js';
import type { Finding, RuleVerdict, Verdict } from '../../src/audit/verdict.js';
import { codeQualityReport } from '../../src/report/code-quality.js';
import { githubAnnotations } from '../../src/report/github.js';
import { jsonReport } from '../../src/report/json.js';
import { fromJsonVerdict } from '../../src/report/json-verdict.js';
import { junitReport } from '../../src/report/junit.js';
import { markdownReport } from '../../src/report/markdown.js';
import type { Report } from '../../src/report/report.js';
import { textReport } from '../../src/report/text.js';
import { play } from '../audit/play.js';

/** What a request can hold, and what would break each of the forms. */
const NASTY = 'a "b" <c> & \'d\' | `e` ::f, %g\n::error::h\u0000\u001b[31m\ud800 їжак ]]>';

function finding(changes: Partial<Finding> = {}): Finding {
  return {
    rule: 'eta-respected',
    severity: 'error',
    message: NASTY,
    advice: 'wait',
    job: 'job-1',
    evidence: [{ seq: 7, at: Date.parse('2026-01-01T12:00:00.000Z'), text: `GET /${NASTY} → 200` }],
    more: 3,
    ...changes,
  };
}

async function reportWith(...findings: Finding[]): Promise<Report> {
  const verdict = fromJsonVerdict((await play('done-after-eta')).verdict);
  const rules = verdict.rules.map((rule): RuleVerdict => {
    const own = findings.filter((f) => f.rule === rule.rule);
    const [first] = own;
    if (!first) return withoutNote(rule);
    return { ...rule, severity: first.severity, outcome: 'failed', findings: own };
  });
  const error = findings.filter((f) => f.severity === 'error').length;
  const counts = { error, warning: findings.length - error, note: 0 };
  const changed: Verdict = { ...verdict, rules, counts, held: error === 0 };
  const command = { code: 3, stopped: false, took: 1234, output: `boom ${NASTY}` };
  return { title: NASTY, chapters: [{ name: 'one', title: 'first', verdict: changed, command }] };
}

/** What is reported of a good client does not depend on how many rules make a note of it. */
function withoutNote(rule: RuleVerdict): RuleVerdict {
  return rule.severity === 'note' ? { ...rule, outcome: 'passed', findings: [] } : rule;
}

const parse = (xml: string) => new XMLParser({ ignoreAttributes: false }).parse(xml).testsuites;

describe('JUnit', () => {
  it('is well-formed whatever a request held, and counts what is there', async () => {
    const xml = junitReport(await reportWith(finding()));
    expect(XMLValidator.validate(xml)).toBe(true);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 §2.2 allows none of them
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
    const { testsuite } = parse(xml);
    // One more for the command itself.
    expect(testsuite.testcase).toHaveLength(RULES.length + 1);
    expect(testsuite).toMatchObject({ '@_name': 'one', '@_failures': '1', '@_errors': '1' });
    const failed = testsuite.testcase.find((c: object) => 'failure' in c);
    expect(failed['@_name']).toBe('eta-respected');
    expect(failed.failure['#text']).toContain('#7 12:00:00.000  GET /');
    expect(failed.failure['#text']).toContain('and 3 more');
    const skipped = testsuite.testcase.filter((c: object) => 'skipped' in c);
    expect(`${skipped.length}`).toBe(testsuite['@_skipped']);
    expect(skipped[0].skipped['@_message']).not.toBe('');
  });

  it('makes no failure of a warning', async () => {
    const { testsuite } = parse(junitReport(await reportWith(finding({ severity: 'warning' }))));
    expect(testsuite['@_failures']).toBe('0');
    const told = testsuite.testcase.find((c: object) => 'system-out' in c);
    expect(told['system-out']).toContain('warning eta-respected');
  });
});

describe('Markdown', () => {
  it('lets nothing of a request out of its place', async () => {
    const lines = markdownReport(await reportWith(finding())).split('\n');
    expect(lines.filter((l) => l.startsWith('- **eta-respected**'))).toHaveLength(1);
    // What stands between the fences of a code span is literal.
    expect(lines.join('\n').replaceAll(/``.*``/g, '')).not.toMatch(/[^\\]<c>/);
    const proof = lines.find((l) => l.startsWith('  - #7'));
    expect(proof).toMatch(/^ {2}- #7 12:00:00\.000 `` GET .* ``$/);
  });
});

describe('GitHub annotations', () => {
  it('keep each finding on one line of its own', async () => {
    const lines = githubAnnotations(await reportWith(finding()))
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^::error title=eta-respected \(one\)::a "b" .*%25g%0A::error::h/);
  });

  it('tell warnings and notes as such', async () => {
    const report = await reportWith(
      finding({ severity: 'warning' }),
      finding({ severity: 'note' }),
    );
    const kinds = githubAnnotations(report).match(/^::\w+/gm);
    expect(kinds).toEqual(['::warning', '::notice']);
  });
});

describe('Code quality', () => {
  it('gives the same finding the same fingerprint in the next run', async () => {
    const prints = async (message: string) =>
      JSON.parse(
        codeQualityReport(await reportWith(finding({ message })), (name) => `${name}.yaml`),
      );
    const [first] = await prints('3 of 4 polls');
    const [again] = await prints('2 of 4 polls');
    expect(first.fingerprint).toBe(again.fingerprint);
    expect(first).toMatchObject({
      severity: 'major',
      location: { path: 'one.yaml', lines: { begin: 1 } },
    });
  });
});

describe('many findings of a rule', () => {
  it('are not all told, but counted, except in JSON', async () => {
    const report = await reportWith(...Array.from({ length: 300 }, () => finding()));
    const rest = 'eta-respected: 290 more of the kind; the JSON report has them all';
    expect(textReport(report)).toContain(rest);
    expect(markdownReport(report)).toContain('290 more of the kind');
    expect(junitReport(report)).toContain(rest);
    expect(textReport(report).match(/error eta-respected/g)).toHaveLength(10);
    const [chapter] = JSON.parse(jsonReport(report)).chapters;
    expect(chapter.verdict.rules[0].findings).toHaveLength(300);
  });
});

describe('text', () => {
  it('shows no control character of a request, and colours only when asked', async () => {
    const report = await reportWith(finding());
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they would steer a terminal
    expect(textReport(report)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    expect(textReport(report, true)).toContain('\u001b[');
    expect(textReport(report)).toMatch(/^ {2}the command ended with 3 after 1\.2 s$/m);
  });

  it('tells of a session what became of each rule, and why', async () => {
    const verdict = fromJsonVerdict((await play('done-after-eta')).verdict);
    const rules = verdict.rules.map(withoutNote);
    const counts = { ...verdict.counts, note: 0 };
    const quiet = { ...verdict, rules, counts };
    const text = textReport({ title: 'Session x', chapters: [{ name: 'x', verdict: quiet }] });
    expect(text).toMatch(/^✓ eta-respected +passed: 1 time put to the test$/m);
    expect(text).toMatch(/^· backs-off +not exercised: no job failed to answer often enough/m);
    expect(text).toMatch(/^Session x: no finding$/m);
  });

  it('does not end with a good word when nothing was tested', async () => {
    const verdict = fromJsonVerdict((await play('done-after-eta')).verdict);
    const rules = verdict.rules.map((rule) => ({ ...rule, tested: 0, findings: [] }));
    const counts = { error: 0, warning: 0, note: 0 };
    const silent = { ...verdict, rules, counts };
    const text = textReport({ title: 'basics', chapters: [{ name: 'x', verdict: silent }] });
    expect(text).toMatch(/\nbasics: nothing was tested\n$/);
  });
});
