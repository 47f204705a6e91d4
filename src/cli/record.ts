import { randomBytes } from 'node:crypto';
import pc from 'picocolors';
import { loadApis } from '../load/load-setup.js';
import type { ServedFiles } from '../load/pack-description.js';
import { isLoopback } from '../load/server-options.js';
import { checkReport } from '../record/check-report.js';
import { Files } from '../record/files.js';
import type { Traffic } from '../record/judge/traffic.js';
import type { By } from '../record/life.js';
import { makeMasker, NO_MASK } from '../record/mask.js';
import { maskTarget } from '../record/mask-message.js';
import type { Noted } from '../record/recorder.js';
import type { Seen } from '../record/seen.js';
import { type RunningRecorder, startRecorder } from '../record/start.js';
import { describeSilence, wasSilent } from '../report/describe.js';
import { jsonReport } from '../report/json.js';
import type { Apis } from '../sandbox/api.js';
import { SandboxError, UsageError } from '../sandbox-error.js';
import { type ForwardProxy, proxyFor } from '../server/http/forward-proxy.js';
import { bareHost } from '../server/http/own-address.js';
import { t } from '../texts/spoken.js';
import { DURATION_HINT, parseDuration } from '../time/duration.js';
import { writeReports } from './exec/report-files.js';
import { tellReport } from './exec/reporting.js';
import { readTlsFlags, type TlsFlags } from './options.js';
import { say } from './output.js';
import { sayNotice, tellError } from './print-error.js';
import { stopOnSignal } from './stop-on-signal.js';
import { judgeTraffic, prepareTraffic, type TrafficFlags, type TrafficJudging } from './traffic.js';
import { trustAdvice } from './trust-lines.js';

/** What the command line gives. */
export interface RecordCommand extends ServedFiles, TlsFlags, TrafficFlags {
  upstream: string;
  out: string;
  port: number;
  host: string;
  by: By;
  check?: boolean;
  /** Tell at the end what the auditor says of the client. */
  judge?: boolean;
  /** False, or the fields to mask besides the usual ones. */
  mask: boolean | string[];
  keep: string[];
  timeout: string;
  json?: boolean;
  quiet?: boolean;
}

const EXIT = { departures: 1, unwritten: 3 } as const;
/** What says how the client is judged, and nothing without `--judge`. */
const OF_JUDGING = [
  ...['report', 'tolerance', 'baseline', 'writeBaseline', 'allowMended', 'profile', 'whileRunning'],
] as const;

/** Records until SIGTERM or SIGINT. @throws FileError, UsageError */
export async function record(options: RecordCommand): Promise<void> {
  const { json = false, quiet = false, host, port, by, check = false } = options;
  const upstream = readUpstream(options.upstream);
  const proxy = proxyFor(upstream, process.env);
  const timeout = parseDuration(options.timeout) ?? 0;
  if (timeout <= 0) {
    const what = `--timeout ${options.timeout} is not a duration`;
    throw new UsageError('USAGE_WRONG_OPTION', what, DURATION_HINT);
  }
  const apis = await loadApis(options);
  const notice = (text: string) =>
    say(json ? JSON.stringify({ event: 'notice', text }) : sayNotice(text));
  const asked = readTlsFlags(options);
  const tls =
    asked &&
    (await (await import('../server/tls/load-tls.js')).loadTls(asked, bareHost(host), notice));
  checkJudging(options);
  const judging = options.judge ? await prepareTraffic(options, false) : undefined;
  const files = await openFiles(options.out);
  const masker = maskerOf(options, apis);
  const onSeen = (seen: Seen, noted: Noted) => {
    const ids = seen.route.kind === 'found' ? Object.values(seen.route.params) : [];
    const path = maskTarget(masker, seen.target, ids);
    if (!quiet) say(json ? jsonLine(seen, noted, path) : logLine(seen, noted, path));
  };
  const starting = startRecorder({
    apis, upstream, proxy, tls, files, masker, host, port, by, check, timeout, now: Date.now, judge: options.judge ?? false, onSeen, onNotice: notice,
  }); // biome-ignore format: one thing
  const tell = json ? () => {} : say;
  stopOnSignal(
    tell,
    async () => (await starting).close(),
    async () => end(await starting, apis, files, tell, judging && { ...judging, json }),
  );
  const recorder = await starting;
  for (const warning of warnings(options, upstream)) process.stderr.write(`${t(warning)}\n`);
  say(
    json
      ? JSON.stringify({ event: 'listening', url: recorder.url, authority: recorder.authority })
      : banner(recorder, apis, options, proxy),
  );
}

function readUpstream(text: string): URL {
  const hint = 'write https://api.example.org, with a path if the system has one';
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    const what = `--upstream "${text}" is no http or https URL`;
    throw new UsageError('USAGE_WRONG_URL', what, hint);
  }
  const url = new URL(text);
  if (url.username || url.password || url.search || url.hash) {
    const what = '--upstream takes no credentials, query or fragment';
    throw new UsageError('USAGE_WRONG_URL', what, hint);
  }
  return url;
}

async function openFiles(out: string): Promise<Files> {
  const hint = 'name a folder that you may write to with --out';
  const failed = (message: string) => process.stderr.write(`${t(message)}; ${t(hint)}\n`);
  return Files.open(out, failed).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError('USAGE_CANNOT_WRITE', `cannot write to ${out} (${error.code})`, hint);
  });
}

