import type { Cause } from '../audit/cause.js';
import { causesOf } from '../audit/causes.js';
import type { RuleVerdict, StepVerdict } from '../audit/verdict.js';
import { fingerprintOf, type KnownCause } from '../formats/baseline/known-cause.js';
import { printable } from '../view/printable.js';
import {
  commandFailed,
  countFindings,
  describeCommandEnd,
  isKnown,
  isRed,
  isUnplayed,
  nameOfKnown,
  remarksOf,
  worstOf,
} from './describe.js';
import { fastLine } from './fast-line.js';
import { tellCourse, tellStepOutcome, weightOf } from './process-words.js';
import type { Chapter, Report } from './report.js';
import { ruleFindings } from './text.js';

/** A `<testsuite>` with its counts. */
interface Suite {
  xml: string;
  tests: number;
  failures: number;
  errors: number;
  skipped: number;
}

const COUNTS = ['tests', 'failures', 'errors', 'skipped'] as const;

/**
 * JUnit XML as Jenkins, GitLab and others read it. What `exec` has played is one suite with a test for
 * each scenario, which fails by the things to change that it shows; a session that a running sandbox
 * judges is a suite with a test for each rule. Only findings of severity error are failures.
 */
export function junitReport(report: Report): string {
  const played = report.chapters.filter(({ command }) => command !== undefined);
  const sessions = report.chapters.filter(({ command }) => command === undefined);
  const suites = [
    ...(played.length > 0 ? [playedSuite(report)] : []),
    ...sessions.map(session),
    ...report.chapters.flatMap(processSuite),
    ...baselineSuite(report),
  ];
  const total = COUNTS.map((key) => `${key}="${suites.reduce((sum, one) => sum + one[key], 0)}"`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeXml(report.title)}" ${total.join(' ')}>`,
    ...suites.map(({ xml }) => xml),
    '</testsuites>',
    '',
  ].join('\n');
}

function playedSuite({ title, chapters }: Report): Suite {
  const causes = causesOf(chapters);
  const cases = chapters.flatMap((chapter, i) =>
    chapter.command ? [scenarioCase(title, chapter, causesIn(causes, i))] : [],
  );
  const time = chapters.reduce((sum, { command }) => sum + (command?.took ?? 0), 0);
  const fast = fastLine(chapters);
  return suite(title, time, cases, fast === undefined ? [] : [fast]);
}

/** The causes that show in a chapter, with what is found of them there. */
function causesIn(causes: readonly Cause[], chapter: number): Cause[] {
  const here = (one: { chapter: number }) => one.chapter === chapter;
  return causes
    .map((cause) => ({
      ...cause,
      findings: cause.findings.filter(here),
      symptoms: cause.symptoms.filter(here),
    }))
    .filter(({ findings, symptoms }) => findings.length + symptoms.length > 0);
}

function scenarioCase(title: string, chapter: Chapter, causes: readonly Cause[]): string {
  const { name, verdict, command, commandFindings = [] } = chapter;
  const isGrave = ({ findings, symptoms }: Cause) =>
    [...findings, ...symptoms].some(({ finding }) => finding.severity === 'error');
  const known = chapter.standing !== undefined && !isRed(chapter);
  const grave = known ? [] : causes.filter(isGrave);
  const details = verdict.rules.flatMap(ruleFindings);
  const output = [...remarksOf(chapter), ...(grave.length > 0 ? [] : details)];
  const printed = command?.output.trimEnd() ?? '';
  const parts = [
    ...(grave.length > 0 ? [failure(grave, [...commandFindings, ...details])] : []),
    ...(grave.length === 0 ? errorOf(chapter) : []),
    ...(output.length > 0 || printed !== ''
      ? [`<system-out>${escapeXml([...output, printed].join('\n'))}</system-out>`]
      : []),
  ];
  const open = `    <testcase classname="${escapeXml(title)}" name="${escapeXml(name)}" time="${seconds(command?.took ?? 0)}"`;
  return parts.length > 0 ? `${open}>${parts.join('')}</testcase>` : `${open}/>`;
}

function failure(causes: readonly Cause[], details: readonly string[]): string {
  const ids = causes.map(({ id }) => id).join(' ');
  const titles = causes.map(({ title }) => title).join('; ');
  const changes = causes.map(({ title, advice, help }) => `${title}\n    → ${advice}\n    ${help}`);
  const text = escapeXml([...changes, '', ...details].join('\n'));
  return `<failure type="${escapeXml(ids)}" message="${escapeXml(titles)}">${text}</failure>`;
}

