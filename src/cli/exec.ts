import { constants } from 'node:os';
import pc from 'picocolors';
import { formatCount } from '../audit/format.js';
import { filesNamed } from '../load/files-named.js';
import type { ServerOptions } from '../load/server-options.js';
import { commandFailed, isRed, wasNotPlayed, wasSilent } from '../report/describe.js';
import type { Chapter, Report } from '../report/report.js';
import type { Validate } from '../sandbox/setup.js';
import { UsageError } from '../sandbox-error.js';
import { type RunningServer, startServer } from '../server/server.js';
import { t } from '../texts/spoken.js';
import { type Choice, choose, type Played } from './exec/choose.js';
import { pastProxy, readVariable } from './exec/environment.js';
import { tellPace } from './exec/estimate.js';
import { prepareFast } from './exec/fast/prepare.js';
import { prepareKeeping } from './exec/keep.js';
import { ownFile } from './exec/own-file.js';
import { type Plan, playScenario, variablesFor } from './exec/play.js';
import { makeProgress } from './exec/progress.js';
import { prepareReporting, tellReport } from './exec/reporting.js';
import type { RunningCommand } from './exec/run-command.js';
import {
  checkSpeed,
  paceOf,
  readTimeout,
  readToleranceOptions,
  timeoutAt,
} from './exec/settings.js';
import { describeUnheard, wasUnheard } from './exec/silent.js';
import { splitCommand } from './exec/split-command.js';
import { trustAuthority } from './exec/trust.js';
import { type ChaosFlags, readChaosFlags, readTlsFlags, type TlsFlags } from './options.js';
import { sayProblem, tellError } from './print-error.js';
import { tellLeftOut } from './suites.js';

/** What the command line gives. */
export interface ExecOptions
  extends ChaosFlags,
    TlsFlags,
    Choice,
    Pick<ServerOptions, 'upstream' | 'stubs' | 'webhooks' | 'auth' | 'quota'> {
  /** `true`: the suite's own. */
  pace?: number | true;
  /** `true`: as fast as machine and client can stand. */
  fast?: number | true;
  timeout?: string;
  report: string[];
  env: string[];
  tolerance: string[];
  anyExit?: boolean;
  validate?: Validate;
  output?: boolean;
  /** A folder for files of red scenarios. */
  keep?: string;
  /** Of green ones too. */
  keepAll?: boolean;
  ci: boolean;
}

/** Exit codes of `exec` and `verdict`; 3, a wrong usage, goes by an exception. */
export const VERDICT_EXIT = { held: 0, finding: 1, command: 2 } as const;

/** Plays scenarios against a client's own command. @returns the exit code @throws UsageError, FileError */
export async function exec(args: readonly string[], given: ExecOptions): Promise<number> {
  const { files, argv, scenario } = splitCommand(args, given.scenario);
  const options: ExecOptions = {
    ...given,
    ...(scenario ? { scenario: [...scenario] } : {}),
    ...filesNamed(files, given),
  };
  if (argv.length === 0) {
    const hint = 'put it behind --: esoz-sandbox exec -- npm test';
    throw new UsageError('USAGE_NO_COMMAND', 'no command was given', hint);
  }
  checkSpeed(options);
  const reporting = await prepareReporting(options);
  const variables = options.env.map(readVariable);
  const tolerances = readToleranceOptions(options.tolerance);
  const timeout = readTimeout(options.timeout);
  const keeping = await prepareKeeping(options.keep, options.keepAll ?? false, filesOf(options));
  const chaos = readChaosFlags(options);
  const tls = readTlsFlags(options);
  const server = await startServer({
    ...filesOf(options),
    ...(chaos ? { chaos } : {}),
    ...(tls ? { tls } : {}),
    port: 0,
  });
  const { authority } = server;
  try {
    const trust = authority === undefined ? {} : await trustAuthority(authority, process.env);
    const { title, scenarios, suite } = await choose(server.sandbox.setup.apis, options);
    for (const problem of suite?.problems ?? []) process.stderr.write(`${sayProblem(problem)}\n`);
    const pace = paceOf(options.pace, suite);
    const fast =
      options.fast === undefined ? undefined : await prepareFast(argv, options.fast, process.env);
    for (const notice of fast?.notices ?? []) tellError(notice);
    const rate = fast?.time?.rate ?? 1;
    const lives = scenarios.map(({ scenario }) => scenario);
    const many = suite ? t`${formatCount(scenarios.length, 'scenario')} of ${title}` : title;
    process.stdout.write(pc.dim(`${t`playing ${many} ${tellPace(lives, pace, rate)}`}\n`));
    if (suite) process.stdout.write(pc.dim(tellLeftOut(suite)));
    const report: Report = {
      title,
      chapters: await playAll(server, scenarios, {
        argv,
        variables,
        access: { ...pastProxy(process.env), ...trust },
        pace,
        timeoutOf: (scenario, rate) => timeoutAt(pace * rate, timeout, suite, scenario),
        tolerances: { ...suite?.tolerances, ...tolerances },
        show: options.output ?? false,
        anyExit: options.anyExit ?? false,
        keeping,
        fast: fast?.time,
        believed: new Set(),
      }),
    };
    process.stdout.write('\n');
    // Where no scenario is the user's own, the client itself may be named in its command.
    await tellReport(report, reporting, (name) =>
      ownFile([scenarios.find((s) => s.name === name)?.scenario.file, ...argv]),
    );
    for (const { form, file } of reporting.reports)
      process.stdout.write(pc.dim(`${form}: ${file}\n`));
    return exitCode(report.chapters, options.anyExit ?? false);
  } finally {
    await server.close();
  }
}

