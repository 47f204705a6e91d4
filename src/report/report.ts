import type { StepToMeet } from '../audit/played.js';
import type { Tolerances, Verdict } from '../audit/verdict.js';
import type { KnownCause } from '../formats/baseline/known-cause.js';
import type { MachineMs } from '../time/moments.js';

/** How the client's own command has ended. */
export interface CommandEnd {
  /** Its exit code; undefined when a signal ended it. */
  code: number | undefined;
  /** It was stopped because its time was up. */
  stopped: boolean;
  /** The scenario expects a code other than 0: then such a code is no failure. */
  failureExpected?: true;
  took: MachineMs;
  /** The end of what it has printed. */
  output: string;
}

/** How a scenario was played that was to be played in fast time. */
export interface FastPlay {
  /** How many times as fast the client's time and the session's ran. */
  rate: number;
  /**
   * `fast`: in fast time. All others at true time: what was found in fast time has been found again, or not; the client
   * had stood still; its time-outs, which the scenario is about, do not run as fast.
   */
  outcome: 'fast' | 'confirmed' | 'not-confirmed' | 'stood-still' | 'late-answers';
}

/** One session: what was played, and what the sandbox says of its client. */
export interface Chapter {
  /** The scenario's name, or the session's where no single one was played. */
  name: string;
  title?: string;
  verdict: Verdict;
  command?: CommandEnd;
  /** The steps of its scenario that a good client meets, where the client is steered by hand. */
  meets?: readonly StepToMeet[];
  /** Why the scenario was not played as it should be, so that nothing can be said of it. */
  notPlayed?: string;
  /** File that its session is kept in. */
  file?: string;
  /** What the scenario expects of the command's exit code and output, and did not get. */
  commandFindings?: string[];
  /** Left out where nobody has asked for fast time. */
  fast?: FastPlay;
  /** Held to a baseline: how much of it is known, and how much is not. */
  standing?: ChapterStanding;
}

/** How many things of a chapter a baseline knows, and how many it does not. */
interface ChapterStanding {
  known: number;
  /** Causes of severity error that are new. */
  fresh: number;
  /** The command failed or the scenario was not played, and that is new. */
  unfinished: number;
}

/** How a run stands beside what is known. */
export interface BaselineStanding {
  file: string;
  /** Known, and still there. */
  known: readonly KnownCause[];
  fresh: readonly KnownCause[];
  /** Known, and not there any more although all of its scenarios were played. */
  mended: readonly KnownCause[];
  /** Known, and not put to the test: not all of its scenarios were played. */
  unseen: readonly KnownCause[];
}

/** What a run was made with, for whoever is to rely on it later. */
export interface MadeWith {
  /** Version of the sandbox. */
  sandbox: string;
  /** RFC 3339, by the machine's clock. */
  at: string;
  /** With the names of all of its scenarios, played or not. */
  profile?: { name: string; hash: string; scenarios: readonly string[] };
  /** Tolerances of the command line. */
  tolerances?: Tolerances;
  /** The command's exit code did not count. */
  anyExit?: true;
  apis: {
    name: string;
    contract: { title: string; version: string; sha256?: string | undefined };
  }[];
}

/** What every form of report is written from. */
export interface Report {
  /** `polling-basics`, or the session's name. */
  title: string;
  chapters: readonly Chapter[];
  /** What it was made with; of what exec has played. */
  made?: MadeWith;
  /** Where it is held to a baseline. */
  baseline?: BaselineStanding;
}
