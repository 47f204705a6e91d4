import type { Call } from './call.js';
import type { History } from './history.js';
import type { JobAttempt } from './job-attempt.js';
import type { Reply } from './reply.js';

export type Severity = 'error' | 'warning' | 'note';

/** How much a client may depart from a rule. */
interface Allowance {
  kind: 'duration' | 'count';
  /** Milliseconds, or how often. */
  usual: number;
  /** Completes "… is allowed". */
  means: string;
  /** A length of the API's time, which a paced clock divides; else one of the machine's. */
  paced?: boolean;
}

/**
 * The allowance in force for a case, or for what belongs to none: milliseconds of the session's clock,
 * or how often.
 */
export type Allowed = (one?: JobAttempt) => number;

/** Something that a client did wrong, with the calls that show it. */
export interface Breach {
  case?: JobAttempt | undefined;
  /** Where this one weighs less than its rule. */
  severity?: Severity | undefined;
  message: Message;
  /** What to change, where that is another thing than what its rule advises. */
  advice?: string | undefined;
  calls: readonly Call[];
}

/**
 * Made only for what a verdict holds: of thousands of findings that break one rule most are but counted. What says the
 * same of any job takes the job, so that one function serves for all of them.
 */
export type Message = string | ((one: JobAttempt) => string);

export function textOf({ message, case: one }: Pick<Breach, 'message' | 'case'>): string {
  return typeof message === 'string' ? message : message(one as JobAttempt);
}

/** What a rule makes of a session. */
export interface Judgement {
  /** How often the client could have broken the rule; 0: it was not put to the test. */
  tested: number;
  breaches: Breach[];
  /** What would have put it to the test. */
  wanting: string;
}

/** One check of a client's behaviour. */
export interface Rule {
  name: string;
  /** What a good client does, as a statement. */
  title: string;
  /** What comes of breaking it, in plain sentences. */
  why: string;
  severity: Severity;
  /** The documents that ask for it. */
  sources: readonly { text: string; url?: string }[];
  /** What to change in the client, in one line. */
  advice: string;
  allowance?: Allowance;
  judge(history: History, allowed: Allowed): Judgement;
}

/** Judges each case by itself; undefined: the case does not put the rule to the test. */
export function judgeAttempts(
  { attempts: cases }: Pick<History, 'attempts'>,
  wanting: string,
  check: (one: JobAttempt) => AttemptJudgement | undefined,
): Judgement {
  const judgement: Judgement = { tested: 0, breaches: [], wanting };
  for (let i = 0; i < cases.length; i += 1) {
    const one = cases[i] as JobAttempt;
    const found = check(one);
    if (!found) continue;
    judgement.tested += found.tested ?? 1;
    if (found.message !== undefined) {
      const { message, severity, calls = [] } = found;
      judgement.breaches.push({ case: one, message, severity, calls });
    }
  }
  return judgement;
}

/**
 * The same for a rule that is about polls alone: there are sessions of thousands of jobs that nobody polls.
 * @param told it is only about polls that were told one of these
 */
export function judgePolled(
  { polled, told: all }: History,
  wanting: string,
  check: (one: JobAttempt) => AttemptJudgement | undefined,
  told?: readonly Reply[],
): Judgement {
  const isAbout = !told || told.some((reply) => all.has(reply));
  return judgeAttempts({ attempts: isAbout ? polled : [] }, wanting, check);
}

/** No message: the rule was kept. */
export interface AttemptJudgement {
  tested?: number;
  message?: Message | undefined;
  severity?: Severity | undefined;
  calls?: readonly Call[];
}
