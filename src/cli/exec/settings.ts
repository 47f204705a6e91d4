import { readTolerances } from '../../audit/tolerance.js';
import type { Tolerances } from '../../audit/verdict.js';
import { UsageError } from '../../sandbox-error.js';
import { staysOpen } from '../../scenario/play.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { Suite } from '../../scenario/suite.js';
import { parseDuration } from '../../time/duration.js';
import type { Duration, MachineMs } from '../../time/moments.js';
import type { ExecOptions } from './exec-options.js';

/** Taken by `--pace` without a number where no suite names one. */
const USUAL_PACE = 10;
/** In the API's time: longer than the patience of a client that waits for ten minutes and then gives up. */
const USUAL_TIMEOUT: Duration = 12 * 60_000;
/** The same where the job stays open for ever: longer than the half hour that the rule gives-up allows. */
const USUAL_TIMEOUT_ENDLESS: Duration = 31 * 60_000;
/** A paced client starts no faster: a JVM on a busy machine takes seconds before its first request. */
const LEAST_TIMEOUT: MachineMs = 30_000;

/** @throws UsageError */
export function readToleranceOptions(texts: readonly string[]): Tolerances {
  return readTolerances(
    texts,
    (code, what, hint) => new UsageError(code, `--tolerance: ${what}`, hint),
  );
}

/** @throws UsageError */
export function readTimeout(text: string | undefined): Duration | undefined {
  if (text === undefined) return undefined;
  const time = parseDuration(text);
  if (time !== undefined && time > 0) return time;
  const what = `--timeout ${text} is no length of time`;
  throw new UsageError('USAGE_WRONG_OPTION', what, 'write 30s or 2min');
}

/**
 * How many times faster than real time scenarios are played. Only a client that divides its own pauses
 * can live at a pace, so a suite's own one counts only where `--pace` says that this client does.
 * @param asked `true` for `--pace` without a number
 */
export function paceOf(asked: number | true | undefined, suite: Pick<Suite, 'pace'> | undefined) {
  return asked === true ? (suite?.pace ?? USUAL_PACE) : (asked ?? 1);
}

type Speed = Pick<ExecOptions, 'pace' | 'fast' | 'attach' | 'manual' | 'port'>;

/**
 * @throws UsageError where a client would divide its pauses in time that runs faster already, or was started before its
 * time could be made to run faster
 */
export function checkSpeed({ pace, fast, attach, manual, port = 0 }: Speed): void {
  if (fast === undefined) return;
  if (pace !== undefined) {
    const hint = '--pace is for a client that divides its own pauses, --fast for one that does not';
    throw new UsageError('USAGE_OPTION_CONFLICT', '--fast and --pace do not go together', hint);
  }
  const running = [
    ...(attach === undefined ? [] : ['--attach']),
    ...(manual ? ['--manual'] : []),
    ...(port === 0 ? [] : ['--port']),
  ];
  if (running[0] === undefined) return;
  const what = `--fast and ${running[0]} exclude each other`;
  const hint = 'an application that runs already has true time: leave --fast out';
  throw new UsageError('USAGE_OPTION_CONFLICT', what, hint);
}

/**
 * How long the command may take on this machine. Time-outs are in the API's time, as pauses are, so the
 * pace divides them; what is left is long enough to start a client, unless less was asked for.
 */
export function timeoutAt(
  pace: number,
  asked: Duration | undefined,
  suite: Pick<Suite, 'timeout' | 'timeoutEndless'> | undefined,
  { life }: Pick<Scenario, 'life'>,
): MachineMs {
  const time =
    asked ??
    (staysOpen(life)
      ? (suite?.timeoutEndless ?? USUAL_TIMEOUT_ENDLESS)
      : (suite?.timeout ?? USUAL_TIMEOUT));
  return Math.max(time / pace, Math.min(time, LEAST_TIMEOUT));
}
