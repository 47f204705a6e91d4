import { filesNamed } from '../load/files-named.js';
import type { ServedFiles } from '../load/pack-description.js';
import type { ServerOptions } from '../load/server-options.js';
import type { ClockSetting } from '../sandbox/clock.js';
import { showExchange } from '../sandbox/control/views.js';
import type { Exchange } from '../sandbox/journal.js';
import type { Droppable, Session, SessionEvent } from '../sandbox/session.js';
import type { Rules } from '../sandbox/settings.js';
import type { Validate } from '../sandbox/setup.js';
import { say } from '../say.js';
import { type RunningServer, startServer } from '../server/server.js';
import { banner, boardUrl } from './banner.js';
import { tendHeap } from './heap.js';
import { logLine } from './log-line.js';
import { type ChaosFlags, readChaosFlags, readTlsFlags, type TlsFlags } from './options.js';
import { say as print } from './output.js';
import { sayNotice } from './print-error.js';
import { onStdinEnd, stopOnSignal } from './stop-on-signal.js';

/** What the command line gives. */
export interface ServeOptions
  extends ChaosFlags,
    TlsFlags,
    ServedFiles,
    Pick<
      ServerOptions,
      | 'upstream'
      | 'stubs'
      | 'store'
      | 'teams'
      | 'maxBody'
      | 'maxHeaderSize'
      | 'webhooks'
      | 'auth'
      | 'quota'
    > {
  port: number;
  host: string;
  scenario?: string;
  clock?: ClockSetting;
  envelope?: string;
  rules?: Rules;
  validate?: Validate;
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
  open?: boolean;
  endsWithStdin?: boolean;
}

/** Serves until SIGTERM or SIGINT. */
export async function serve(
  files: readonly string[],
  options: ServeOptions,
  version: string,
): Promise<void> {
  const { json = false, quiet = false } = options;
  const served = filesNamed(files, options);
  const notice = (text: string) =>
    print(json ? JSON.stringify({ event: 'notice', text }) : sayNotice(text));
  const report = makeReporter(json, quiet, notice);
  const tend = tendHeap((options.store ?? 'memory') !== 'memory');
  const onEvent = (session: Session, event: SessionEvent) => {
    if (event.kind === 'exchange') tend();
    report(session, event);
  };
  const starting = startServer(toServerOptions({ ...options, ...served }), {
    onEvent,
    onNotice: notice,
  });
  const stop = stopOnSignal(json ? () => {} : print, async () => (await starting).close());
  if (options.endsWithStdin) onStdinEnd(() => stop('standard input has ended'));
  const server = await starting;
  print(json ? listening(server) : banner(server, version, { ...served, named: files }));
  if (options.open) await openBrowser(boardUrl(server), notice);
}

/** A machine without a browser is no reason to stop serving. */
async function openBrowser(url: string, notice: (text: string) => void): Promise<void> {
  const failed = (error: Error) =>
    notice(say`no browser could be opened (${error.message}); open ${url} by hand`);
  try {
    const { default: open } = await import('open');
    (await open(url)).once('error', failed);
  } catch (error) {
    failed(error as Error);
  }
}

function toServerOptions(options: ServeOptions): ServerOptions {
  const {
    keepJournal,
    keepJobs,
    keepResources,
    keepSessions,
    json,
    quiet,
    open,
    endsWithStdin,
    setting,
    ...more
  } = options;
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
        print(
          JSON.stringify({
            event: exchange.delivery ? 'delivery' : 'exchange',
            ...(session.setup.team === undefined ? {} : { team: session.setup.team }),
            session: session.name,
            ...showExchange(exchange, session.setup),
          }),
        )
    : (session: Session, exchange: Exchange) =>
        print(logLine(nameOf(session), exchange, session.setup.masking));
  return (session: Session, event: SessionEvent) => {
    if (event.kind === 'dropped') dropped(session, event.what);
    else if (event.kind === 'evicted') evicted(session.name);
    else if (event.kind === 'exchange' && !quiet && !event.elsewhere) tell(session, event.exchange);
  };
}

/** A session's name, behind that of its team where there are any. */
function nameOf({ name, setup: { team } }: Session): string {
  return team === undefined ? name : `${team}/${name}`;
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
    notice(
      say`session ${nameOf(session)} lets its oldest ${things} go (${count} so far); ${option} keeps more`,
    );
  };
}

/** Tells of the first session that gives way to a new one, then of every thousandth. */
function makeEvictionReporter(notice: (text: string) => void) {
  let count = 0;
  return (session: string) => {
    count += 1;
    if (count !== 1 && count % 1000 !== 0) return;
    notice(
      say`session ${session}, not used for the longest, gives way to a new one (${count} so far); --keep-sessions keeps more`,
    );
  };
}

function listening({ url, addresses, authority, sandbox, teams }: RunningServer): string {
  const { apis } = sandbox.setup;
  const shown = apis.map(({ contract, binding, catalogue }) => ({
    contract: contract.title,
    binding: binding.name,
    ...(binding.kind === undefined ? {} : { kind: binding.kind }),
    // `guessed` with no operation that schedules: nothing looks like a job.
    binding_from: binding.origin ?? 'named',
    schedules: [...binding.schedules.keys()],
    report: binding.report.operation,
    ...(binding.guessed
      ? { questions: binding.guessed.questions, others: binding.guessed.others }
      : {}),
    scenarios: catalogue.size,
  }));
  const all = apis.map(({ name }, i) => ({ name, ...shown[i] }));
  return JSON.stringify({
    event: 'listening',
    url,
    ...(addresses.length > 1 ? { addresses } : {}),
    ...(authority === undefined ? {} : { authority }),
    ...(teams ? { teams } : {}),
    ...shown[0],
    ...(apis.length > 1 ? { apis: all } : {}),
  });
}
