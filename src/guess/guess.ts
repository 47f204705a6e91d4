import type { Contract } from '../contract/contract.js';
import type { Operation } from '../contract/operation.js';
import { findReports, type ReportCandidate, statusSetters } from './find-reports.js';
import { pair, type ScheduleCandidate } from './find-schedules.js';
import { segmentsOf } from './raw-operation.js';

/** Jobs as a document seems to have them: what schedules them, and what reports them. */
export interface GuessedJobs {
  report: ReportCandidate;
  schedules: readonly ScheduleCandidate[];
  points: number;
}

export interface Guess {
  /** Those that will be played; undefined: the document has none that can be seen. */
  jobs: GuessedJobs | undefined;
  /** Others that look like jobs as well. */
  others: readonly GuessedJobs[];
  /** What seems to cancel or list the jobs: a contract answers it, no job heeds it. */
  beside: readonly { operation: Operation; does: 'cancels' | 'lists' | 'deletes' }[];
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
  const found = [...pair(document, all, reports)].map(([report, schedules]) => ({
    report,
    schedules,
    points: pointsOf(report, schedules),
  }));
  const wanted = (jobs: GuessedJobs) =>
    operation === undefined ||
    [jobs.report, ...jobs.schedules].some((each) => each.operation.id === operation);
  // Sorting is stable: of two that are as likely the document's first counts.
  const ranked = found
    .filter(({ points }) => points >= PLAUSIBLE)
    .sort((a, b) => b.points - a.points);
  const jobs = ranked.find(wanted);
  if (!jobs) return { jobs: undefined, others: ranked, beside: [] };
  const taken = new Set(jobs.schedules.map((each) => each.operation.id));
  const others = ranked
    .filter((each) => each !== jobs)
    .map((each) => ({
      ...each,
      schedules: each.schedules.filter((one) => !taken.has(one.operation.id)),
    }))
    .filter(({ schedules }) => schedules.length > 0);
  return { jobs, others, beside: besideJobs(all, jobs) };
}

function pointsOf(report: ReportCandidate, schedules: readonly ScheduleCandidate[]): number {
  const best = Math.max(...schedules.map(({ points }) => points));
  return report.points + best + Math.min(schedules.length - 1, 3) / 2;
}

/** With fewer points too much of a document would look like jobs. */
const PLAUSIBLE = 8;

/** So few points leave it open whether these are jobs at all. */
const SURE = 10;

export function isSure({ points }: GuessedJobs): boolean {
  return points >= SURE;
}

function besideJobs(
  all: readonly Operation[],
  { report: { collection, job, operation: report } }: GuessedJobs,
): Guess['beside'] {
  const made = segmentsOf(collection).join('/');
  const one = segmentsOf(`${collection}/{${job}}`).join('/');
  return all.flatMap((operation): Guess['beside'] => {
    const path = segmentsOf(operation.path).join('/');
    if (operation === report) return [];
    if (path === made && operation.method === 'GET') return [{ operation, does: 'lists' }];
    if (path === one && operation.method === 'DELETE') return [{ operation, does: 'deletes' }];
    if (/^[/:](cancel|abort|stop|terminate)$/i.test(path.slice(one.length)) && path.startsWith(one))
      return [{ operation, does: 'cancels' }];
    return [];
  });
}
