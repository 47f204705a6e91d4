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

/**
 * Plays a scenario in fast time, and once more at true time where that has not gone as it should: what is said against a
 * client was seen at true time.
 */
export async function playFast(
  play: PlayOnce,
  { fast, scenario, believed }: { fast: FastTime; scenario: Scenario; believed: Believed },
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
  if (!still.stood && !isBad(first, believed)) return { ...first, fast: { rate, outcome: 'fast' } };
  const again = await play(undefined, started);
  for (const rule of warnings(again)) believed.add(rule);
  const isFalse = !still.stood && !isBad(again);
  if (isFalse) fast.slower();
  const outcome = still.stood ? 'stood-still' : isFalse ? 'not-confirmed' : 'confirmed';
  return { ...again, fast: { rate, outcome } };
}

/** Something is held against the client; of warnings, those that were not seen at true time before. */
function isBad(chapter: Chapter, believed: Believed = new Set()): boolean {
  return (
    isRed(chapter) ||
    wasNotPlayed(chapter) ||
    commandFailed(chapter.command) ||
    warnings(chapter).some((rule) => !believed.has(rule))
  );
}

function warnings({ verdict }: Chapter): string[] {
  return verdict.rules
    .filter(({ findings }) => findings.some(({ severity }) => severity !== 'note'))
    .map(({ rule }) => rule);
}
