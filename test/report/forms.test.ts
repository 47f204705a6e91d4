import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { etaIsAHint } from '../../src/audit/rules/eta-is-a-hint.js';
import { RULES } from '../../src/audit/rules/index.js';
import type { Finding, RuleVerdict, Verdict } from '../../src/audit/verdict.js';
import { codeQualityReport } from '../../src/report/code-quality.js';
import { githubAnnotations } from '../../src/report/github.js';
import { jsonReport } from '../../src/report/json.js';
import { fromJsonVerdict } from '../../src/report/json-verdict.js';
import { junitReport } from '../../src/report/junit.js';
import { markdownReport } from '../../src/report/markdown.js';
import type { Chapter, Report } from '../../src/report/report.js';
import { screenReport } from '../../src/report/screen.js';
import { textReport } from '../../src/report/text.js';
import { play } from '../audit/play.js';
import { chapterOf, done, pending, reportOf } from '../support/verdicts.js';

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
  return {
    title: NASTY,
    chapters: [{ name: 'done-after-eta', title: 'first', verdict: changed, command }],
  };
}

/** What is reported of a good client does not depend on how many rules make a note of it. */
function withoutNote(rule: RuleVerdict): RuleVerdict {
  return rule.severity === 'note' ? { ...rule, outcome: 'passed', findings: [] } : rule;
}

const parse = (xml: string) => new XMLParser({ ignoreAttributes: false }).parse(xml).testsuites;

describe('JUnit', () => {
  it('is well-formed whatever a request held, and has a test a scenario', async () => {
    const xml = junitReport(await reportWith(finding(), finding({ rule: 'stops-when-final' })));
    expect(XMLValidator.validate(xml)).toBe(true);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 §2.2 allows none of them
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
    const { testsuite } = parse(xml);
    expect(testsuite).toMatchObject({
      '@_tests': '1',
      '@_failures': '1',
      '@_errors': '0',
      '@_time': '1.234',
      testcase: {
        '@_name': 'done-after-eta',
        '@_time': '1.234',
        failure: {
          '@_type': 'does-not-stop-at-the-end ignores-eta',
          '@_message':
            'Stop polling as soon as the job is done or failed; Wait until the newest eta before each poll',
        },
        'system-out': expect.stringMatching(/the command ended with 3[\s\S]*boom/),
      },
    });
    const { '#text': told } = testsuite.testcase.failure;
    expect(told).toContain('#7 12:00:00.000  GET /');
    expect(told).toContain('and 3 more');
    expect(told).toContain('docs/rules.md#eta-respected');
  });

  it('makes no failure of a warning, and an error of a command that fails without one', async () => {
    const { testsuite } = parse(junitReport(await reportWith(finding({ severity: 'warning' }))));
    expect(testsuite).toMatchObject({ '@_failures': '0', '@_errors': '1' });
    expect(testsuite.testcase['system-out']).toContain('warning eta-respected');
    expect(testsuite.testcase.error['@_message']).toBe('the command ended with 3 after 1.2 s');
  });

  it('makes an error of a scenario that was not played, with the reason', async () => {
    const { title, chapters } = await reportWith();
    const played = chapters.map((one) => ({ ...one, notPlayed: 'step 2 was never met' }));
    const { testsuite } = parse(junitReport({ title, chapters: played }));
    expect(testsuite.testcase.error['@_message']).toContain('not played: step 2 was never met');
  });

  it('makes a failure of what the command did not do', async () => {
    const { title, chapters } = await reportWith();
    const commandFindings = ['expect.output: "no" was expected'];
    const played = chapters.map((one) => ({ ...one, commandFindings }));
    const { testcase } = parse(junitReport({ title, chapters: played })).testsuite;
    expect(testcase.failure['@_type']).toBe('hides-the-outcome');
    expect(testcase.failure['#text']).toContain(commandFindings[0]);
  });

  it('has a test a rule for a session that exec has not played', async () => {
    const { title, chapters } = await reportWith(finding());
    const sessions = chapters.map(({ name, verdict }) => ({ name, verdict }));
    const { testsuite } = parse(junitReport({ title, chapters: sessions }));
    expect(testsuite.testcase).toHaveLength(RULES.length);
    const skipped = testsuite.testcase.filter((c: object) => 'skipped' in c);
    expect(`${skipped.length}`).toBe(testsuite['@_skipped']);
    expect(skipped[0].skipped['@_message']).not.toBe('');
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
  it('keep each thing to change on one line of its own', async () => {
    const lines = githubAnnotations(await reportWith(finding(), finding({ job: 'job-2' })))
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /^::error title=Wait until the newest eta before each poll::eta-respected \(done-after-eta\): a "b" .*%25g%0A::error::h/,
    );
  });

  it('are at most ten, worst first, and tell warnings and notes as such', async () => {
    const severities = ['note', 'warning', 'error'] as const;
    const all = RULES.map(({ name: rule }, i) => finding({ rule, severity: severities[i % 3] }));
    const kinds = githubAnnotations(await reportWith(...all)).match(/^::\w+/gm) ?? [];
    expect(kinds).toHaveLength(10);
    const order = ['::error', '::warning', '::notice'];
    expect(kinds).toEqual(kinds.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
    expect(new Set(kinds).size).toBeGreaterThan(1);
  });

  it('tell of scenarios that were not played', async () => {
    const { title, chapters } = await reportWith();
    const played = chapters.map((one) => ({ ...one, notPlayed: 'step 2 was never met' }));
    expect(githubAnnotations({ title, chapters: played })).toBe(
      '::warning title=1 scenario not played::done-after-eta: not played: step 2 was never met; the command ended with 3 after 1.2 s\n',
    );
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
      location: { path: 'done-after-eta.yaml', lines: { begin: 1 } },
    });
  });

  it('leaves out what has no file in the repository', async () => {
    expect(codeQualityReport(await reportWith(finding()), () => undefined)).toBe('[]\n');
  });
});

