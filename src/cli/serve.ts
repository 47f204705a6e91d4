import pc from 'picocolors';
import type { Operation } from '../contract/operation.js';
import type { ServedFiles } from '../load/pack-description.js';
import type { ServerOptions } from '../load/server-options.js';
import type { Api } from '../sandbox/api.js';
import type { ClockSetting } from '../sandbox/clock.js';
import { showExchange } from '../sandbox/control/views.js';
import type { Exchange } from '../sandbox/journal.js';
import type { Droppable, Session, SessionEvent } from '../sandbox/session.js';
import type { Rules } from '../sandbox/settings.js';

import { CONTROL, type RunningServer, startServer } from '../server/server.js';
import { tendHeap } from './heap.js';
import { logLine } from './log-line.js';
import { type ChaosFlags, readChaosFlags, readTlsFlags, type TlsFlags } from './options.js';
import { say } from './output.js';
import { stopOnSignal } from './stop-on-signal.js';
import { quoted, trustLines } from './trust-lines.js';

/** What the command line gives. */
export interface ServeOptions
  extends ChaosFlags,
    TlsFlags,
    ServedFiles,
    Pick<ServerOptions, 'upstream' | 'stubs' | 'maxBody' | 'maxHeaderSize'> {
  port: number;
  host: string;
  scenario?: string;
  clock?: ClockSetting;
  envelope?: string;
  rules?: Rules;
  setting: readonly (readonly [name: string, value: string])[];
  seed?: number;
  controlToken?: string;
  cors?: string[];
  trustProxy?: string[];
  keepJournal: number;
  keepJobs: number;
  keepResources: number;
  keepSessions: number;
  json?: boolean;
  quiet?: boolean;
}

/** Serves until SIGTERM or SIGINT. */
export async function serve(options: ServeOptions, version: string): Promise<void> {
  const { json = false, quiet = false } = options;
  const notice = (text: string) => say(json ? JSON.stringify({ event: 'notice', text }) : text);
  const report = makeReporter(json, quiet, notice);
  const tend = tendHeap();
  const onEvent = (session: Session, event: SessionEvent) => {
    if (event.kind === 'exchange') tend();
    report(session, event);
  };
  const starting = startServer(toServerOptions(options), { onEvent, onNotice: notice });
  stopOnSignal(json ? () => {} : say, async () => (await starting).close());
  const server = await starting;
  say(json ? listening(server) : banner(server, version, options));
}

function toServerOptions(options: ServeOptions): ServerOptions {
  const { keepJournal, keepJobs, keepResources, keepSessions, json, quiet, setting, ...more } =
    options;
  const { chaos: _, chaosSeed, chaosFaults, tls: _tls, tlsKey, tlsCert, tlsFolder, ...rest } = more;
  const tls = readTlsFlags(options);
  const chaos = readChaosFlags(options);
  const limits = {
    journal: keepJournal,
    jobs: keepJobs,
    resources: keepResources,
    sessions: keepSessions,
  };
  const settings = Object.fromEntries(setting);
  return {
    ...rest,
    ...(chaos ? { chaos } : {}),
    ...(tls ? { tls } : {}),
    limits,
    settings,
    watch: true,
  };
}

function makeReporter(json: boolean, quiet: boolean, notice: (text: string) => void) {
  const dropped = makeDropReporter(notice);
  const evicted = makeEvictionReporter(notice);
  const tell = json
    ? (session: Session, exchange: Exchange) =>
        say(
          JSON.stringify({
            event: 'exchange',
            session: session.name,
            ...showExchange(exchange, session.setup.compressor),
          }),
        )
    : (session: Session, exchange: Exchange) => say(logLine(session.name, exchange));
  return (session: Session, event: SessionEvent) => {
    if (event.kind === 'dropped') dropped(session, event.what);
    else if (event.kind === 'evicted') evicted(session.name);
    else if (event.kind === 'exchange' && !quiet) tell(session, event.exchange);
  };
}

/** What a session lets go, in words, and the option that keeps more of it. */
const DROPPED: Readonly<Record<Droppable, readonly [string, string]>> = {
  exchange: ['exchanges of the journal', '--keep-journal'],
  job: ['finished jobs', '--keep-jobs'],
  resource: ['resources', '--keep-resources'],
};

/** Tells of the first thing that a session lets go, then of every ten thousandth. */
function makeDropReporter(notice: (text: string) => void) {
  const counts = new WeakMap<Session, Record<Droppable, number>>();
  return (session: Session, what: Droppable) => {
    const dropped = counts.get(session) ?? { exchange: 0, job: 0, resource: 0 };
    counts.set(session, dropped);
    dropped[what] += 1;
    const count = dropped[what];
    if (count !== 1 && count % 10_000 !== 0) return;
    const [things, option] = DROPPED[what];
    const how = `(${count} so far); ${option} keeps more`;
    notice(`session ${session.name} lets its oldest ${things} go ${how}`);
  };
}

/** Tells of the first session that gives way to a new one, then of every thousandth. */
function makeEvictionReporter(notice: (text: string) => void) {
  let count = 0;
  return (session: string) => {
    count += 1;
    if (count !== 1 && count % 1000 !== 0) return;
    notice(
      `session ${session}, not used for the longest, gives way to a new one (${count} so far); --keep-sessions keeps more`,
    );
  };
}

