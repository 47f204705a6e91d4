import { formatCount } from '../../audit/format.js';
import type { Verdict } from '../../audit/verdict.js';
import { isRed, isUnplayed, worstOf } from '../describe.js';
import type { Chapter, Report } from '../report.js';
import { type Html, html } from './escape.js';
import { badge, type Come } from './outcome.js';
import { remark, remarks } from './remarks.js';

/** The whole verdict first, then what it rests on. */
export function header(report: Report): Html {
  const { title, chapters } = report;
  const only = chapters.length === 1 && chapters[0];
  const verdicts = chapters.map(({ verdict }) => verdict);
  const dropped = sum(verdicts, (verdict) => verdict.dropped);
  const clocks = new Set(verdicts.map(({ clock }) => tellClock(clock)));
  return html`<header class="page-header">
<p class="eyebrow">Polling report</p>
<h1>${title}</h1>
<p class="verdict">${badge(comeOf(report), 'verdict:')} ${tellVerdict(report)}</p>
<dl class="facts">
${countOf('error', verdicts)}${countOf('warning', verdicts)}${countOf('note', verdicts)}
${fact('Exchanges', sum(verdicts, ({ exchanges }) => exchanges).toLocaleString('en'))}
${fact('Clock', [...clocks].join('; ') || 'none')}
</dl>
${verdicts.some(({ clock }) => clock.pace !== 1) && html`<p class="quiet">The run was paced. Lengths count in the API’s own time; clock times are those of the run.</p>`}
${only ? remarks(only) : dropped > 0 && remark(`the journals have let ${formatCount(dropped, 'exchange')} go, so less is judged than has happened; --keep-journal keeps more`)}
</header>`;
}

function comeOf({ chapters }: Report): Come {
  if (chapters.some(isRed)) return 'error';
  return chapters.length > 0 && !chapters.every(isIdle) ? 'passed' : 'untested';
}

/** The whole verdict in one sentence. */
export function tellVerdict({ chapters }: Report): string {
  const [only] = chapters;
  if (!only) return 'Nothing was played';
  if (chapters.length === 1) return tellOne(only);
  const broken = chapters.filter(isRed).length;
  const idle = chapters.filter(isIdle).length;
  const all = chapters.length;
  if (idle === all) return `None of ${all} scenarios put a rule to the test`;
  const rest = idle > 0 ? `; ${idle} put no rule to the test` : '';
  if (broken > 0) return `A rule is broken in ${broken} of ${all} scenarios${rest}`;
  return idle > 0 ? `${all - idle} of ${all} scenarios held${rest}` : `All ${all} scenarios held`;
}

function tellOne(chapter: Chapter): string {
  const { rules, counts, process } = chapter.verdict;
  if (process?.outcome === 'failed')
    return `The client did not go through ${process.suite} rightly`;
  if (process?.outcome === 'incomplete' && !isRed(chapter)) {
    return `The client has not gone through ${process.suite}`;
  }
  if (chapter.notPlayed !== undefined && !isRed(chapter)) return 'The scenario was not played';
  if (isIdle(chapter)) return 'No rule was put to the test';
  const broken = rules.filter((rule) => rule.outcome === 'failed' && worstOf(rule) === 'error');
  if (isRed(chapter) && broken.length === 0) return 'The client’s command did not end as it should';
  if (broken.length > 0) return `The client broke ${formatCount(broken.length, 'rule')}`;
  const mild = counts.warning + counts.note;
  return mild > 0
    ? 'The client broke no rule, but there is something to improve'
    : 'The client kept every rule that was put to the test';
}

/** Nothing can be said of it, so it has not held either. */
function isIdle(chapter: Chapter): boolean {
  const { rules } = chapter.verdict;
  if (isRed(chapter)) return false;
  return isUnplayed(chapter) || rules.every(({ tested }) => tested === 0);
}

export function tellClock({ mode, pace }: Verdict['clock']): string {
  if (mode === 'paced') return `paced, ${pace} times as fast`;
  return mode === 'manual' ? 'manual, moved by hand' : mode;
}

function countOf(severity: 'error' | 'warning' | 'note', verdicts: readonly Verdict[]): Html {
  const number = sum(verdicts, ({ counts }) => counts[severity]);
  const name = { error: 'Errors', warning: 'Warnings', note: 'Notes' }[severity];
  return html`<div class="count ${number > 0 && severity}"><dt>${name}</dt><dd>${number.toLocaleString('en')}</dd></div>`;
}

function fact(name: string, value: string): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function sum(verdicts: readonly Verdict[], of: (verdict: Verdict) => number): number {
  return verdicts.reduce((total, verdict) => total + of(verdict), 0);
}
