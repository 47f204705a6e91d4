import { judge } from '../../audit/judge.js';
import type { Tolerances } from '../../audit/verdict.js';
import type { Chapter } from '../../report/report.js';
import type { Sandbox } from '../../sandbox/sandbox.js';
import type { Session } from '../../sandbox/session.js';
import type { Scenario } from '../../scenario/scenario.js';
import { evidenceOf } from '../../server/collect-evidence.js';
import type { RunningServer } from '../../server/server.js';
import type { Duration } from '../../time/moments.js';
import { environmentOf, type Variable } from './environment.js';
import { type RunningCommand, runCommand } from './run-command.js';

/** How each scenario is played. */
export interface Plan {
  argv: readonly string[];
  variables: readonly Variable[];
  pace: number;
  timeout: Duration;
  tolerances: Tolerances;
  show: boolean;
}

/** The last packets of a command that has ended are on their way yet. */
const SETTLING: Duration = 25;

/**
 * Plays one scenario: a fresh session, the client's command, the verdict.
 * @param started told of the command while it runs
 * @throws UsageError when the command cannot be started
 */
export async function playScenario(
  { sandbox, url }: RunningServer,
  scenario: Scenario,
  plan: Plan,
  started: (command: RunningCommand, requests: () => number) => void,
): Promise<Chapter> {
  const { name, title } = scenario;
  const own = openSession(sandbox, name, name, plan.pace);
  // A client that can be given a host only lands here.
  const nameless = openSession(sandbox, 'default', name, plan.pace);
  const used = () => (own.journal.size > 0 ? own : nameless);
  const places = {
    url: `${url}/~${name}`,
    origin: url,
    host: new URL(url).host,
    session: name,
    scenario: name,
    pace: String(plan.pace),
  };
  const command = runCommand({
    argv: plan.argv,
    env: environmentOf(places, plan.variables),
    timeout: plan.timeout,
    show: plan.show,
  });
  started(command, () => used().journal.size + used().journal.dropped);
  const end = await command.ended;
  await new Promise((done) => setTimeout(done, SETTLING));
  const run = end.stopped ? 'stopped' : 'over';
  const verdict = judge(evidenceOf(used(), run), plan.tolerances);
  for (const session of [own, nameless]) sandbox.end(session.name);
  return { name, title, verdict, command: end };
}

function openSession(sandbox: Sandbox, name: string, scenario: string, pace: number): Session {
  const session = sandbox.session(name);
  session.setClock(pace === 1 ? { mode: 'real' } : { mode: 'paced', pace });
  // Every job that it is for, before any magic identifier in the client's own data.
  session.enqueue({ scenario, operation: undefined, times: Number.MAX_SAFE_INTEGER });
  return session;
}