function filesOf({
  pack,
  spec,
  binding,
  scenarios,
  apis,
  upstream,
  stubs,
  validate,
  webhooks,
  auth,
  quota,
}: ExecOptions): ServerOptions {
  const files = { pack, spec, binding, scenarios, apis };
  const others = { upstream, stubs, validate, webhooks, auth, quota };
  return Object.fromEntries(
    Object.entries({ ...files, ...others }).filter(([, file]) => file !== undefined),
  );
}

/** Scenarios one after the other; the first alone when its command shows that the client does not come here. */
async function playAll(
  server: RunningServer,
  scenarios: readonly Played[],
  plan: Plan,
): Promise<Chapter[]> {
  const progress = makeProgress(scenarios.length, process.stdout);
  let running: RunningCommand | undefined;
  const signals = stopClientOnSignal(() => running, server);
  const chapters: Chapter[] = [];
  try {
    for (const [index, played] of scenarios.entries()) {
      await signals.none();
      const chapter = await playScenario(server, played, plan, (command, requests) => {
        running = command;
        progress.begin(index, played.name, requests);
      }).catch((error) => {
        progress.end(index);
        throw error;
      });
      progress.end(index, chapter);
      chapters.push(chapter);
      if (index > 0 || !wasUnheard(chapter)) continue;
      const variables = variablesFor(server.url, played.scenario.name, plan);
      process.stdout.write(describeUnheard(chapter, variables, scenarios.length - 1));
      break;
    }
  } finally {
    await signals.none();
    signals.ignore();
  }
  return chapters;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Whatever ends `exec` ends the client's command with it, a closed terminal too; a second signal does so at once. */
function stopClientOnSignal(running: () => RunningCommand | undefined, server: RunningServer) {
  let stopping = false;
  const interrupt = (signal: NodeJS.Signals) => {
    // POSIX, "Exit Status for Commands": 128 and the signal's number.
    const code = 128 + constants.signals[signal];
    if (stopping) process.exit(code);
    stopping = true;
    const command = running();
    command?.stop();
    void Promise.allSettled([command?.ended, server.close()]).then(() => process.exit(code));
  };
  for (const signal of SIGNALS) process.on(signal, interrupt);
  return {
    /** Comes back unless a signal has come: then nothing more is begun, the process is about to end. */
    none: async (): Promise<void> => {
      if (stopping) await new Promise(() => {});
    },
    ignore: () => {
      for (const signal of SIGNALS) process.off(signal, interrupt);
    },
  };
}

/** A finding weighs more than a command that fails: it says why. */
function exitCode(chapters: readonly Chapter[], anyExit: boolean): number {
  if (chapters.some(isRed)) return VERDICT_EXIT.finding;
  const faulty = chapters.some((chapter) => {
    const { command } = chapter;
    const ended = anyExit ? command?.stopped : commandFailed(command);
    return ended || wasSilent(chapter.verdict) || wasNotPlayed(chapter);
  });
  return faulty ? VERDICT_EXIT.command : VERDICT_EXIT.held;
}
