import type { Cause } from '../audit/cause.js';
import { formatClockTime, formatCount } from '../audit/format.js';
import { RULES } from '../audit/rules/index.js';
import type { Finding, RuleVerdict, ShownExchange } from '../audit/verdict.js';
import { t } from '../texts/spoken.js';
import { printable } from '../view/printable.js';
import { causesTold, tellWeight } from './cause-lines.js';
import {
  describeMore,
  formatCounts,
  glyph,
  glyphOf,
  isRed,
  remarksOf,
  shownFindings,
  tellBaseline,
  tellProof,
} from './describe.js';
import { fastLine } from './fast-line.js';
import {
  STEP_GLYPHS,
  tellCourse,
  tellProcess,
  tellStepOutcome,
  tellWhen,
} from './process-words.js';
import type { Chapter, Report } from './report.js';

/** GitHub-flavoured Markdown: for a step summary, a merge request, a wiki page. */
export function markdownReport(report: Report): string {
  const { title, chapters } = report;
  const held = !chapters.some(isRed) && !report.baseline?.mended.length;
  const causes = causesTold(report);
  const fast = fastLine(chapters);
  const parts = [
    `## ${held ? '✅' : '❌'} ${plain(t(title))}`,
    tellWhole(chapters),
    ...tellBaseline(report).map(plain),
    ...(fast === undefined ? [] : [plain(fast)]),
    ...(causes.length > 0
      ? [`### ${t('What to change')}`, causes.map((one) => tellCause(one, report)).join('\n')]
      : []),
    ...chapters.flatMap(tellSteps),
    matrix(chapters),
    ...chapters.map(tellChapter).filter((text) => text !== ''),
    t('✓ passed · ✗ error · ! warning · i note · `·` not exercised · – off'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function tellWhole(chapters: readonly Chapter[]): string {
  const counts = formatCounts(chapters);
  const broken = chapters.filter(isRed).length;
  if (broken > 0) return t`Rules are broken in ${broken} of ${chapters.length}: ${counts}.`;
  const found = chapters.some(({ verdict }) => verdict.counts.warning + verdict.counts.note > 0);
  return found
    ? t`No rule of severity error is broken: ${counts}.`
    : t('Every rule that was put to the test was kept.');
}

/** One thing to change, in a list: where it shows, the clearest evidence, how to change it. */
function tellCause(cause: Cause, report: Report): string {
  const { title, severity, advice, help, evidence, findings, symptoms } = cause;
  const { rule, message, evidence: proofs } = evidence.finding;
  const name = report.chapters[evidence.chapter]?.name ?? '';
  const wholes = proofs.filter(({ exchange }) => exchange !== undefined);
  const others = [...findings, ...symptoms].filter((one) => one !== evidence);
  const rules = [...new Set(others.map(({ finding }) => finding.rule))];
  return [
    `- ${glyphOf(severity)} **${plain(t(title))}** (${tellWeight(cause, report)})`,
    `  - ${plain(name)}, ${plain(rule)}: ${plain(t(message))}`,
    ...(others.length > 0
      ? [
          `  - ${t`also: ${formatCount(others.length, 'finding')} of ${rules.map(plain).join(', ')}`}`,
        ]
      : []),
    `  - → ${plain(t(advice))}; ${t`wrong and right code: ${code(help)}`}`,
    ...wholes.flatMap(({ seq, exchange: whole }) => (whole ? [exchange(seq, whole)] : [])),
  ].join('\n');
}

/** Folded, as literal text: nothing of a request may end its block. */
function exchange(seq: number, { request, response }: ShownExchange): string {
  const text = printable(`${request}\n\n${response}`).replace(
    /[&<>]/g,
    (char) => ENTITIES[char] ?? '',
  );
  const lines = text.split('\n').map((line) => line || '&nbsp;');
  return `  - <details><summary>${t`request and answer of #${seq}`}</summary><pre>${lines.join('<br>')}</pre></details>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** The steps of the process that a chapter is held to. */
function tellSteps({ verdict: { process } }: Chapter): string[] {
  if (!process) return [];
  const rows = process.steps.map((step, i) => {
    const { step: name, title } = step;
    const told = [t(title), tellStepOutcome(step)].filter((text) => text !== '').map(plain);
    return `| ${STEP_GLYPHS[step.outcome]} | ${i + 1} | ${plain(name)} | ${told.join('<br>')} | ${plain(tellWhen(step))} |`;
  });
  const head = `### ${plain(tellCourse(process))}: ${plain(tellProcess(process))}`;
  return [
    head,
    [
      `|  |  | ${t('step')} |  | ${t('exchanges')} |`,
      '| --- | --- | --- | --- | --- |',
      ...rows,
    ].join('\n'),
  ];
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
    `| ${t('rule')} | ${names.join(' | ')} |`,
    `| --- |${names.map(() => ' :-: |').join('')}`,
    ...rows,
  ].join('\n');
}

function tellChapter(chapter: Chapter): string {
  const findings = chapter.verdict.rules.flatMap((rule) => rule.findings);
  const remarks = remarksOf(chapter);
  if (findings.length === 0 && remarks.length === 0) return '';
  const title = chapter.title ? `: ${plain(t(chapter.title))}` : '';
  return [
    `### ${plain(chapter.name)}${title}`,
    ...remarks.map((remark) => `- ⚠ ${plain(remark)}`),
    ...chapter.verdict.rules.flatMap(tellRule),
  ].join('\n');
}

function tellRule(rule: RuleVerdict): string[] {
  const { told, rest } = shownFindings(rule);
  const help = `- ${t`Wrong and right code: ${code(rule.help)}`}`;
  return told.length > 0
    ? [...told.map(tellFinding), ...(rest ? [`- ${plain(rest)}`] : []), help]
    : [];
}

function tellFinding(finding: Finding): string {
  const { rule, severity, message, advice, evidence } = finding;
  const more = describeMore(finding);
  return [
    `- **${rule}** (${t(severity)}): ${plain(t(message))}. ${plain(t(advice))}.`,
    ...evidence.map(
      ({ seq, at, text }) => `  - #${seq} ${formatClockTime(at)} ${code(tellProof({ text }))}`,
    ),
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
