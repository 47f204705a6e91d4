import { formatClockTime, formatCount, formatLength } from '../../audit/format.js';
import type { JobVerdict, Mark } from '../../audit/verdict.js';
import type { Moment } from '../../time/moments.js';
import { type Spot, toldBy } from './marks.js';

/** Where a time line begins, and how many times faster than the API's its time runs. */
export interface Origin {
  start: Moment;
  pace: number;
}

/** `+2.4 s` of the API's time. */
export function since({ start, pace }: Origin, moment: Moment): string {
  const length = formatLength((moment - start) * pace);
  return moment < start ? `−${length}` : `+${length}`;
}

/** What a mark says when one points at it. */
export function tellSpot({ first, last, count: polls }: Spot, origin: Origin): string {
  if (polls === 1) return tellMark(first, origin);
  return `${polls} polls, #${first.seq} to #${last.seq}, ${since(origin, first.at)} to ${since(origin, last.at)}: ${toldBy(first)}${tellBreaks(first)}`;
}

export function tellMark(mark: Mark, origin: Origin): string {
  const { at } = mark;
  const told = toldBy(mark);
  const status = mark.status === 0 || told === String(mark.status) ? '' : `${mark.status} `;
  const eta = mark.eta === undefined ? '' : `, eta ${tellEta(mark.eta, origin)}`;
  return `#${mark.seq} at ${formatClockTime(at)} (${since(origin, at)}): ${status}${told}${tellWait(mark, origin)}${eta}${tellBreaks(mark)}`;
}

export function tellEta(eta: Moment, origin: Origin): string {
  return `${formatClockTime(eta)} (${since(origin, eta)})`;
}

/** Waits that a person would notice. */
const NOTICED = 100;

/** ` after 2.4 s`, for answers that were slow in coming. */
export function tellWait(
  { at, until }: Pick<Mark, 'at' | 'until'>,
  { pace }: Pick<Origin, 'pace'>,
): string {
  if (until === undefined) return ', still open';
  const wait = until - at;
  return wait < NOTICED ? '' : ` after ${formatLength(wait * pace)}`;
}

function tellBreaks({ breaks }: Mark): string {
  return breaks.length === 0 ? '' : `; breaks ${breaks.join(', ')}`;
}

/** `4 polls in 9.1 s`. */
export function tellPolls({ submission, polls }: JobVerdict, pace: number): string {
  const last = polls.at(-1);
  if (!last) return 'no poll';
  const span = (last.until ?? last.at) - submission.at;
  return `${formatCount(polls.length, 'poll')} in ${formatLength(span * pace)}`;
}

/** A timeline in words. */
export function describe(job: JobVerdict, pace: number): string {
  const { submission, polls, outcome } = job;
  const origin = { start: submission.at, pace };
  const tally = new Map<string, number>();
  for (const poll of polls) tally.set(toldBy(poll), (tally.get(toldBy(poll)) ?? 0) + 1);
  const told = [...tally].map(([what, times]) => (times > 1 ? `${what} ${times} times` : what));
  const wrong = polls.filter(({ breaks }) => breaks.length > 0);
  const shown = wrong
    .slice(0, 5)
    .map(({ at, breaks }) => `${since(origin, at)} ${breaks.join(', ')}`);
  const more = wrong.length > shown.length ? `; and ${wrong.length - shown.length} more` : '';
  const broken = wrong.length > 0 ? ` Rules are broken at ${shown.join('; ')}${more}.` : '';
  const heard = told.length > 0 ? ` The client was told ${told.join(', then ')}.` : '';
  return `${tellPolls(job, pace)}.${heard} The job's outcome: ${outcome}.${broken}`;
}
