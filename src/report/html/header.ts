import { formatCount } from '../../audit/format.js';
import type { Verdict } from '../../audit/verdict.js';
import { t } from '../../texts/spoken.js';
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
<p class="eyebrow">${t('Polling report')}</p>
<h1>${t(title)}</h1>
<p class="verdict">${badge(comeOf(report), t('verdict:'))} ${tellVerdict(report)}</p>
<dl class="facts">
${countOf('error', verdicts)}${countOf('warning', verdicts)}${countOf('note', verdicts)}
${fact(t('Exchanges'), sum(verdicts, ({ exchanges }) => exchanges).toLocaleString('en'))}
${fact(t('Clock'), [...clocks].join('; ') || t('none'))}
</dl>
${verdicts.some(({ clock }) => clock.pace !== 1) && html`<p class="quiet">${t('The run was paced. Lengths count in the API’s own time; clock times are those of the run.')}</p>`}
${only ? remarks(only) : dropped > 0 && remark(t`the journals have let ${formatCount(dropped, 'exchange')} go, so less is judged than has happened; --keep-journal keeps more`)}
</header>`;
}

function comeOf({ chapters }: Report): Come {
  if (chapters.some(isRed)) return 'error';
  return chapters.length > 0 && !chapters.every(isIdle) ? 'passed' : 'untested';
}

/** The whole verdict in one sentence. */
export function tellVerdict({ chapters }: Report): string {
  const [only] = chapters;
  if (!only) return t('Nothing was played');
  if (chapters.length === 1) return tellOne(only);
  const broken = chapters.filter(isRed).length;
  const idle = chapters.filter(isIdle).length;
  const all = chapters.length;
  if (idle === all) return t`None of ${all} scenarios put a rule to the test`;
  const rest = idle > 0 ? t`; ${idle} put no rule to the test` : '';
  if (broken > 0) return t`A rule is broken in ${broken} of ${all} scenarios${rest}`;
  return idle > 0 ? t`${all - idle} of ${all} scenarios held${rest}` : t`All ${all} scenarios held`;
}

function tellOne(chapter: Chapter): string {
  const { rules, counts, process } = chapter.verdict;
  if (process?.outcome === 'failed')
    return t`The client did not go through ${process.suite} rightly`;
  if (process?.outcome === 'incomplete' && !isRed(chapter)) {
    return t`The client has not gone through ${process.suite}`;
  }
  if (chapter.notPlayed !== undefined && !isRed(chapter)) return t('The scenario was not played');
  if (isIdle(chapter)) return t('No rule was put to the test');
  const broken = rules.filter((rule) => rule.outcome === 'failed' && worstOf(rule) === 'error');
  if (isRed(chapter) && broken.length === 0)
    return t('The client’s command did not end as it should');
  if (broken.length > 0) return t`The client broke ${formatCount(broken.length, 'rule')}`;
  const mild = counts.warning + counts.note;
  return mild > 0
    ? t('The client broke no rule, but there is something to improve')
    : t('The client kept every rule that was put to the test');
}

/** Nothing can be said of it, so it has not held either. */
function isIdle(chapter: Chapter): boolean {
  const { rules } = chapter.verdict;
  if (isRed(chapter)) return false;
  return isUnplayed(chapter) || rules.every(({ tested }) => tested === 0);
}

export function tellClock({ mode, pace }: Verdict['clock']): string {
  if (mode === 'paced') return t`paced, ${pace} times as fast`;
  return mode === 'manual' ? t('manual, moved by hand') : t(mode);
}

function countOf(severity: 'error' | 'warning' | 'note', verdicts: readonly Verdict[]): Html {
  const number = sum(verdicts, ({ counts }) => counts[severity]);
  const name = { error: t('Errors'), warning: t('Warnings'), note: t('Notes') }[severity];
  return html`<div class="count ${number > 0 && severity}"><dt>${name}</dt><dd>${number.toLocaleString('en')}</dd></div>`;
}

function fact(name: string, value: string): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function sum(verdicts: readonly Verdict[], of: (verdict: Verdict) => number): number {
  return verdicts.reduce((total, verdict) => total + of(verdict), 0);
}
