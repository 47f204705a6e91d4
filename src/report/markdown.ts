import { formatClockTime } from '../audit/format.js';
import { RULES } from '../audit/rules/index.js';
import type { Finding, RuleVerdict } from '../audit/verdict.js';
import { describeMore, formatCounts, glyph, printable, shownFindings } from './describe.js';
import type { Chapter, Report } from './report.js';
import { remarksOf } from './text.js';

/** GitHub-flavoured Markdown: for a step summary, a merge request, a wiki page. */
export function markdownReport(report: Report): string {
  const { title, chapters } = report;
  const held = chapters.every(({ verdict }) => verdict.held);
  const parts = [
    `## ${held ? '✅' : '❌'} ${plain(title)}`,
    tellWhole(chapters),
    matrix(chapters),
    ...chapters.map(tellChapter).filter((text) => text !== ''),
    '✓ passed · ✗ error · ! warning · i note · `·` not exercised · – off',
  ];
  return `${parts.join('\n\n')}\n`;
}

function tellWhole(chapters: readonly Chapter[]): string {
  const counts = formatCounts(chapters);
  const broken = chapters.filter(({ verdict }) => !verdict.held).length;
  if (broken > 0) return `Rules are broken in ${broken} of ${chapters.length}: ${counts}.`;
  const found = chapters.some(({ verdict }) => verdict.counts.warning + verdict.counts.note > 0);
  return found
    ? `No rule of severity error is broken: ${counts}.`
    : 'Every rule that was put to the test was kept.';
}

/** Rules go down and scenarios across: a page is longer than it is wide. */
function matrix(chapters: readonly Chapter[]): string {
  const names = chapters.map(({ name }) => plain(name));
  const rows = RULES.map(({ name }, i) => {
    const marks = chapters.map(({ verdict }) => {
      const rule = verdict.rules[i];
      return rule ? glyph(rule) : '';
    });
    return `| ${name} | ${marks.join(' | ')} |`;
  });
  return [
    `| rule | ${names.join(' | ')} |`,
    `| --- |${names.map(() => ' :-: |').join('')}`,
    ...rows,
  ].join('\n');
}

function tellChapter(chapter: Chapter): string {
  const findings = chapter.verdict.rules.flatMap((rule) => rule.findings);
  const remarks = remarksOf(chapter);
  if (findings.length === 0 && remarks.length === 0) return '';
  const title = chapter.title ? `: ${plain(chapter.title)}` : '';
  return [
    `### ${plain(chapter.name)}${title}`,
    ...remarks.map((remark) => `- ⚠ ${plain(remark)}`),
    ...chapter.verdict.rules.flatMap(tellRule),
  ].join('\n');
}

function tellRule(rule: RuleVerdict): string[] {
  const { told, rest } = shownFindings(rule);
  const help = `- Wrong and right code: ${code(rule.help)}`;
  return told.length > 0
    ? [...told.map(tellFinding), ...(rest ? [`- ${plain(rest)}`] : []), help]
    : [];
}

function tellFinding(finding: Finding): string {
  const { rule, severity, message, advice, evidence } = finding;
  const more = describeMore(finding);
  return [
    `- **${rule}** (${severity}): ${plain(message)}. ${plain(advice)}.`,
    ...evidence.map(({ seq, at, text }) => `  - #${seq} ${formatClockTime(at)} ${code(text)}`),
    ...(more ? [`  - ${more}`] : []),
  ].join('\n');
}

/** Text that means nothing to Markdown or HTML, on one line. */
function plain(text: string): string {
  return printable(text)
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]()<>#+|~!&]/g, (char) => `\\${char}`);
}

/** A code span: GFM §6.1 takes a longer fence than any inside. A bar would end a table's cell. */
function code(text: string): string {
  const shown = printable(text).replace(/\s+/g, ' ');
  const fence = '`'.repeat(Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length)) + 1);
  const pad = fence.length > 1 ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}
