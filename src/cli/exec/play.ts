import { checkCommand } from '../../audit/command-expectations.js';
import { judge } from '../../audit/judge.js';
import { whyNotPlayed } from '../../audit/played.js';
import type { Tolerances } from '../../audit/verdict.js';
import type { Chapter, CommandEnd } from '../../report/report.js';
import type { ClockSetting } from '../../sandbox/clock.js';
import { playSuite } from '../../sandbox/control/play-suite.js';
import type { Sandbox } from '../../sandbox/sandbox.js';
import type { Session } from '../../sandbox/session.js';
import { usageError } from '../../sandbox-error.js';
import type { Scenario } from '../../scenario/scenario.js';
import { evidenceOf } from '../../server/collect-evidence.js';
import type { RunningServer } from '../../server/server.js';
import type { Duration, MachineMs } from '../../time/moments.js';
import { holdToBaseline, type KnownBefore, seemsMended } from './baseline.js';
import type { Played } from './choose.js';
import { environmentOf, type Variable } from './environment.js';
import type { FastRun, FastTime } from './fast/fast-time.js';
import { type Believed, playFast } from './fast/play-fast.js';
import { type Keeping, keepSession } from './keep.js';
import { askPerson } from './manual.js';
import { type RunningCommand, runCommand } from './run-command.js';
import { settle, standingOfSession } from './settle.js';

/** How each scenario is played. */
export interface Plan {
  /** Undefined: a person lets the application begin. */
  argv: readonly string[] | undefined;
  /** So long no request has to come behind the end of the command; undefined: what it has started ends with it. */
  settle?: MachineMs | undefined;
  variables: readonly Variable[];
  /** What lets the command come to the sandbox: past a proxy, by https. */
  access: Readonly<Record<string, string>>;
  pace: number;
  /** @param rate how many times as fast the client's time runs */
  timeoutOf: (scenario: Scenario, rate: number) => MachineMs;
  tolerances: Tolerances;
  /** Those of rules, where a profile has frozen them. */
  usual?: Tolerances | undefined;
  show: boolean;
  /** The command's exit code does not count, whatever a scenario expects. */
  anyExit: boolean;
  /** Undefined: no session is kept. */
  keeping?: Keeping | undefined;
  /** Undefined: at true time. */
  fast?: FastTime | undefined;
  /** Rules whose warnings were seen at true time. */
  believed: Believed;
  /** What fast time finds is not played again at true time. */
  unconfirmed?: boolean | undefined;
  /** What is known of the client before; undefined: it is held to no baseline. */
  known?: KnownBefore | undefined;
}

/** The last packets of a command that has ended are on their way yet. */
const SETTLING: Duration = 25;

/**
 * Plays one scenario: a fresh session, the client's command, the verdict, and what else the scenario says.
 * @param started told of the command while it runs
 * @throws UsageError when the command cannot be started
 */
export async function playScenario(
  server: RunningServer,
  played: Played,
  plan: Plan,
  started: Started,
): Promise<Chapter> {
  const { fast, believed, unconfirmed } = plan;
  if (!fast) return playOnce(server, played, plan, started);
  const { scenario } = played;
  const play = (time: FastTime | undefined, begun: Started) =>
    playOnce(server, played, { ...plan, fast: time }, begun);
  const mended = (chapter: Chapter) => seemsMended(chapter, plan.known, plan.anyExit);
  const how = { fast, scenario, believed, unconfirmed, seemsMended: mended };
  return playFast(play, how, started);
}

type Started = (command: RunningCommand, requests: () => number) => void;

async function playOnce(
  { sandbox, url }: RunningServer,
  played: Played,
  plan: Plan,
  started: Started,
): Promise<Chapter> {
  const { name, scenario } = played;
  const { title } = scenario;
  const variables = variablesFor(url, scenario.name, plan);
  const run = plan.fast?.begin(variables.LD_PRELOAD ?? process.env.LD_PRELOAD);
  const clock = clockOf(plan.pace, run);
  const own = openSession(sandbox, scenario.name, played, clock);
  // A client that can be given a host only lands here.
  const nameless = openSession(sandbox, 'default', played, clock);
  const used = () => (own.journal.size > 0 ? own : nameless);
  const timeout = plan.timeoutOf(scenario, run?.rate ?? 1);
  const until = performance.now() + timeout;
  const command =
    plan.argv === undefined
      ? askPerson(scenario.name, url, timeout)
      : runCommand({
          argv: plan.argv,
          env: { ...variables, ...run?.variables },
          timeout,
          show: plan.show,
          linger: plan.settle !== undefined,
        });
  started(command, () => used().journal.size + used().journal.dropped);
  const end = await command.ended;
  if (plan.settle !== undefined && !end.stopped) {
    const isOver = await settle(() => standingOfSession(used()), plan.settle, until);
    if (!isOver) end.stopped = true;
  }
  command.endRest();
  run?.end();
  await new Promise((done) => setTimeout(done, SETTLING));
  const evidence = evidenceOf(used(), end.stopped ? 'stopped' : 'over', { output: end.output });
  const verdict = judge(evidence, plan.tolerances, plan.usual);
  const chapter: Chapter = { name, title, verdict, command: end };
  const { exchanges, dropped, deliveries } = evidence;
  const why = whyNotPlayed(exchanges, dropped, scenario, verdict, deliveries);
  if (why !== undefined) chapter.notPlayed = why;
  if (verdict.jobs.some((job) => job.scenario === scenario.name))
    judgeCommand(chapter, end, scenario, plan);
  holdToBaseline(chapter, plan.known, plan.anyExit);
  // What is red in fast time is played again.
  const keeping = plan.fast && !plan.keeping?.all ? undefined : plan.keeping;
  const file = await keepSession(keeping, used(), chapter);
  if (file !== undefined) chapter.file = file;
  for (const session of [own, nameless]) sandbox.end(session.name);
  return chapter;
}

/** The variables that the command of a scenario finds. */
export function variablesFor(url: string, scenario: string, { pace, variables, access }: Plan) {
  const places = {
    url: `${url}/~${scenario}`,
    origin: url,
    host: new URL(url).host,
    session: scenario,
    scenario,
    pace: String(pace),
  };
  return environmentOf(places, variables, access);
}

/** A command that was stopped has come to no end of its own. */
function judgeCommand(
  chapter: Chapter,
  end: CommandEnd,
  { expect: { exit, output } }: Scenario,
  { anyExit, argv }: Plan,
): void {
  if (end.stopped || argv === undefined) return;
  const expected = {
    ...(exit === undefined || anyExit ? {} : { exit }),
    ...(output === undefined ? {} : { output }),
  };
  const broken = checkCommand(expected, { code: end.code ?? null, output: end.output });
  if (broken.length > 0) chapter.commandFindings = broken;
  if (exit === 'nonzero') chapter.command = { ...end, failureExpected: true };
}

/** A fast clock begins where the client's own time does. */
function clockOf(pace: number, run: FastRun | undefined): ClockSetting {
  if (run) return { mode: 'fast', rate: run.rate, now: run.origin.at, since: run.origin.since };
  return pace === 1 ? { mode: 'real' } : { mode: 'paced', pace };
}

function openSession(
  sandbox: Sandbox,
  name: string,
  { name: scenario, scenario: { name: course }, own }: Played,
  clock: ClockSetting,
): Session {
  const session = sandbox.session(name);
  session.setClock(clock);
  if (own) playSuite(session, own.suite, own.apis, course, usageError);
  // Every job that it is for, before any magic identifier in the client's own data.
  else session.enqueue({ scenario, operation: undefined, times: Number.MAX_SAFE_INTEGER });
  return session;
}
