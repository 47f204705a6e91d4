import type { Run } from '../../audit/evidence.js';
import { formatCount } from '../../audit/format.js';
import type { Verdict } from '../../audit/verdict.js';
import { formatCounts, isRed, isUnplayed, worstOf } from '../../report/describe.js';
import type { Chapter, Report } from '../../report/report.js';
import { say } from '../../say.js';
import type { Say } from '../text.js';
import type { Come } from './outcome.js';

/** Where a chapter stands on the page. */
export function chapterId(index: number): string {
  return `scenario-${index + 1}`;
}

/** Where what was found of a broken rule stands. */
export function findingId(chapter: string, number: number): string {
  return `${chapter}-finding-${number}`;
}

/** How the whole report is marked. */
export function comeOf({ chapters, baseline }: Report): Come {
  if (chapters.some(isRed)) return 'error';
  if (baseline && baseline.mended.length > 0) return 'warning';
  return chapters.length > 0 && !chapters.every(isIdle) ? 'passed' : 'untested';
}

/** The whole verdict in one sentence. */
export function tellVerdict({ chapters, baseline }: Report, t: Say): string {
  const [only] = chapters;
  if (!only) return t('Nothing was played');
  const beside = baseline && tellBeside(baseline, chapters, t);
  if (beside !== undefined) return beside;
  if (chapters.length === 1) return tellOne(only, t);
  const broken = chapters.filter(isRed).length;
  const idle = chapters.filter(isIdle).length;
  const all = chapters.length;
  if (idle === all) return t`None of ${all} scenarios put a rule to the test`;
  const rest = idle > 0 ? t`; ${idle} put no rule to the test` : '';
  if (broken > 0) return t`A rule is broken in ${broken} of ${all} scenarios${rest}`;
  return idle > 0 ? t`${all - idle} of ${all} scenarios held` + rest : t`All ${all} scenarios held`;
}

/** The same beside what is known; undefined where that has nothing to do with it. */
function tellBeside(
  { known, mended }: NonNullable<Report['baseline']>,
  chapters: readonly Chapter[],
  t: Say,
): string | undefined {
  const broken = chapters.filter(isRed).length;
  const all = chapters.length;
  if (broken > 0)
    return all === 1
      ? t('Something is wrong that the baseline does not know')
      : t`Something is wrong in ${broken} of ${all} scenarios that the baseline does not know`;
  if (mended.length > 0)
    return t`Nothing new is wrong; of the baseline no longer seen: ${mended.length}`;
  return known.length > 0 ? t('Nothing is wrong that the baseline does not know') : undefined;
}

function tellOne(chapter: Chapter, t: Say): string {
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

export function tellClock({ mode, pace, rate = 1 }: Verdict['clock'], t: Say): string {
  if (mode === 'fast') return t`fast, ${rate} times the machine’s`;
  if (mode === 'paced') return t`paced, ${pace} times as fast`;
  return mode === 'manual' ? t('manual, moved by hand') : t(mode);
}

/** What is said of a chapter that is folded. */
export function tellShort(one: Chapter, t: Say): string {
  if (one.notPlayed !== undefined) return t`not played: ${one.notPlayed}`;
  return isUnplayed(one) && !isRed(one) ? t('not played') : t(formatCounts([one]));
}

export const RUNS: Readonly<Record<Run, string>> = {
  over: say`the client came to its own end`,
  stopped: say`the client was stopped`,
  running: say`the client still runs, and what it has not done yet is not held against it`,
};