function listening({ url, addresses, authority, sandbox }: RunningServer): string {
  const { apis } = sandbox.setup;
  const shown = apis.map(({ contract, binding, catalogue }) => ({
    contract: contract.title,
    binding: binding.name,
    scenarios: catalogue.size,
  }));
  const all = apis.map(({ name }, i) => ({ name, ...shown[i] }));
  return JSON.stringify({
    event: 'listening',
    url,
    ...(addresses.length > 1 ? { addresses } : {}),
    ...(authority === undefined ? {} : { authority }),
    ...shown[0],
    ...(apis.length > 1 ? { apis: all } : {}),
  });
}

function banner(server: RunningServer, version: string, files: ServedFiles): string {
  const { url, sandbox } = server;
  const { apis, clock, rules } = sandbox.setup;
  const several = apis.length > 1;
  const pace = clock.mode === 'paced' ? ` (${clock.pace} times faster)` : '';
  return [
    `${pc.bold(`ESOZ Sandbox ${version}`)}  ${pc.green(url)}`,
    '',
    ...apis.flatMap((api) => [
      `  serves    ${whatIsServed(api, url)}`,
      `  plays     ${whatPlays(api, several ? undefined : files.pack)}`,
    ]),
    `  clock     ${clock.mode}${pace}`,
    ...(rules === 'off' ? ['  rules     off: only scenarios play'] : []),
    `  control   ${url}${CONTROL}/health`,
    ...wayLines(server),
    '',
    'Try it (put the id of the first answer in the place of JOB_ID):',
    '',
    ...apis.flatMap((api) => [
      ...(several ? [pc.dim(`  # ${api.name}`)] : []),
      ...curlLines(api, url).map((line) => `  ${trusting(line, server.authority)}`),
    ]),
    '',
    pc.dim('One line for each exchange follows; Ctrl-C stops.'),
    '',
  ].join('\n');
}

function whatIsServed({ contract, binding }: Api, url: string): string {
  const base = binding.prefixes.map((p) => url + p).join(', ');
  const { title, version, operations } = contract;
  return `${title} ${version}: ${operations.size} operations below ${base}`;
}

/** By which other addresses it can be called, and what a client of https has to trust. */
function wayLines({ addresses, authority }: RunningServer): string[] {
  const [, ...others] = addresses;
  return [
    ...(others.length > 0 ? [`  also at   ${others.join(', ')}`] : []),
    ...(authority === undefined
      ? []
      : [
          '',
          `Let your client trust ${authority}:`,
          '',
          ...trustLines(authority).map((line) => `  ${line}`),
        ]),
  ];
}

function trusting(line: string, authority: string | undefined): string {
  if (authority === undefined) return line;
  return line.replaceAll('curl -s ', () => `curl -s --cacert ${quoted(authority)} `);
}

/** A scenario that is in no file is not what jobs live by. */
function whatPlays({ catalogue, scenario, fallback }: Api, pack: ServedFiles['pack']): string {
  if (catalogue.size === 0) {
    const own = 'a folder of scenarios of your own is named by --scenarios';
    return `${fallback.name} (${fallback.title}); ${own}`;
  }
  const list = `esoz-sandbox scenarios${pack === undefined ? '' : ` --pack ${pack}`}`;
  const played = catalogue.has(scenario) ? scenario : fallback.name;
  return `${played}, unless you choose one of the ${catalogue.size} scenarios (${list})`;
}

/** The path with the contract's own examples in it; a parameter without one stays as it is, for a person to fill in. */
function withExamples({ path, parameters }: Operation): string {
  return path.replace(/\{([^}]+)\}/g, (place, name: string) => {
    const { example } = parameters.find((p) => p.in === 'path' && p.name === name) ?? {};
    return example === undefined ? place : String(example);
  });
}

/** Three lines to copy: schedule a job, poll it, choose the next one's scenario. */
export function curlLines(api: Api, url: string): string[] {
  const { contract, binding } = api;
  const prefix = url + (binding.prefixes.at(-1) ?? '');
  const first = [...binding.schedules.keys()].find((id) => contract.operations.has(id)) ?? '';
  const schedule = contract.operations.get(first);
  const report = contract.operations.get(binding.report.operation);
  if (!schedule || !report) return [];
  const failing = [...api.catalogue.values()].find(
    (s) => s.group === 'failed' && s.operations === undefined,
  );
  const json = "-H 'Content-Type: application/json'";
  const path = withExamples(schedule);
  const create = `-X ${schedule.method} ${prefix}${path} ${headersOf(schedule)} ${json} -d @-`;
  const job = report.path.replace(`{${binding.report.job}}`, 'JOB_ID');
  const next = failing ?? api.catalogue.values().next().value;
  return [
    `curl -s ${url}${CONTROL}/examples/${schedule.id} | curl -s ${create}`,
    `curl -s ${prefix}${job} ${headersOf(report)}`,
    ...(next
      ? [
          `curl -s -X POST ${url}${CONTROL}/sessions/default/next ${json} -d '{"scenario": "${next.name}"}'`,
        ]
      : []),
  ];
}

function headersOf({ security }: Operation): string {
  return (security[0] ?? [])
    .filter((scheme) => scheme.in === 'header')
    .map(({ name, prefix }) => `-H '${name}: ${prefix ? `${prefix} ` : ''}demo'`)
    .join(' ');
}
