import pc from 'picocolors';
import { formatCount } from '../audit/format.js';
import { filesNamed } from '../load/files-named.js';
import type { ServerOptions } from '../load/server-options.js';
import type { Report } from '../report/report.js';
import { UsageError } from '../sandbox-error.js';
import { startServer } from '../server/server.js';
import { t } from '../texts/spoken.js';
import { prepareBaseline, settleBaseline } from './exec/baseline.js';
import { choose } from './exec/choose.js';
import { pastProxy, readVariable } from './exec/environment.js';
import { tellPace } from './exec/estimate.js';
import { execAttached } from './exec/exec-attached.js';
import type { ExecOptions } from './exec/exec-options.js';
import { exitCodeOf } from './exec/exit-code.js';
import { prepareFast } from './exec/fast/prepare.js';
import { prepareKeeping } from './exec/keep.js';
import { closeLanes, openLanes, readJobs } from './exec/lanes.js';
import { madeWith } from './exec/made-with.js';
import { closeKeyboard } from './exec/manual.js';
import { ownFile } from './exec/own-file.js';
import { type Lane, playAll } from './exec/play-all.js';
import { playProfile, prepareProfile, servedFor } from './exec/profile.js';
import { makeProgress, makeSideBySide, type Progress } from './exec/progress.js';
import { prepareReporting, tellReport } from './exec/reporting.js';
import {
  checkSpeed,
  paceOf,
  readTimeout,
  readToleranceOptions,
  timeoutAt,
} from './exec/settings.js';
import { readSettle } from './exec/settle.js';
import { splitCommand } from './exec/split-command.js';
import { trustAuthority } from './exec/trust.js';
import { readChaosFlags, readTlsFlags } from './options.js';
import { sayProblem, tellError } from './print-error.js';
import { tellLeftOut } from './suites.js';

/** Plays scenarios against a client's own command. @returns the exit code @throws UsageError, FileError */
export async function exec(args: readonly string[], given: ExecOptions): Promise<number> {
  const { files, argv, scenario } = splitCommand(args, given.scenario);
  const options: ExecOptions = {
    ...given,
    ...(scenario ? { scenario: [...scenario] } : {}),
    ...filesNamed(files, given),
  };
  const { attach, port = 0, host } = options;
  const { command, jobs } = readReach(argv, options);
  checkSpeed(options);
  if (attach !== undefined) return execAttached(command, { ...options, attach });
  const reporting = await prepareReporting(options);
  const variables = options.env.map(readVariable);
  const tolerances = readToleranceOptions(options.tolerance);
  const timeout = readTimeout(options.timeout);
  const keeping = await prepareKeeping(options.keep, options.keepAll ?? false, filesOf(options));
  const known = await prepareBaseline(options);
  const profile = await prepareProfile(options);
  const chaos = readChaosFlags(options);
  const tls = readTlsFlags(options);
  const start = () =>
    startServer({
      ...servedFor(profile, filesOf(options)),
      ...(chaos ? { chaos } : {}),
      ...(tls ? { tls } : {}),
      ...(host === undefined ? {} : { host }),
      ...(options.controlToken === undefined ? {} : { controlToken: options.controlToken }),
      port,
    });
  const server = await start();
  const { authority } = server;
  let lanes: readonly Lane[] = [{ server, scenarios: [] }];
  try {
    const trust = authority === undefined ? {} : await trustAuthority(authority, process.env);
    const { apis } = server.sandbox.setup;
    await playProfile(apis, profile);
    const { title, scenarios, suite } = await choose(apis, options, profile);
    for (const problem of suite?.problems ?? []) process.stderr.write(`${sayProblem(problem)}\n`);
    const pace = paceOf(options.pace, suite);
    const fast =
      options.fast === undefined
        ? undefined
        : await prepareFast(
            command ?? [],
            options.fast,
            process.env,
            Math.min(jobs, scenarios.length),
          );
    for (const notice of fast?.notices ?? []) tellError(notice);
    const rate = fast?.time?.rate ?? 1;
    const lives = scenarios.map(({ scenario }) => scenario);
    const many = suite ? t`${formatCount(scenarios.length, 'scenario')} of ${title}` : title;
    process.stdout.write(pc.dim(`${t`playing ${many} ${tellPace(lives, pace, rate)}`}\n`));
    if (suite) process.stdout.write(pc.dim(tellLeftOut(suite)));
    const openLane = async (): Promise<Lane> => {
      const beside = await start();
      await playProfile(beside.sandbox.setup.apis, profile);
      const chosen = await choose(beside.sandbox.setup.apis, options, profile);
      return { server: beside, scenarios: chosen.scenarios };
    };
    const open = await openLanes({ server, scenarios }, jobs, openLane);
    lanes = open;
    const report: Report = {
      title,
      made: await madeWith(apis, options, profile, { tolerances, anyExit: options.anyExit }),
      chapters: await playAll({
        lanes: open,
        progress: progressOf(scenarios.length, open.length, options),
        plan: {
          argv: command,
          settle: readSettle(options.settle),
          variables,
          access: { ...pastProxy(process.env), ...trust },
          pace,
          timeoutOf: (scenario, rate) => timeoutAt(pace * rate, timeout, suite, scenario),
          tolerances: { ...suite?.tolerances, ...tolerances },
          usual: profile?.tolerances,
          show: open.length === 1 && (options.output ?? false),
          anyExit: options.anyExit ?? false,
          keeping,
          known,
          fast: fast?.time,
          believed: new Set(),
        },
      }),
    };
    await settleBaseline(report, known, options.anyExit);
    process.stdout.write('\n');
    // Where no scenario is the user's own, the client itself may be named in its command.
    await tellReport(report, reporting, (name) =>
      ownFile([scenarios.find((s) => s.name === name)?.scenario.file, ...argv]),
    );
    for (const { form, file } of reporting.reports)
      process.stdout.write(pc.dim(`${form}: ${file}\n`));
    return exitCodeOf(report, options);
  } finally {
    closeKeyboard();
    await closeLanes(lanes);
  }
}

/** Who lets the client begin, and how many scenarios go side by side. @throws UsageError */
function readReach(argv: readonly string[], { manual = false, port = 0, jobs }: ExecOptions) {
  if (manual && argv.length > 0) {
    const hint = 'a person lets the application begin, or the command does';
    throw new UsageError('USAGE_OPTION_CONFLICT', '--manual goes without a command', hint);
  }
  if (argv.length === 0 && !manual) {
    const hint = 'put it behind --: esoz-sandbox exec -- npm test';
    throw new UsageError('USAGE_NO_COMMAND', 'no command was given', hint);
  }
  const sideBySide = readJobs(jobs);
  if (sideBySide > 1 && (port !== 0 || manual)) {
    const hint = 'an application that runs already has one address, and one scenario at a time';
    const what = `--jobs and ${manual ? '--manual' : '--port'} exclude each other`;
    throw new UsageError('USAGE_OPTION_CONFLICT', what, hint);
  }
  return { command: manual ? undefined : argv, jobs: sideBySide };
}

function progressOf(total: number, lanes: number, { output, progress }: ExecOptions): Progress {
  if (lanes === 1) return makeProgress(total, process.stdout);
  const { stdout: out, stderr: err } = process;
  return makeSideBySide(total, { out, err, shown: output ?? false, asked: progress ?? false });
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
