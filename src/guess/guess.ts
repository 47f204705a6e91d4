import type { Contract } from '../contract/contract.js';
import { type Beside, findBeside } from './find-beside.js';
import { findReports, type ReportCandidate, statusSetters } from './find-reports.js';
import { pair, type ScheduleCandidate } from './find-schedules.js';

/** One kind of jobs as a document seems to have them: what schedules them, and what reports them. */
export interface GuessedJobs {
  report: ReportCandidate;
  schedules: readonly ScheduleCandidate[];
  points: number;
  /** What seems to cancel, delete or list them, and to read what they have made. */
  beside: readonly Beside[];
}

export interface Guess {
  /** Those that are meant, the likeliest first: all, unless an operation says which. No operation is of two of them. */
  kinds: readonly GuessedJobs[];
  /** Others that look like jobs as well: another kind was asked for, or they may as well be resources. */
  others: readonly GuessedJobs[];
}

/**
 * Which operations of a document schedule and report jobs, by what the document declares of them.
 * @param operation id of one that schedules or reports the jobs that are meant, where there are several kinds
 */
export function guessJobs(
  { document, operations }: Pick<Contract, 'document' | 'operations'>,
  operation?: string,
): Guess {
  const all = [...operations.values()];
  const reports = findReports(document, all, statusSetters(document, all));
  const found = [...pair(document, all, reports)].flatMap(([report, schedules]) => {
    const points = pointsOf(report, schedules);
    if (points < PLAUSIBLE) return [];
    return [{ report, schedules, points, beside: findBeside(document, all, report) }];
  });
  const isWanted = (jobs: GuessedJobs) =>
    operation !== undefined &&
    [jobs.report, ...jobs.schedules].some((each) => each.operation.id === operation);
  // Sorting is stable: of two that are as likely the document's first counts.
  const ranked = found.sort((a, b) => b.points - a.points);
  const [first, ...rest] = [...ranked.filter(isWanted), ...ranked];
  const kinds = apart(first ? [first, ...rest.filter((each) => each !== first)] : []);
  if (operation === undefined) {
    const doubtful = kinds.slice(1).filter((jobs) => !isSure(jobs) && isVague(jobs));
    return { kinds: kinds.filter((each) => !doubtful.includes(each)), others: doubtful };
  }
  return kinds[0] && isWanted(kinds[0])
    ? { kinds: kinds.slice(0, 1), others: kinds.slice(1) }
    : { kinds: [], others: kinds };
}

/** An operation that two kinds may have is of the first: without its operations, a kind is none. */
function apart(kinds: readonly GuessedJobs[]): GuessedJobs[] {
  const taken = new Set<string>();
  const take = (id: string) => !taken.has(id) && taken.add(id) !== undefined;
  const own = kinds.flatMap((jobs) => {
    const schedules = jobs.schedules.filter(({ operation }) => !taken.has(operation.id));
    if (schedules.length === 0 || !take(jobs.report.operation.id)) return [];
    for (const { operation } of schedules) take(operation.id);
    return [{ ...jobs, schedules }];
  });
  return own.map((jobs) => ({
    ...jobs,
    beside: jobs.beside.filter(({ operation }) => take(operation.id)),
  }));
}

function pointsOf(report: ReportCandidate, schedules: readonly ScheduleCandidate[]): number {
  const best = Math.max(...schedules.map(({ points }) => points));
  return report.points + best + Math.min(schedules.length - 1, 3) / 2;
}

/** With fewer points too much of a document would look like jobs. */
const PLAUSIBLE = 8;

/** So few points leave it open whether these are jobs at all. */
const SURE = 10;

/** Its words of an end are such as any resource has: `active`, `available`. */
function isVague({ report: { telling } }: GuessedJobs): boolean {
  return telling.by === 'status' && telling.words.vague;
}

export function isSure({ points }: GuessedJobs): boolean {
  return points >= SURE;
}
