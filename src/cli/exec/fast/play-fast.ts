import { commandFailed, isRed, wasNotPlayed } from '../../../report/describe.js';
import type { Chapter } from '../../../report/report.js';
import type { Scenario } from '../../../scenario/scenario.js';
import type { RunningCommand } from '../run-command.js';
import type { FastTime } from './fast-time.js';
import { watchStill } from './still.js';

type Started = (command: RunningCommand, requests: () => number) => void;

/** Plays one scenario: in fast time, or at true time where that is undefined. */
type PlayOnce = (fast: FastTime | undefined, started: Started) => Promise<Chapter>;

/** Rules of which a warning has been found at true time: they are believed from then on. */
export type Believed = Set<string>;

/** What is played, and what makes it be played again. */
export interface FastPlan {
  fast: FastTime;
  scenario: Scenario;
  believed: Believed;
  /** Something that is known of the client does not show, and would have to leave its baseline. */
  seemsMended?: (chapter: Chapter) => boolean;
  /** Whoever asks plays again himself what is found; here only a client is that had to be ended, and showed nothing. */
  unconfirmed?: boolean | undefined;
}

/**
 * Plays a scenario in fast time, and once more at true time where that has not gone as it should: what is said against a
 * client, and what is said to be mended, was seen at true time.
 */
export async function playFast(
  play: PlayOnce,
  { fast, scenario, believed, seemsMended = () => false, unconfirmed = false }: FastPlan,
  started: Started,
): Promise<Chapter> {
  const { rate } = fast;
  if (!fast.plays(scenario)) {
    return { ...(await play(undefined, started)), fast: { rate, outcome: 'late-answers' } };
  }
  const still = watchStill(rate);
  const first = await play(fast, (command, requests) => {
    still.begin(command, requests);
    started(command, requests);
  }).finally(still.end);
  const isSure = unconfirmed
    ? isBlamed(first) || first.command?.stopped !== true
    : !(isBad(first, believed) || seemsMended(first));
  if (!still.stood && isSure) return { ...first, fast: { rate, outcome: 'fast' } };
  const again = await play(undefined, started);
  for (const rule of warnings(again)) believed.add(rule);
  const isFalse = !still.stood && !isBad(again) && !seemsMended(again);
  if (isFalse) fast.slower(rate);
  const outcome = still.stood ? 'stood-still' : isFalse ? 'not-confirmed' : 'confirmed';
  return { ...again, fast: { rate, outcome } };
}

/** Something is held against the client; of warnings, those that were not seen at true time before. */
function isBad(chapter: Chapter, believed: Believed = new Set()): boolean {
  return isBlamed(chapter, believed) || wasNotPlayed(chapter) || commandFailed(chapter.command);
}

function isBlamed(chapter: Chapter, believed: Believed = new Set()): boolean {
  return isRed(chapter) || warnings(chapter).some((rule) => !believed.has(rule));
}

function warnings({ verdict }: Chapter): string[] {
  return verdict.rules
    .filter(({ findings }) => findings.some(({ severity }) => severity !== 'note'))
    .map(({ rule }) => rule);
}
