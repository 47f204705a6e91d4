import { nearest } from '../../problem.js';
import type { Refuse } from '../../sandbox-error.js';
import type { Process } from '../../scenario/process.js';
import type { Suite } from '../../scenario/suite.js';
import type { Api } from '../api.js';
import { openProcess } from '../play-process.js';
import type { Session } from '../session.js';
import { chooseSettings } from './session-settings.js';

/**
 * Lets a session play a suite by process: its jobs live the course, its pack has the suite's settings, and its
 * verdict tells of each step.
 * @param apis whose suite it is
 * @param course a scenario of the suite; undefined: none in particular
 * @throws what `refuse` makes, for a suite without steps or a scenario that is not in it
 */
export function playSuite(
  session: Session,
  suite: Suite,
  apis: readonly Api[],
  course: string | undefined,
  refuse: Refuse,
): void {
  const process = processOf(suite, apis, course, refuse);
  if (suite.settings) chooseSettings(session, suite.settings, refuse);
  session.play(process, suite.otherwise);
}

/** The same without a session. @throws what `refuse` makes */
export function processOf(
  suite: Suite,
  apis: readonly Api[],
  course: string | undefined,
  refuse: Refuse,
): Process {
  const { name, scenarios } = suite;
  if (course !== undefined && !scenarios.includes(course)) {
    const what = `scenario "${course}" is not in the suite ${name}`;
    throw refuse('USAGE_UNKNOWN_SCENARIO', what, nearest(course, scenarios));
  }
  const process = openProcess(suite, apis, course);
  if (process) return process;
  const hint = 'choose one that does: esoz-sandbox suites tells how many steps each has';
  throw refuse('USAGE_NO_STEPS', `the suite ${name} has no steps`, hint);
}
