import { formatClockTime, formatCount, formatLength } from '../../audit/format.js';
import type { JobVerdict, Mark } from '../../audit/verdict.js';
import type { Moment } from '../../time/moments.js';
import { inEnglish, type Say } from '../text.js';
import { type Spot, toldBy } from './marks.js';

/** Where a time line begins, and how many times faster than the API's its time runs. */
export interface Origin {
  start: Moment;
  pace: number;
}

/** `+2.4 s` of the API's time. */
export function since({ start, pace }: Origin, moment: Moment, t: Say = inEnglish): string {
  const length = t(formatLength((moment - start) * pace));
  return moment < start ? `−${length}` : `+${length}`;
}

/** What a mark says when one points at it. */
export function tellSpot(
  { first, last, count: polls }: Spot,
  origin: Origin,
  t: Say = inEnglish,
): string {
  if (polls === 1) return tellMark(first, origin, t);
  const said = `${t(toldBy(first))}${tellBreaks(first, t)}`;
  const span = [since(origin, first.at, t), since(origin, last.at, t)] as const;
  return t`${polls} polls, #${first.seq} to #${last.seq}, ${span[0]} to ${span[1]}: ${said}`;
}

export function tellMark(mark: Mark, origin: Origin, t: Say = inEnglish): string {
  const { seq, at } = mark;
  const told = toldBy(mark);
  const status = mark.status === 0 || told === String(mark.status) ? '' : `${mark.status} `;
  const eta = mark.eta === undefined ? '' : t`, eta ${tellEta(mark.eta, origin, t)}`;
  const said = `${status}${t(told)}${tellWait(mark, origin, t)}${eta}${tellBreaks(mark, t)}`;
  return t`#${seq} at ${formatClockTime(at)} (${since(origin, at, t)}): ${said}`;
}

export function tellEta(eta: Moment, origin: Origin, t: Say = inEnglish): string {
  return `${formatClockTime(eta)} (${since(origin, eta, t)})`;
}

/** Waits that a person would notice. */
const NOTICED = 100;

/** ` after 2.4 s`, for answers that were slow in coming. */
export function tellWait(
  { at, until }: Pick<Mark, 'at' | 'until'>,
  { pace }: Pick<Origin, 'pace'>,
  t: Say = inEnglish,
): string {
  if (until === undefined) return t(', still open');
  const wait = until - at;
  return wait < NOTICED ? '' : t` after ${t(formatLength(wait * pace))}`;
}

function tellBreaks({ breaks }: Mark, t: Say): string {
  return breaks.length === 0 ? '' : t`; breaks ${breaks.join(', ')}`;
}

/** `4 polls in 9.1 s`. */
export function tellPolls(
  { submission, polls }: JobVerdict,
  pace: number,
  t: Say = inEnglish,
): string {
  const last = polls.at(-1);
  if (!last) return t('no poll');
  const span = (last.until ?? last.at) - submission.at;
  return t`${t(formatCount(polls.length, 'poll'))} in ${t(formatLength(span * pace))}`;
}

/** A timeline in words. */
export function describe(job: JobVerdict, pace: number, t: Say = inEnglish): string {
  const { polls, outcome } = job;
  const tally = new Map<string, number>();
  for (const poll of polls) tally.set(toldBy(poll), (tally.get(toldBy(poll)) ?? 0) + 1);
  const told = [...tally].map(([what, times]) =>
    times > 1 ? t`${t(what)} ${times} times` : t(what),
  );
  const heard = told.length > 0 ? ` ${t`The client was told ${told.join(', ')}.`}` : '';
  const came = t`The job's outcome: ${t(outcome)}.`;
  return `${tellPolls(job, pace, t)}.${heard} ${came}${tellBroken(job, pace, t)}`;
}

/** Polls that are told one by one. */
const MOST_BROKEN = 5;

function tellBroken({ submission, polls }: JobVerdict, pace: number, t: Say): string {
  const origin = { start: submission.at, pace };
  const wrong = polls.filter(({ breaks }) => breaks.length > 0);
  if (wrong.length === 0) return '';
  const shown = wrong
    .slice(0, MOST_BROKEN)
    .map(({ at, breaks }) => `${since(origin, at, t)} ${breaks.join(', ')}`);
  const left = wrong.length - shown.length;
  const more = left > 0 ? t`; and ${left} more` : '';
  return ` ${t`Rules are broken at ${`${shown.join('; ')}${more}`}.`}`;
}
