import pc from 'picocolors';
import { type Statement, stateOf } from '../report/statement.js';
import { UsageError } from '../sandbox-error.js';
import { t } from '../texts/spoken.js';
import { printable } from '../view/printable.js';
import { checkStatement, NotGenuine } from './attest/check.js';
import { writeKeys } from './attest/keys.js';
import { signStatement } from './attest/sign.js';
import { VERDICT_EXIT } from './exec/exit-code.js';
import { EXIT, tellError, usageIfFileFails } from './print-error.js';
import { readReport } from './read-report.js';

export interface AttestOptions {
  key?: string;
  client?: string;
  clientVersion?: string;
  check?: string;
  newKey?: string;
  json?: boolean;
}

/** Signs, checks, or makes keys. @returns the exit code @throws UsageError */
export async function attest(report: string | undefined, options: AttestOptions): Promise<number> {
  const { newKey, check } = options;
  if (newKey !== undefined) return makeKeys(newKey);
  if (check !== undefined) return checkOne(check, options);
  if (report === undefined) {
    const hint = 'name a JSON report, or --check FILE, or --new-key FILE';
    throw new UsageError('USAGE_WRONG_OPTION', 'there is nothing to sign', hint);
  }
  return (await usageIfFileFails(signOne(report, options))) ?? EXIT.usage;
}

async function makeKeys(file: string): Promise<number> {
  const kid = await writeKeys(file);
  process.stdout.write(
    `${t`${file} signs: keep it secret; ${`${file}.pub`} checks: give it away`}\n`,
  );
  process.stdout.write(`${pc.dim(kid)}\n`);
  return VERDICT_EXIT.held;
}

async function signOne(file: string, options: AttestOptions): Promise<number> {
  const { key, client: name, clientVersion: version } = options;
  const lacking = [
    ...(key === undefined ? ['--key FILE'] : []),
    ...(name === undefined ? ['--client NAME'] : []),
    ...(version === undefined ? ['--client-version VERSION'] : []),
  ];
  if (key === undefined || name === undefined || version === undefined) {
    const what = `attest lacks ${lacking.join(', ')}`;
    const hint = 'a statement says which version of which client was played, and who says so';
    throw new UsageError('USAGE_WRONG_OPTION', what, hint);
  }
  const report = await readReport(file);
  const statement = stateOf(report, { name, version }, new Date().toISOString());
  if (!statement) {
    const what = `${file} does not tell what it was made with`;
    const hint = 'write it with exec --report json=FILE of this version';
    throw new UsageError('ATTEST_NOTHING_TO_SAY', what, hint);
  }
  process.stdout.write(`${await signStatement(statement, key)}\n`);
  return VERDICT_EXIT.held;
}

async function checkOne(file: string, { key, json }: AttestOptions): Promise<number> {
  if (key === undefined) {
    const hint = 'name the public key of who has signed it: --key FILE.pub';
    throw new UsageError('USAGE_WRONG_OPTION', '--check goes with --key', hint);
  }
  try {
    const statement = await checkStatement(file, key);
    process.stdout.write(json ? `${JSON.stringify(statement, null, 2)}\n` : tell(statement));
    return VERDICT_EXIT.held;
  } catch (error) {
    if (!(error instanceof NotGenuine)) throw error;
    tellError(error);
    return VERDICT_EXIT.finding;
  }
}

/** Fast time tells no milliseconds apart that true time would: whoever reads a statement is to know. */
function tellFast({ fast, matrix }: Statement): string[] {
  if (fast === undefined) return [];
  const many = matrix.filter((one) => one.fast !== undefined).length;
  return [
    `  ${t`${many} of ${matrix.length} scenarios in time that ran up to ${fast} times as fast`}`,
  ];
}

/** A statement for people. */
function tell(statement: Statement): string {
  const { client, signed, played, sandbox, profile, title, contracts, held, matrix, pace } =
    statement;
  const loosened = [
    ...Object.entries(statement.tolerances ?? {}).map(([rule, value]) => `${rule}=${value}`),
    ...(statement.anyExit ? ['--any-exit'] : []),
  ];
  const width = Math.max(...matrix.map(({ scenario }) => scenario.length));
  const lines = [
    `${pc.bold(t('genuine'))}: ${client.name} ${client.version}, ${held ? t('all held') : t('not all held')}`,
    `  ${t`played ${played}, signed ${signed}, ESOZ Sandbox ${sandbox}`}`,
    `  ${profile ? `${t`profile ${profile.name}`} ${profile.hash}` : t`suite ${title}`}`,
    ...(profile?.missing.length
      ? [`  ${t`not all of the profile: without ${profile.missing.join(', ')}`}`]
      : []),
    ...(loosened.length > 0 ? [`  ${t`loosened: ${loosened.join(', ')}`}`] : []),
    ...contracts.map((one) => `  ${one.title} ${one.version} ${one.sha256 ?? ''}`),
    ...(pace === 1 ? [] : [`  ${t`paced, ${pace} times as fast`}`]),
    ...tellFast(statement),
    ...matrix.map(({ scenario, ended, rules }) => {
      const of = (wanted: string) => Object.values(rules).filter((one) => one === wanted).length;
      const mark = ended === 'held' ? '✓' : ended === 'red' ? '✗' : '!';
      return `  ${mark} ${scenario.padEnd(width)}  ${t`${of('passed')} passed, ${of('failed')} failed, ${of('not exercised')} not exercised`}`;
    }),
  ];
  return `${lines.map(printable).join('\n')}\n`;
}
