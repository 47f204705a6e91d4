import { setImmediate as nextTurn } from 'node:timers/promises';
import { showExchange, showJob, showSession, showWorld } from '../../sandbox/control/views.js';
import { UnservedApi } from '../../sandbox/facts/fold.js';
import { Tape } from '../../sandbox/facts/tape.js';
import type { Session } from '../../sandbox/session.js';
import type { Setup } from '../../sandbox/setup.js';
import { StandingSessions } from '../../sandbox/standing-sessions.js';
import { asProblem } from './as-problem.js';
import { asBroken } from './read-session-file.js';
import type { SessionFile } from './session-file.js';

const SLICE = 200;

/**
 * Folds a file and shows all that it holds, so that what cannot be is found before anybody uses it.
 * @returns the session as it stood when the file was made
 * @throws ControlProblem
 */
export async function checkFile(
  { header, facts }: SessionFile,
  name: string,
  setup: Setup,
  file: string,
): Promise<Session> {
  try {
    const tape = new Tape(facts);
    const { first, last } = header.exchanges;
    const limits = {
      journal: Math.max(setup.limits.journal, last - first + 1),
      jobs: Math.max(setup.limits.jobs, facts.length),
      resources: Math.max(setup.limits.resources, facts.length),
      sessions: setup.limits.sessions,
    };
    const standing = new StandingSessions(name, { ...setup, limits }, tape.facts);
    const session = await standing.after(tape.facts.length, header.now);
    await lookAt(session);
    return session;
  } catch (error) {
    throw error instanceof UnservedApi ? asProblem(name, error) : asBroken(file, error);
  }
}

/** What the control API and whoever waits for jobs ask of a session. */
async function lookAt(session: Session): Promise<void> {
  const { jobs, journal, setup } = session;
  session.settle();
  session.nextNews();
  showSession(session, '');
  showWorld(session);
  let looked = 0;
  for (const job of jobs.all()) {
    showJob(session.viewJob(job));
    looked += 1;
    if (looked % SLICE === 0) await nextTurn();
  }
  for (const exchange of journal.read()) {
    showExchange(exchange, setup);
    looked += 1;
    if (looked % SLICE === 0) await nextTurn();
  }
}
