import pc from 'picocolors';
import { formatCount } from '../../audit/format.js';
import type { Report } from '../../report/report.js';
import { UsageError } from '../../sandbox-error.js';
import { t } from '../../texts/spoken.js';
import { type Attached, chooseThere, playThere } from './attach.js';
import { prepareBaseline, settleBaseline } from './baseline.js';
import { pastProxy, readVariable } from './environment.js';
import type { ExecOptions } from './exec-options.js';
import { exitCodeOf } from './exit-code.js';
import { closeKeyboard } from './manual.js';
import { makeProgress } from './progress.js';
import { prepareReporting, tellReport } from './reporting.js';
import { readTimeout, readToleranceOptions } from './settings.js';
import { readSettle } from './settle.js';

/** What a sandbox that runs already was started with. */
const ITS_OWN = [
  ...['port', 'host', 'jobs', 'profile', 'keep', 'keepAll', 'chaos', 'pack', 'spec', 'binding'],
  ...['scenarios', 'apis', 'validate', 'auth', 'quota', 'upstream', 'stubs', 'webhooks', 'tls'],
] as const;

/** Longer than the patience of a client, as `exec` has it. */
const USUAL_TIMEOUT = 12 * 60_000;

/** Plays a suite of a sandbox that runs already. @returns the exit code @throws UsageError, FileError, ControlProblem */
export async function execAttached(
  argv: readonly string[] | undefined,
  options: ExecOptions & { attach: string },
): Promise<number> {
  refuseOthers(options);
  const reporting = await prepareReporting(options);
  readToleranceOptions(options.tolerance);
  const known = await prepareBaseline(options);
  const pace = options.pace === true ? 10 : (options.pace ?? 1);
  const suite = options.suite ?? (options.scenario ? undefined : 'polling-basics');
  const attached: Attached = {
    url: options.attach,
    ...(options.controlToken === undefined ? {} : { controlToken: options.controlToken }),
    suite,
    scenario: options.scenario,
    pace,
    argv,
    variables: options.env.map(readVariable),
    access: pastProxy(process.env),
    timeout: ((readTimeout(options.timeout) ?? USUAL_TIMEOUT) as number) / pace,
    settle: readSettle(options.settle) as number | undefined,
    tolerance: options.tolerance,
    anyExit: options.anyExit ?? false,
    show: options.output ?? false,
    known,
  };
  const names = await chooseThere(attached);
  const title = suite ?? formatCount(names.length, 'scenario');
  const many = suite ? t`${formatCount(names.length, 'scenario')} of ${suite}` : t(title);
  process.stdout.write(pc.dim(`${t`playing ${many} in the sandbox at ${attached.url}`}\n`));
  const progress = makeProgress(names.length, process.stdout);
  const chapters = await playThere(attached, names, progress).finally(closeKeyboard);
  const report: Report = { title, chapters };
  await settleBaseline(report, known, options.anyExit);
  process.stdout.write('\n');
  await tellReport(report, reporting, () => undefined);
  return exitCodeOf(report, options);
}

function refuseOthers(options: ExecOptions): void {
  const other = ITS_OWN.find((name) => (options as unknown as Record<string, unknown>)[name]);
  if (other === undefined) return;
  const name = `--${other.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const what = `--attach and ${name} exclude each other`;
  const hint = 'the sandbox there was started with its own options';
  throw new UsageError('USAGE_OPTION_CONFLICT', what, hint);
}
