import { nearest } from '../../problem.js';
import type { Refuse } from '../../sandbox-error.js';
import type { Process } from '../../scenario/process.js';
import type { Suite } from '../../scenario/suite.js';
import { type Api, qualified } from '../api.js';
import { openProcess } from '../play-process.js';
import type { OwnScenario } from '../select-scenario.js';
import type { Playing, Session } from '../session.js';
import { scenariosOfSuite } from '../suite-scenarios.js';
import { chooseSettings } from './session-settings.js';

/**
 * Lets a session play a suite. Of one by process its jobs live the course, its pack has the suite's settings, and its
 * verdict tells of each step; of any other all its jobs live the course.
 * @param apis whose suite it is
 * @param course a scenario of the suite; undefined: none in particular, which only a suite by process can have
 * @throws what `refuse` makes, for a suite without steps and course, or a scenario that is not in it
 */
export function playSuite(
  session: Session,
  suite: Suite,
  apis: readonly Api[],
  course: string | undefined,
  refuse: Refuse,
): void {
  const playing = playingOf(session.setup.apis, suite, apis, course, refuse);
  if (suite.settings) chooseSettings(session, suite.settings, refuse);
  session.play(playing);
}

/**
 * What a session plays of a suite.
 * @param served everything that is served
 * @throws what `refuse` makes
 */
export function playingOf(
  served: readonly Api[],
  suite: Suite,
  apis: readonly Api[],
  course: string | undefined,
  refuse: Refuse,
): Playing {
  const { name, steps, otherwise, tolerances } = suite;
  if (course === undefined) return { process: processOf(suite, apis, course, refuse), otherwise };
  const named = scenariosNamed(suite, apis, course, refuse);
  const part = { suite: name, course, tolerances };
  if (steps) {
    const [{ scenario }] = named;
    return { process: processOf(suite, apis, scenario.name, refuse), otherwise, part };
  }
  // Every job that it is for, before any magic identifier in the client's own data.
  const lives = named.map(({ api, scenario }) => ({
    suite: name,
    scenario: served.length > 1 ? qualified(api, scenario.name) : scenario.name,
    operation: undefined,
    times: Number.MAX_SAFE_INTEGER,
  }));
  return { part, lives };
}

/** The same of a process, without a session. @throws what `refuse` makes */
export function processOf(
  suite: Suite,
  apis: readonly Api[],
  course: string | undefined,
  refuse: Refuse,
): Process {
  const { name, scenarios } = suite;
  if (course !== undefined && !scenarios.includes(course)) {
    throw refuse('USAGE_UNKNOWN_SCENARIO', notIn(course, name), nearest(course, scenarios));
  }
  const process = openProcess(suite, apis, course);
  if (process) return process;
  const hint =
    'play one of its scenarios, or choose a suite that has: esoz-sandbox suites tells how many steps each has';
  throw refuse('USAGE_NO_STEPS', `the suite ${name} has no steps`, hint);
}

/** The scenarios of a suite that a name stands for: `slow`, `orders/slow`. @throws what `refuse` makes */
function scenariosNamed(
  suite: Suite,
  apis: readonly Api[],
  course: string,
  refuse: Refuse,
): [OwnScenario, ...OwnScenario[]] {
  const all = scenariosOfSuite(suite, apis);
  const [first, ...others] = all.filter(
    ({ api, scenario: { name } }) => name === course || qualified(api, name) === course,
  );
  if (first) return [first, ...others];
  const hint = nearest(course, [...new Set(all.map(({ scenario: { name } }) => name))]);
  throw refuse('USAGE_UNKNOWN_SCENARIO', notIn(course, suite.name), hint);
}

function notIn(course: string, suite: string): string {
  return `scenario "${course}" is not in the suite ${suite}`;
}
