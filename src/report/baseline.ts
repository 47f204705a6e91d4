import { signsOfCauses } from '../audit/cause-signs.js';
import { fingerprintOf, isOfScenario, type KnownCause } from '../formats/baseline/known-cause.js';
import { say } from '../say.js';
import { commandFailed, wasNotPlayed, wasSilent } from './describe.js';
import type { BaselineStanding, Chapter } from './report.js';

/** Everything that makes a run red or yellow, as entries of a baseline. */
function faultsOf(chapters: readonly Chapter[], anyExit = false): KnownCause[] {
  const grave = signsOfCauses(chapters)
    .filter(({ severity }) => severity === 'error')
    .map(({ cause, rule, title, api, operation, scenarios }) => ({
      cause,
      ...(rule === undefined ? {} : { rule }),
      ...(api === undefined ? {} : { api }),
      ...(operation === undefined ? {} : { operation }),
      title,
      scenarios,
    }));
  return [...grave, ...chapters.flatMap((one) => unfinished(one, anyExit))];
}

/** A scenario that comes to no verdict. */
function unfinished(chapter: Chapter, anyExit: boolean): KnownCause[] {
  const { name, command, verdict } = chapter;
  const failed = anyExit ? command?.stopped === true : commandFailed(command);
  const idle = wasNotPlayed(chapter) || (command !== undefined && wasSilent(verdict));
  return [
    ...(failed ? [{ cause: 'command-failed', title: COMMAND_FAILED, scenarios: [name] }] : []),
    ...(idle ? [{ cause: 'not-played', title: IDLE, scenarios: [name] }] : []),
  ];
}

const COMMAND_FAILED = say`Let the command end by itself, with the code that the scenario expects`;
const IDLE = say`Let the client come as far as the scenario is about`;

/** Tells what is known from what is new; both of each chapter, and of the whole. */
export function applyBaseline(
  chapters: readonly Chapter[],
  { file, causes }: { file: string; causes: readonly KnownCause[] },
  anyExit = false,
): BaselineStanding {
  for (const chapter of chapters) {
    chapter.standing = standingOf(chapter, causes, anyExit);
  }
  const prints = new Set(causes.map(fingerprintOf));
  const all = faultsOf(chapters, anyExit);
  const shown = shownIn(chapters, anyExit);
  const gone = causes.filter((one) => !shown.has(fingerprintOf(one)));
  const played = playedIn(chapters);
  const isOver = ({ scenarios }: KnownCause) => scenarios.every((name) => played.has(name));
  return {
    file,
    known: causes.filter((one) => shown.has(fingerprintOf(one))),
    fresh: all.filter((one) => !prints.has(fingerprintOf(one))),
    mended: gone.filter(isOver),
    unseen: gone.filter((one) => !isOver(one)),
  };
}

/** What shows, also where it shows more mildly than before: that is not mended. */
function shownIn(chapters: readonly Chapter[], anyExit: boolean): ReadonlySet<string> {
  return new Set([...faultsOf(chapters, anyExit), ...signsOfCauses(chapters)].map(fingerprintOf));
}

/** Is something known of this scenario that does not show in it? */
export function lacksKnown(
  chapter: Chapter,
  causes: readonly KnownCause[],
  anyExit = false,
): boolean {
  const shown = shownIn([chapter], anyExit);
  return causes.some(
    (one) => one.scenarios.includes(chapter.name) && !shown.has(fingerprintOf(one)),
  );
}

/** Of one chapter: is there anything that is not known? */
export function standingOf(
  chapter: Chapter,
  causes: readonly KnownCause[],
  anyExit = false,
): NonNullable<Chapter['standing']> {
  const prints = new Set(causes.map(fingerprintOf));
  const faults = faultsOf([chapter], anyExit);
  const fresh = faults.filter((one) => !prints.has(fingerprintOf(one)));
  return {
    known: faults.length - fresh.length,
    fresh: fresh.filter((one) => !isOfScenario(one.cause)).length,
    unfinished: fresh.filter(({ cause }) => isOfScenario(cause)).length,
  };
}

/** Scenarios of which the run says something. */
function playedIn(chapters: readonly Chapter[]): ReadonlySet<string> {
  return new Set(
    chapters
      .filter(({ notPlayed, verdict }) => notPlayed === undefined && !wasSilent(verdict))
      .flatMap(({ name, command, verdict }) => [
        name,
        ...(command ? [] : verdict.jobs.flatMap(({ scenario }) => scenario ?? [])),
      ]),
  );
}

/** What a baseline is to hold after a run: what shows now, and what was not put to the test again. */
export function renewed(
  before: readonly KnownCause[],
  { unseen, known }: BaselineStanding,
  chapters: readonly Chapter[],
  anyExit = false,
): KnownCause[] {
  const played = playedIn(chapters);
  const now = faultsOf(chapters, anyExit);
  const earlier = new Map(before.map((one) => [fingerprintOf(one), one]));
  const merged = now.map((one): KnownCause => {
    const was = earlier.get(fingerprintOf(one));
    if (!was) return one;
    const kept = was.scenarios.filter((name) => !played.has(name));
    return {
      ...one,
      ...(was.note === undefined ? {} : { note: was.note }),
      scenarios: [...new Set([...one.scenarios, ...kept])].sort(),
    };
  });
  const told = new Set(merged.map(fingerprintOf));
  const milder = known.filter((one) => !told.has(fingerprintOf(one)));
  return [...merged, ...milder, ...unseen];
}
