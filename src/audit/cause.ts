import type { Severity } from './rule.js';
import type { Finding, Verdict } from './verdict.js';

/** A session that was judged, and what its client's command did not do as it should. */
export interface Judged {
  /** The scenario's name, or the session's. */
  name: string;
  verdict: Verdict;
  /** `expect.exit: the command ended with 0, another code was expected`. */
  commandFindings?: readonly string[];
}

/** A finding and where it was made. */
export interface CauseFinding {
  /** Which of the judged sessions, from 0. */
  chapter: number;
  finding: Finding;
}

/** One thing to change in the client, with all that comes of it. */
export interface Cause {
  /** Stays from version to version: `ignores-eta`. */
  id: string;
  /** What to change, in one line. */
  title: string;
  /** That of its gravest finding. */
  severity: Severity;
  /** The rule whose page shows wrong and right code, and that page. */
  rule: string;
  help: string;
  advice: string;
  /** Where it shows, in the order in which they were played. */
  scenarios: string[];
  /** The finding that shows it best; one of `findings`. */
  evidence: CauseFinding;
  /** Findings that show it, gravest first. */
  findings: CauseFinding[];
  /** Findings that follow from it, and go when it is mended. */
  symptoms: CauseFinding[];
}
