import { checkCommand } from '../../audit/command-expectations.js';
import { fromJsonVerdict, type JsonVerdict } from '../../report/json-verdict.js';
import type { Chapter, Report } from '../../report/report.js';
import { UsageError } from '../../sandbox-error.js';
import { readAddress } from '../../server/http/address.js';
import { t } from '../../texts/spoken.js';
import type { MachineMs } from '../../time/moments.js';
import { askControl, type RunningAt } from '../ask-control.js';
import type { KnownBefore } from './baseline.js';
import { holdToBaseline } from './baseline.js';
import { environmentOf, type Variable } from './environment.js';
import { askPerson } from './manual.js';
import type { Progress } from './progress.js';
import { runCommand } from './run-command.js';
import { type Standing, settle, standingOfExchanges } from './settle.js';

/** A sandbox that runs already, and what is played in it. */
export interface Attached extends RunningAt {
  /** `http://host:4010`, or with a session of its own: `…/~worker-3`. */
  url: string;
  /** Undefined: scenarios are named alone. */
  suite: string | undefined;
  /** Only these of the suite. */
  scenario?: readonly string[] | undefined;
  pace: number;
  argv: readonly string[] | undefined;
  variables: readonly Variable[];
  access: Readonly<Record<string, string>>;
  timeout: MachineMs;
  settle: MachineMs | undefined;
  tolerance: readonly string[];
  anyExit: boolean;
  show: boolean;
  known: KnownBefore | undefined;
}

/** Names of what is played: a suite of the sandbox, or some of it. @throws UsageError, ControlProblem */
export async function chooseThere(attached: Attached): Promise<string[]> {
  const { suite, scenario: wanted } = attached;
  if (suite === undefined) return [...(wanted ?? [])];
  const answer = await askControl(attached, 'GET', `/suites/${encodeURIComponent(suite)}`);
  const { scenarios } = (await answer.json()) as { scenarios: ({ name: string } | string)[] };
  const names = scenarios.map((one) => (typeof one === 'string' ? one : one.name));
  const missing = wanted?.find((name) => !names.includes(name));
  if (missing !== undefined) {
    const hint = `it has ${names.join(', ')}`;
    const what = `scenario "${missing}" is not in the suite ${suite}`;
    throw new UsageError('USAGE_UNKNOWN_SCENARIO', what, hint);
  }
  return wanted ? names.filter((name) => wanted.includes(name)) : names;
}

/** Plays them one after the other, each in a fresh session of that sandbox. */
export async function playThere(
  attached: Attached,
  names: readonly string[],
  progress: Progress,
): Promise<Report['chapters']> {
  const chapters: Chapter[] = [];
  for (const [index, name] of names.entries()) {
    const chapter = await playOne(attached, name, () => progress.begin(index, name, () => 0));
    progress.end(index, chapter);
    chapters.push(chapter);
  }
  progress.over();
  return chapters;
}

/** No client schedules more jobs than these for one scenario. */
const OFTEN = 1000;

async function playOne(attached: Attached, name: string, began: () => void): Promise<Chapter> {
  const { suite, pace, argv, timeout, show, tolerance } = attached;
  const session = sessionOf(attached.url);
  const path = `/sessions/${encodeURIComponent(session)}`;
  await askControl(attached, 'DELETE', path).catch(() => undefined);
  const clock = pace === 1 ? { mode: 'real' } : { mode: 'paced', pace };
  const part = suite === undefined ? {} : { suite, course: name };
  await askControl(attached, 'PUT', path, { json: { clock, ...part } });
  if (suite === undefined) {
    await askControl(attached, 'POST', `${path}/next`, { json: { scenario: name, times: OFTEN } });
  }
  const until = performance.now() + timeout;
  const command =
    argv === undefined
      ? askPerson(name, attached.url, timeout)
      : runCommand({
          argv,
          env: environmentFor(attached, name, session),
          timeout,
          show,
          linger: attached.settle !== undefined,
        });
  began();
  const end = await command.ended;
  if (attached.settle !== undefined && !end.stopped) {
    const isOver = await settle(() => standingThere(attached, path), attached.settle, until);
    if (!isOver) end.stopped = true;
  }
  command.endRest();
  const run = end.stopped ? 'stopped' : 'over';
  const query = new URLSearchParams([
    ['session', session],
    ['format', 'json'],
    ['run', run],
    ...tolerance.map((one) => ['tolerance', one] as [string, string]),
  ]);
  const answer = await askControl(attached, 'GET', `/report?${query}`);
  const { chapters } = (await answer.json()) as {
    chapters: (Omit<Chapter, 'verdict'> & { verdict: JsonVerdict })[];
  };
  const [found] = chapters as [(typeof chapters)[0]];
  const { meets: _, ...told } = found;
  const chapter: Chapter = { ...told, name, verdict: fromJsonVerdict(found.verdict), command: end };
  if (suite === undefined && !chapter.verdict.jobs.some(({ scenario }) => scenario === name)) {
    chapter.notPlayed = t('the client has sent no request that this scenario is for');
  }
  await holdToExpected(attached, chapter);
  holdToBaseline(chapter, attached.known, attached.anyExit);
  return chapter;
}

/** What the scenario expects of the command's code and output. */
async function holdToExpected(attached: Attached, chapter: Chapter): Promise<void> {
  const { command, name } = chapter;
  if (!command || command.stopped || attached.argv === undefined) return;
  const answer = await askControl(attached, 'GET', `/scenarios/${encodeURIComponent(name)}`);
  const { expect = {} } = (await answer.json()) as {
    expect?: { exit?: 0 | 'nonzero'; output?: string };
  };
  const { exit, output } = expect;
  const expected = {
    ...(exit === undefined || attached.anyExit ? {} : { exit }),
    ...(output === undefined ? {} : { output }),
  };
  const broken = checkCommand(expected, { code: command.code ?? null, output: command.output });
  if (broken.length > 0) chapter.commandFindings = broken;
  if (exit === 'nonzero') chapter.command = { ...command, failureExpected: true };
}

async function standingThere(attached: Attached, path: string): Promise<Standing> {
  const answer = await askControl(attached, 'GET', `${path}/journal`);
  const { exchanges, dropped } = (await answer.json()) as {
    exchanges: { job?: string; until?: string; fault?: string; told?: string; eta?: string }[];
    dropped: number;
  };
  const told = exchanges.map(({ job, until, fault, told: said, eta }) => ({
    job,
    isOpen: until === undefined && fault === undefined,
    isEnd: ['done', 'failed', 'cancelled'].includes(said ?? ''),
    eta: eta === undefined ? undefined : Date.parse(eta),
  }));
  return { requests: exchanges.length + dropped, ...standingOfExchanges(told, Date.now()) };
}

function environmentFor(
  { url, variables, access, pace }: Attached,
  scenario: string,
  session: string,
) {
  const { origin, host } = new URL(url);
  const places = {
    url: url.replace(/\/$/, ''),
    origin,
    host,
    session,
    scenario,
    pace: String(pace),
  };
  return environmentOf(places, variables, access);
}

/** The session that the application's address names. @throws UsageError */
function sessionOf(url: string): string {
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    const what = `"${url}" is no URL of a sandbox`;
    throw new UsageError('USAGE_WRONG_URL', what, 'write http://127.0.0.1:4010');
  }
  return readAddress(new URL(url).pathname).session ?? 'default';
}
