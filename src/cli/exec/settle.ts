import { setTimeout as after } from 'node:timers/promises';
import { isEnd } from '../../outcome.js';
import type { Exchange } from '../../sandbox/journal.js';
import type { Session } from '../../sandbox/session.js';
import { UsageError } from '../../sandbox-error.js';
import { DURATION_HINT, parseDuration } from '../../time/duration.js';
import type { MachineMs } from '../../time/moments.js';

/** How often is looked whether anything has come. */
const LOOK_EVERY: MachineMs = 100;

/** Behind the end of its last job a worker reads the result: so long nothing has to come. */
const AFTER_THE_END: MachineMs = 2000;

/** What is to be known of a client that goes on while its command has ended. */
export interface Standing {
  /** So many requests have come. */
  requests: number;
  /** The client was told the end of every job. */
  finished: boolean;
  /** A request is open, or the next poll of an open job is told for later: silence means nothing. */
  waiting: boolean;
}

/** How long no request has to come for `--settle`. @throws UsageError */
export function readSettle(text: string | undefined): MachineMs | undefined {
  if (text === undefined) return undefined;
  const time = parseDuration(text);
  if (time !== undefined && time >= 0) return time as number;
  throw new UsageError(
    'USAGE_WRONG_OPTION',
    `--settle ${text} is no length of time`,
    DURATION_HINT,
  );
}

/**
 * Waits for workers that outlive the command: until no request has come for so long, or every job is at its end and its
 * client knows.
 * @param until when its time is up, by `performance.now`
 * @returns false where its time was up
 */
export async function settle(
  look: () => Standing | Promise<Standing>,
  quiet: MachineMs,
  until: MachineMs,
): Promise<boolean> {
  let since = performance.now();
  let before = -1;
  for (;;) {
    const { requests, finished, waiting } = await look();
    const now = performance.now();
    if (requests !== before || (waiting && !finished)) since = now;
    before = requests;
    const enough = finished ? Math.min(quiet, AFTER_THE_END) : quiet;
    if (now - since >= enough) return true;
    if (now >= until) return false;
    await after(LOOK_EVERY);
  }
}

/** How a session of this process stands. */
export function standingOfSession(session: Session): Standing {
  const exchanges = session.journal.read().filter(({ delivery }) => !delivery);
  const now = session.clock.now();
  return {
    requests: session.journal.size + session.journal.dropped,
    ...standingOfExchanges(exchanges.map(told), now),
  };
}

/** An exchange as far as it says how its client stands. */
export interface Told {
  job: string | undefined;
  isOpen: boolean;
  /** It told the end of its job. */
  isEnd: boolean;
  eta: number | undefined;
}

function told({ job, endedAt, fault, reportedOutcome, eta }: Exchange): Told {
  return {
    job,
    isOpen: endedAt === undefined && fault === undefined,
    isEnd: isEnd(reportedOutcome),
    eta,
  };
}

export function standingOfExchanges(
  exchanges: readonly Told[],
  now: number,
): Pick<Standing, 'finished' | 'waiting'> {
  const etas = new Map<string, number | undefined>();
  const ended = new Set<string>();
  for (const { job, isEnd: isOver, eta } of exchanges) {
    if (job === undefined) continue;
    if (isOver) ended.add(job);
    etas.set(job, eta ?? etas.get(job));
  }
  const open = [...etas].filter(([job]) => !ended.has(job));
  return {
    finished: etas.size > 0 && open.length === 0,
    waiting: exchanges.some(({ isOpen }) => isOpen) || open.some(([, eta = now]) => eta > now),
  };
}
