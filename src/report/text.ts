import { createColors } from 'picocolors';
import { formatClockTime, formatCount } from '../audit/format.js';
import { RULES } from '../audit/rules/index.js';
import type { Finding, RuleVerdict, Verdict } from '../audit/verdict.js';
import { inContext, t } from '../texts/spoken.js';
import { printable } from '../view/printable.js';
import { baselineLines } from './baseline-lines.js';
import { causeLines, causesTold } from './cause-lines.js';
import {
  commandFailed,
  countFindings,
  describeCommandEnd,
  describeMore,
  formatCounts,
  glyph,
  remarksOf,
  shownFindings,
  tellProof,
  wasSilent,
  worstOf,
} from './describe.js';
import { fastLine } from './fast-line.js';
import { processLines } from './process-lines.js';
import type { Chapter, Report } from './report.js';

export type Colors = ReturnType<typeof createColors>;

/** Everything as text, first what there is to change. @param colored with ANSI colours */
export function textReport(report: Report, colored = false): string {
  const paint = createColors(colored);
  const { chapters } = report;
  const lines = causesTold(report).flatMap((cause) => [...causeLines(cause, report, paint), '']);
  if (chapters.length > 1) lines.push(...matrix(report, paint), '');
  for (const chapter of chapters) lines.push(...tellChapter(chapter, paint));
  if (chapters.length === 1 && chapters[0])
    lines.push(...ruleLines(chapters[0].verdict, paint), '');
  lines.push(...baselineLines(report, paint), ...timeLine(report, paint), lastLine(report, paint));
  return `${lines.join('\n')}\n`;
}

/** How fast time ran, where that was asked for. */
export function timeLine({ chapters }: Report, paint: Colors): string[] {
  const line = fastLine(chapters);
  return line === undefined ? [] : [paint.dim(line)];
}

/** `polling-basics: 2 errors`. */
export function lastLine({ title, chapters }: Report, paint: Colors): string {
  const untested = chapters.every(({ verdict }) => wasSilent(verdict));
  const come = untested ? t('nothing was tested') : formatCounts(chapters);
  return `${paint.bold(printable(t(title)))}: ${come}`;
}

/** A finding with its proof and what to do, as lines without colours. */
function findingLines(finding: Finding): string[] {
  const { rule, severity, message, job, evidence, advice } = finding;
  const more = describeMore(finding);
  return [
    `${t(severity)} ${rule}: ${t(message)}${job === undefined ? '' : ` (${t`job ${job}`})`}`,
    ...evidence.map(
      ({ seq, at, text }) => `    #${seq} ${formatClockTime(at)}  ${tellProof({ text })}`,
    ),
    ...(more ? [`    ${more}`] : []),
    `    → ${t(advice)}`,
  ].map(printable);
}

/** What is told of a rule that is broken, as lines without colours; also what matchers say. */
export function ruleFindings(rule: RuleVerdict): string[] {
  const { told, rest } = shownFindings(rule);
  const lines = [...told.flatMap(findingLines), ...(rest ? [rest] : [])];
  return lines.length > 0 ? [...lines, `    ${t`wrong and right code: ${rule.help}`}`] : lines;
}

/** Scenarios × rules; a letter stands for each rule, and the legend counts what became of it. */
function matrix({ chapters }: Report, paint: Colors): string[] {
  const width = Math.max(8, ...chapters.map(({ name }) => name.length));
  const letters = RULES.map((_, i) => String.fromCharCode(97 + i));
  const head = `${''.padEnd(width)}  ${paint.dim(letters.join(' '))}`;
  const rows = chapters.map((chapter) => {
    const { rules } = chapter.verdict;
    const marks = rules.map((rule) => paintMark(rule, paint)).join(' ');
    const end = endOf(chapter);
    return `${chapter.name.padEnd(width)}  ${marks}${end && `  ${paint.yellow(end)}`}`;
  });
  const longest = Math.max(...RULES.map(({ name }) => name.length));
  const legend = RULES.map(({ name }, i) => {
    const outcomes = chapters.map(({ verdict }) => verdict.rules[i]?.outcome);
    const tally = (['passed', 'failed', 'not exercised', 'off'] as const)
      .map((outcome) => [outcome, outcomes.filter((o) => o === outcome).length] as const)
      .filter(([, times]) => times > 0)
      .map(([outcome, times]) => `${times} ${inContext('rule', outcome)}`)
      .join(', ');
    return `${paint.dim(letters[i] ?? '')} ${name.padEnd(longest)}  ${tally}`;
  });
  const key = t('✓ passed   ✗ error   ! warning   i note   · not exercised   – off');
  return [head, ...rows, '', ...legend, '', paint.dim(key)];
}

function endOf({ notPlayed, command }: Chapter): string {
  if (notPlayed !== undefined) return t`not played: ${notPlayed}`;
  return command && commandFailed(command) ? describeCommandEnd(command) : '';
}

function paintMark(rule: RuleVerdict, paint: Colors): string {
  const mark = glyph(rule);
  if (rule.outcome === 'passed') return paint.green(mark);
  if (rule.outcome !== 'failed') return paint.dim(mark);
  return worstOf(rule) === 'error' ? paint.red(mark) : paint.yellow(mark);
}

function tellChapter(chapter: Chapter, paint: Colors): string[] {
  const { name, title, verdict, command } = chapter;
  const findings = verdict.rules.flatMap((rule) => rule.findings);
  const remarks = remarksOf(chapter);
  const { process } = verdict;
  if (findings.length === 0 && remarks.length === 0 && !process) return [];
  return [
    `${paint.bold(name)}${title ? `  ${printable(t(title))}` : ''}`,
    ...remarks.map((remark) => `  ${paint.yellow(remark)}`),
    ...(process ? processLines(process, paint).map((line) => `  ${line}`) : []),
    ...verdict.rules.flatMap(ruleFindings).map((line) => `  ${line}`),
    ...(command && commandFailed(command) ? outputLines(command.output) : []),
    '',
  ];
}

export function outputLines(output: string, most = 20): string[] {
  const lines = printable(output).trimEnd().split('\n').slice(-most);
  return output.trim() === ''
    ? []
    : [`  ${t('its output:')}`, ...lines.map((line) => `  | ${line}`)];
}

export function ruleLines({ rules }: Verdict, paint: Colors): string[] {
  const width = Math.max(...rules.map(({ rule }) => rule.length));
  return rules.map((rule) => {
    const { reason, tested, outcome } = rule;
    const detail =
      outcome === 'passed'
        ? t`${formatCount(tested, 'time')} put to the test`
        : reason !== undefined
          ? t(reason)
          : outcome === 'off'
            ? t('switched off')
            : t(formatCount(countFindings(rule), 'finding'));
    return `${paintMark(rule, paint)} ${rule.rule.padEnd(width)}  ${paint.dim(`${inContext('rule', outcome)}: ${detail}`)}`;
  });
}