function maskerOf({ mask, keep }: RecordCommand, apis: Apis) {
  if (mask === false) return NO_MASK;
  // Of headers and cookies all is masked that is not known to be harmless.
  const more = [
    ...(Array.isArray(mask) ? mask : []),
    ...apis.flatMap(({ contract }) => [...contract.secrets.query]),
  ];
  return makeMasker({ key: randomBytes(32), mask: more, keep });
}

function warnings(options: RecordCommand, upstream: URL): string[] {
  const { host, mask } = options;
  const open = !isLoopback(host) && readTlsFlags(options) === undefined;
  return [
    ...(!open
      ? []
      : [
          `warning: ${host} is open to the network, and whoever reaches it sends its credentials in the clear`,
        ]),
    ...(upstream.protocol === 'http:' && !isLoopback(upstream.hostname)
      ? ['warning: credentials go to the upstream in the clear; use https if it can']
      : []),
    ...(mask === false
      ? ['warning: nothing is masked; the files will hold tokens and personal data']
      : []),
  ];
}

/** Writes the report, tells where things are. @returns the exit code */
async function end(
  { check, exchanges, traffic, forget }: RunningRecorder,
  apis: Apis,
  files: Files,
  say: (text: string) => void,
  judging: (TrafficJudging & { json: boolean }) | undefined,
): Promise<number> {
  if (check) {
    const report = checkReport(check, titleOf(apis));
    const name = exchanges.replace(/^exchanges(.*)jsonl$/, 'check$1txt');
    files.write(name, report);
    say(`\n${report}`);
  }
  await files.flush();
  if (files.failed) return EXIT.unwritten;
  const judged = judging ? await tellJudged(traffic(), apis, judging) : 0;
  forget();
  return check && check.departures.length > 0 ? EXIT.departures : judged;
}

/** @throws UsageError */
function checkJudging(options: RecordCommand): void {
  if (options.judge) return;
  const given = OF_JUDGING.find((name) => {
    const value = options[name as keyof RecordCommand];
    return Array.isArray(value) ? value.length > 0 : value !== undefined;
  });
  if (given === undefined) return;
  const option = given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const hint = 'without --judge nothing is said of the client';
  throw new UsageError('USAGE_OPTION_CONFLICT', `--${option} goes with --judge`, hint);
}

/** The verdict of what has passed through. @returns the exit code */
async function tellJudged(
  traffic: Traffic,
  apis: Apis,
  judging: TrafficJudging & { json: boolean },
): Promise<number> {
  const { reporting, json } = judging;
  try {
    const given = { name: 'record', apis, traffic };
    const judged = await judgeTraffic(t('What has passed through'), given, judging);
    const { report, verdict, code } = judged;
    if (json) {
      const told = JSON.parse(jsonReport(report)) as object;
      say(JSON.stringify({ event: 'verdict', ...told }));
      await writeReports(report, reporting.reports, () => undefined);
    } else await tellReport(report, reporting, () => undefined);
    if (wasSilent(verdict)) process.stderr.write(`${describeSilence(verdict)}\n`);
    return code;
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    tellError(error);
    return EXIT.unwritten;
  }
}

function titleOf(apis: Apis): string {
  return apis.map(({ contract }) => `${contract.title} ${contract.version}`).join(' and ');
}

function banner(
  { url, addresses, authority, exchanges }: RunningRecorder,
  apis: Apis,
  options: RecordCommand,
  proxy: ForwardProxy | undefined,
): string {
  return [
    `${pc.bold(t('ESOZ Sandbox, recording'))}  ${pc.green(url)}`,
    '',
    ...(addresses.length > 1 ? [row('also at', addresses.slice(1).join(', '))] : []),
    row(
      'passes on to',
      proxy ? t`${options.upstream}, by way of the proxy ${proxy.shown}` : options.upstream,
    ),
    row('follows', t`jobs of ${titleOf(apis)}`),
    row('writes', t`recorded-*.yaml and ${exchanges} to ${options.out}`),
    '',
    ...(authority === undefined ? [] : [...trustAdvice(authority), '']),
    pc.dim(t('One line for each exchange follows; Ctrl-C ends the recording.')),
    '',
  ].join('\n');
}

/** What a line is about, and what there is to say. */
function row(about: string, text: string): string {
  return `  ${t(about).padEnd(14)}${text}`;
}

function logLine(
  { at, until, method, answer, failure }: Seen,
  { file, words }: Noted,
  path: string,
) {
  const status = failure ?? String(answer?.status);
  return [
    pc.dim(new Date(at).toISOString().slice(11, 23)),
    `${method.padEnd(5)} ${path}`,
    failure ? pc.red(t(status)) : status,
    ...(words === undefined || words === status ? [] : [pc.bold(t(words))]),
    ...(file === undefined ? [] : [pc.dim(file)]),
    pc.dim(t`${until - at} ms`),
  ].join('  ');
}

function jsonLine(
  { at, until, method, answer, failure }: Seen,
  noted: Noted,
  path: string,
): string {
  const status = answer?.status;
  const took = until - at;
  return JSON.stringify({
    event: 'exchange',
    at: new Date(at).toISOString(),
    took,
    method,
    path,
    status,
    failure,
    ...noted,
  });
}
