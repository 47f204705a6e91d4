import type { Finding, RuleVerdict } from '../audit/verdict.js';
import {
  commandFailed,
  describeCommandEnd,
  printable,
  wasNotPlayed,
  wasSilent,
} from './describe.js';
import type { Chapter, Report } from './report.js';
import { remarksOf, ruleFindings } from './text.js';

/**
 * JUnit XML as Jenkins, GitLab and others read it: a suite for each scenario, a case for each rule.
 * Only findings of severity error are failures; others stand in the case's output. A rule that was
 * not put to the test is a skipped case, with the reason.
 */
export function junitReport(report: Report): string {
  const suites = report.chapters.map(suite);
  const total = (key: 'tests' | 'failures' | 'errors' | 'skipped') =>
    suites.reduce((sum, each) => sum + each[key], 0);
  const attributes = `name="${escapeXml(report.title)}" tests="${total('tests')}" failures="${total('failures')}" errors="${total('errors')}" skipped="${total('skipped')}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes}>`,
    ...suites.map(({ xml }) => xml),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(chapter: Chapter) {
  const { name, verdict, command } = chapter;
  const cases = verdict.rules.map((rule) => ruleCase(name, rule));
  const ending = command ? [commandCase(chapter)] : [];
  const failures = cases.filter((c) => c.includes('<failure ')).length;
  const skipped = cases.filter((c) => c.includes('<skipped ')).length;
  const errors = ending.filter((c) => c.includes('<error ')).length;
  const tests = cases.length + ending.length;
  const time = ((command?.took ?? 0) / 1000).toFixed(3);
  const remarks = remarksOf(chapter);
  const xml = [
    `  <testsuite name="${escapeXml(name)}" tests="${tests}" failures="${failures}" errors="${errors}" skipped="${skipped}" time="${time}">`,
    ...cases,
    ...ending,
    ...(remarks.length > 0
      ? [`    <system-out>${escapeXml(remarks.join('\n'))}</system-out>`]
      : []),
    '  </testsuite>',
  ].join('\n');
  return { xml, tests, failures, errors, skipped };
}

function ruleCase(chapter: string, verdict: RuleVerdict): string {
  const { rule, outcome, severity, reason, findings } = verdict;
  const open = `    <testcase classname="${escapeXml(chapter)}" name="${escapeXml(rule)}"`;
  if (outcome === 'passed') return `${open}/>`;
  if (outcome !== 'failed') {
    return `${open}><skipped message="${escapeXml(reason ?? 'switched off')}"/></testcase>`;
  }
  const text = escapeXml(ruleFindings(verdict).join('\n'));
  if (severity !== 'error') return `${open}><system-out>${text}</system-out></testcase>`;
  return `${open}><failure type="${escapeXml(rule)}" message="${escapeXml(summary(findings))}">${text}</failure></testcase>`;
}

function commandCase(chapter: Chapter): string {
  const { name, command } = chapter;
  const open = `    <testcase classname="${escapeXml(name)}" name="command"`;
  const silent = wasSilent(chapter.verdict) || wasNotPlayed(chapter);
  if (!command || !(commandFailed(command) || silent)) return `${open}/>`;
  const message = commandFailed(command)
    ? `the command ${describeCommandEnd(command)}`
    : remarksOf(chapter).join('; ');
  return `${open}><error type="command" message="${escapeXml(message)}">${escapeXml(command.output)}</error></testcase>`;
}

function summary(findings: readonly Finding[]): string {
  const [first] = findings;
  const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : '';
  return `${first?.message ?? ''}${more}`;
}

/** XML 1.0 §2.4 and §3.3.3: line breaks in attributes would be read as spaces, and are meant so. */
function escapeXml(text: string): string {
  return printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