describe('many findings of a rule', () => {
  it('are not all told, but counted, except in JSON', async () => {
    const report = await reportWith(...Array.from({ length: 300 }, () => finding()));
    const rest = 'eta-respected: 290 more of the kind; the JSON report has them all';
    expect(textReport(report)).toContain(rest);
    expect(markdownReport(report)).toContain('290 more of the kind');
    expect(junitReport(report)).toContain(rest);
    // Once more as the evidence of its cause.
    expect(textReport(report).match(/error eta-respected/g)).toHaveLength(11);
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

describe('causes in a report', () => {
  const broken = () => reportWith(finding(), finding({ rule: 'backs-off', severity: 'warning' }));

  it('come first in text and in Markdown', async () => {
    const report = await broken();
    expect(textReport(report)).toMatch(/^✗ Wait until the newest eta before each poll {2}error\n/);
    expect(textReport(report)).toMatch(
      /^! Let the pauses grow while the service fails {2}warning$/m,
    );
    const markdown = markdownReport(report);
    expect(markdown.indexOf('### What to change')).toBeGreaterThan(0);
    expect(markdown.indexOf('### What to change')).toBeLessThan(markdown.indexOf('| rule |'));
  });

  it('stand in JSON by names, and in whole in the chapters', async () => {
    const { causes, chapters } = JSON.parse(jsonReport(await broken()));
    expect(causes).toMatchObject([
      {
        id: 'ignores-eta',
        title: 'Wait until the newest eta before each poll',
        severity: 'error',
        rule: 'eta-respected',
        help: 'docs/rules.md#eta-respected',
        scenarios: ['done-after-eta'],
        evidence: {
          chapter: 'done-after-eta',
          evidence: [{ seq: 7, at: '2026-01-01T12:00:00.000Z' }],
        },
        findings: [{ chapter: 'done-after-eta', rule: 'eta-respected', job: 'job-1' }],
        symptoms: [],
      },
      { id: 'does-not-back-off', severity: 'warning' },
    ]);
    expect(chapters[0].verdict.rules[0].findings).toHaveLength(1);
  });
});

describe('the screen', () => {
  const SCREEN = 24;
  const rows = (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 100)), 0);

  it('holds what to change, then what is not green, then the totals, whatever was found', () => {
    const rules = RULES.map(({ name }) => name).filter((name) => name !== 'expectations');
    const red = Array.from({ length: 30 }, (_, i) =>
      chapterOf(`scenario-${i}`, [
        {
          job: `job-${i}`,
          polls: [pending(1000, undefined, { breaks: i < 15 ? rules : ['eta-respected'] })],
        },
      ]),
    );
    const text = screenReport(reportOf('all', ...red));
    expect(rows(text)).toBeLessThanOrEqual(SCREEN);
    expect(text).toMatch(/^✗ .* {2}error, in 15 of 30 scenarios\n {2}error \S+: /);
    expect(text).toMatch(
      /^and \d+ things more to change; --report html=FILE or text=FILE tells all$/m,
    );
    expect(text).toMatch(/^✗ scenario-0 {2}\d+ errors/m);
    expect(text).toMatch(/^ {2}and 24 scenarios more$/m);
    expect(text).toMatch(/\nall: \d+ errors, .*\n$/);
  });

  it('tells why a scenario was not played, and names none that is green', () => {
    const good = chapterOf('good', [{ polls: [done(1000)] }]);
    const idle = { ...good, name: 'idle', notPlayed: 'step 2 was never met' };
    const text = screenReport(reportOf('all', good, idle));
    expect(text).toBe('! idle  not played: step 2 was never met\n\nall: no finding\n');
  });

  it('uses the room that one scenario leaves for its proofs', () => {
    const polls = [1000, 1500, 2000].map((at) => pending(at, undefined, { breaks: ['spacing'] }));
    const text = screenReport(reportOf('one', chapterOf('one', [{ polls }])));
    expect(text.match(/^ {6}#\d/gm)).toHaveLength(3);
    expect(rows(text)).toBeLessThanOrEqual(SCREEN);
  });

  describe('where the API promises an eta', () => {
    /** A session whose polls were told an eta, and what became of the rule about it. */
    const eta = (name: string, outcome: RuleVerdict['outcome'], reason?: string, ahead = 3000) => {
      const life = { polls: [pending(1000, ahead), done(4000)] };
      const one = chapterOf(name, [life]);
      const rules = one.verdict.rules.map((rule) =>
        rule.rule === 'eta-respected' ? { ...rule, outcome, ...(reason && { reason }) } : rule,
      );
      return { ...one, verdict: { ...one.verdict, rules } };
    };
    const LATE = 'every pause was longer than eta asked for';
    const line = /^not exercised: eta-respected.*$/gm;
    const said = (...chapters: Chapter[]) => screenReport(reportOf('all', ...chapters)).match(line);

    it('says in one line that nothing shows whether the client reads it', () => {
      const two = ['a', 'b'].map((name) => eta(name, 'not exercised', LATE));
      expect(said(...two)).toEqual([
        'not exercised: eta-respected in 2 of 2 scenarios, so nobody can tell whether the client reads eta',
      ]);
    });

    it('says it of a red session too, whose rules are not told one by one', () => {
      const one = eta('a', 'not exercised', LATE);
      const red = chapterOf('a', [{ polls: [pending(1000, 3000, { breaks: ['spacing'] })] }]);
      const rules = red.verdict.rules.map((rule, i) =>
        rule.rule === 'eta-respected' ? (one.verdict.rules[i] as RuleVerdict) : rule,
      );
      expect(said({ ...red, verdict: { ...red.verdict, rules } })).toEqual([
        'not exercised: eta-respected, so nobody can tell whether the client reads eta',
      ]);
    });

    it('says nothing where some scenario shows it, or eta is a hint, or nothing told one', () => {
      const { wanting } = etaIsAHint();
      expect(said(eta('a', 'not exercised', LATE), eta('b', 'passed'))).toBeNull();
      expect(
        said(eta('a', 'not exercised', wanting), eta('b', 'not exercised', wanting)),
      ).toBeNull();
      const bare = { ...eta('a', 'not exercised', LATE) };
      const silent = bare.verdict.jobs.map(({ polls, ...job }) => ({
        ...job,
        polls: polls.map(({ eta: _, ...mark }) => mark),
      }));
      const untold = { ...bare, verdict: { ...bare.verdict, jobs: silent } };
      expect(said(untold, untold)).toBeNull();
    });
  });

  it('shows no control character of a request', async () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they would steer a terminal
    expect(screenReport(await reportWith(finding()))).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
  });
});