/** Its command failed by itself, or nothing can be said of it. */
function errorOf(chapter: Chapter): string[] {
  const { command } = chapter;
  if (!command || isKnown(chapter)) return [];
  if (!commandFailed(command) && !isUnplayed(chapter)) return [];
  const message = isUnplayed(chapter)
    ? remarksOf({ ...chapter, file: undefined } as Chapter).join('; ')
    : `the command ${describeCommandEnd(command)}`;
  const type = isUnplayed(chapter) ? 'not played' : 'command';
  return [`<error type="${type}" message="${escapeXml(message)}"/>`];
}

/** A test for each entry of the baseline, and one for each thing that is not in it. */
function baselineSuite({ baseline }: Report): Suite[] {
  if (!baseline) return [];
  const { file, known, fresh, mended, unseen } = baseline;
  const name = `baseline ${file}`;
  const test = (one: KnownCause, inner: string) =>
    `    <testcase classname="${escapeXml(name)}" name="${escapeXml(fingerprintOf(one))}">${inner}</testcase>`;
  const skipped = (message: string) => `<skipped message="${escapeXml(message)}"/>`;
  const failed = (type: string, message: string) =>
    `<failure type="${type}" message="${escapeXml(message)}"/>`;
  return [
    suite(name, 0, [
      ...fresh.map((one) => test(one, failed('new', `not in the baseline: ${nameOfKnown(one)}`))),
      ...mended.map((one) =>
        test(one, failed('mended', `mended: take it out of ${file}, with --write-baseline`)),
      ),
      ...known.map((one) => test(one, skipped(`known to the baseline: ${nameOfKnown(one)}`))),
      ...unseen.map((one) =>
        test(one, skipped('not put to the test: its scenarios were not played')),
      ),
    ]),
  ];
}

function session(chapter: Chapter): Suite {
  const { name, verdict } = chapter;
  const remarks = remarksOf(chapter);
  const cases = verdict.rules.map((rule) => ruleCase(name, rule));
  return suite(name, 0, cases, remarks);
}

/** A test for each step of the process that a chapter is held to. */
function processSuite({ verdict: { process } }: Chapter): Suite[] {
  if (!process) return [];
  const name = tellCourse(process);
  return [
    suite(
      name,
      0,
      process.steps.map((step, i) => stepCase(name, step, i)),
    ),
  ];
}

function stepCase(suiteName: string, step: StepVerdict, i: number): string {
  const name = `${i + 1} ${step.step}: ${step.title}`;
  const open = `    <testcase classname="${escapeXml(suiteName)}" name="${escapeXml(name)}"`;
  const weight = weightOf(step);
  if (weight === 'passed') return `${open}/>`;
  const message = escapeXml(tellStepOutcome(step));
  if (weight === 'off') return `${open}><skipped message="${message}"/></testcase>`;
  const proofs = escapeXml(step.evidence.map(({ seq, text }) => `#${seq} ${text}`).join('\n'));
  const tag = weight === 'error' ? 'failure' : 'error';
  return `${open}><${tag} type="${escapeXml(step.outcome)}" message="${message}">${proofs}</${tag}></testcase>`;
}

function ruleCase(chapter: string, verdict: RuleVerdict): string {
  const { rule, outcome, reason } = verdict;
  const open = `    <testcase classname="${escapeXml(chapter)}" name="${escapeXml(rule)}"`;
  if (outcome === 'passed') return `${open}/>`;
  if (outcome !== 'failed') {
    return `${open}><skipped message="${escapeXml(reason ?? 'switched off')}"/></testcase>`;
  }
  const text = escapeXml(ruleFindings(verdict).join('\n'));
  if (worstOf(verdict) !== 'error') return `${open}><system-out>${text}</system-out></testcase>`;
  return `${open}><failure type="${escapeXml(rule)}" message="${escapeXml(summary(verdict))}">${text}</failure></testcase>`;
}

function suite(
  name: string,
  took: number,
  cases: readonly string[],
  remarks: readonly string[] = [],
): Suite {
  const count = (tag: string) => cases.filter((text) => text.includes(`<${tag} `)).length;
  const tests = cases.length;
  const [failures, errors, skipped] = [count('failure'), count('error'), count('skipped')];
  const xml = [
    `  <testsuite name="${escapeXml(name)}" tests="${tests}" failures="${failures}" errors="${errors}" skipped="${skipped}" time="${seconds(took)}">`,
    ...cases,
    ...(remarks.length > 0
      ? [`    <system-out>${escapeXml(remarks.join('\n'))}</system-out>`]
      : []),
    '  </testsuite>',
  ].join('\n');
  return { xml, tests, failures, errors, skipped };
}

function seconds(took: number): string {
  return (took / 1000).toFixed(3);
}

function summary(verdict: RuleVerdict): string {
  const [first] = verdict.findings;
  const count = countFindings(verdict);
  const more = count > 1 ? ` (and ${count - 1} more)` : '';
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
