import { commandFailed, isRed, wasNotPlayed, wasSilent } from '../../report/describe.js';
import type { Chapter, Report } from '../../report/report.js';

/** Exit codes of `exec` and `verdict`; 3, a wrong usage, goes by an exception. */
export const VERDICT_EXIT = { held: 0, finding: 1, command: 2 } as const;

/** A finding weighs more than a command that fails: it says why. */
export function exitCodeOf(
  { chapters, baseline }: Report,
  { anyExit = false, allowMended = false }: { anyExit?: boolean; allowMended?: boolean },
): number {
  if (chapters.some(isRed)) return VERDICT_EXIT.finding;
  if (chapters.some((one) => isUnfinished(one, anyExit))) return VERDICT_EXIT.command;
  // What has left the client is to leave the file, or it would hide that it comes back.
  const mended = baseline?.mended.length ?? 0;
  return mended > 0 && !allowMended ? VERDICT_EXIT.finding : VERDICT_EXIT.held;
}

function isUnfinished(chapter: Chapter, anyExit: boolean): boolean {
  const { command, standing, verdict } = chapter;
  if (standing) return standing.unfinished > 0;
  const ended = anyExit ? command?.stopped : commandFailed(command);
  return ended || wasSilent(verdict) || wasNotPlayed(chapter);
}
