import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeStateless, type Stateless } from '../contract/stateless.js';
import { formatProblem } from '../problem.js';
import { isProblem, Sandbox } from '../sandbox/sandbox.js';
import type { Session, SessionEvent } from '../sandbox/session.js';
import { readAddress } from './address.js';
import type { Incoming } from './app.js';
import { openExchange } from './exchange.js';
import { loadSetup, UsageError } from './load.js';
import { foldersOf, isLoopback, type ServerOptions } from './options.js';
import { answerPoll } from './poll-route.js';
import { loadScenarios } from './scenario-files.js';

export const CONTROL = '/__sandbox';

/** A server that listens. */
export interface RunningServer {
  /** Without a slash at its end: `http://127.0.0.1:4010`. */
  url: string;
  sandbox: Sandbox;
  /** Finishes open requests, then resolves. */
  close(): Promise<void>;
}

/** Told of what happens; both are for people and logs. */
export interface Listeners {
  onEvent?: (session: Session, event: SessionEvent) => void;
  onNotice?: (text: string) => void;
}

type App = (req: IncomingMessage, res: ServerResponse) => void;

/**
 * Starts a sandbox.
 * @throws FileError for a file that cannot be used, UsageError for options that cannot be
 */
export async function startServer(
  options: ServerOptions = {},
  { onEvent, onNotice = () => {} }: Listeners = {},
): Promise<RunningServer> {
  const { host = '127.0.0.1', port = 4010, controlToken } = options;
  if (!isLoopback(host) && !controlToken) {
    throw new UsageError(
      `listening on ${host} opens the control API to the network; give it a secret with --control-token (or ESOZ_CONTROL_TOKEN)`,
    );
  }
  const setup = await loadSetup(options);
  const sandbox = new Sandbox(setup, onEvent);
  const stateless = makeStateless(setup.contract.file, options.seed);
  const server = createServer();
  const url = await listen(server, host, port);
  const app = lazyApp(sandbox, stateless, url, controlToken);
  server.on('request', makeHandler(sandbox, url, app));
  const watching = options.watch ? watch(options, sandbox, onNotice) : undefined;
  return {
    url,
    sandbox,
    close: async () => {
      await (await watching)?.();
      const closed = new Promise<void>((done) => server.close(() => done()));
      for (const session of sandbox.sessions()) session.close();
      server.closeIdleConnections();
      await closed;
      await stateless.close();
    },
  };
}

/** Polls take the short way; everything else goes to Express. */
function makeHandler(sandbox: Sandbox, base: string, app: App): App {
  const { contract, binding } = sandbox.setup;
  const report = binding.report.operation;
  return (req, res) => {
    const { session: prefix, path, query } = readAddress(req.url ?? '/');
    if (path.startsWith(CONTROL)) {
      req.url = path + query;
      app(req, res);
      return;
    }
    const header = req.headers['x-sandbox-session'];
    const session = sandbox.session(prefix ?? (header === undefined ? undefined : String(header)));
    if (isProblem(session)) {
      refuseSession(res, session.status, session.problem);
      return;
    }
    const exchange = openExchange(req, res, session, path + query, base);
    const route = req.method === 'GET' ? contract.route('GET', path) : undefined;
    if (route?.kind === 'found' && route.operation.id === report) {
      answerPoll(exchange, route.operation, route.params, query);
      return;
    }
    req.url = path + query;
    (req as Incoming).exchange = exchange;
    app(req, res);
  };
}

/** Express is imported after the server listens, or when the first request needs it. */
function lazyApp(sandbox: Sandbox, stateless: Stateless, url: string, token?: string): App {
  const load = async () => {
    const [{ makeApp }, { makeControlApi }] = await Promise.all([
      import('./app.js'),
      import('./control/control-api.js'),
    ]);
    return makeApp(stateless, makeControlApi(sandbox, url, token));
  };
  let loading: Promise<App> | undefined;
  let app: App | undefined;
  setImmediate(() => {
    loading ??= load();
  }).unref();
  return (req, res) => {
    if (app) {
      app(req, res);
      return;
    }
    loading ??= load();
    void loading.then((ready) => {
      app = ready;
      ready(req, res);
    });
  };
}

/** There is no session to write this into, nor a binding's envelope that would be surely right. */
function refuseSession(res: ServerResponse, status: number, message: string): void {
  const type = status === 429 ? 'too_many_requests' : 'bad_request';
  const body = JSON.stringify({ meta: { code: status }, error: { type, message } });
  res.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  res.end(body);
}

function listen(server: Server, host: string, port: number): Promise<string> {
  // A poller that asks every minute must not find its connection closed under its request.
  server.keepAliveTimeout = 75_000;
  return new Promise((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (
        error.code !== 'EADDRINUSE' &&
        error.code !== 'EACCES' &&
        error.code !== 'EADDRNOTAVAIL'
      ) {
        fail(error);
        return;
      }
      const next =
        error.code === 'EADDRNOTAVAIL'
          ? 'choose another --host'
          : 'choose another --port, or 0 for a free one';
      fail(new UsageError(`cannot listen on ${host}:${port} (${error.code}); ${next}`));
    });
    server.listen(port, host, () => {
      const { port: actual } = server.address() as AddressInfo;
      done(`http://${host.includes(':') ? `[${host}]` : host}:${actual}`);
    });
  });
}

/** Reads all scenarios again when one changes; what has mistakes keeps its former text. */
async function watch(
  options: ServerOptions,
  sandbox: Sandbox,
  notice: (text: string) => void,
): Promise<() => Promise<void>> {
  const { setup } = sandbox;
  const folders = foldersOf(options, setup.binding.name);
  const { watch: watchFiles } = await import('chokidar');
  const watcher = watchFiles(folders, {
    ignoreInitial: true,
    awaitWriteFinish: { stabilityThreshold: 50, pollInterval: 10 },
  });
  const reload = async () => {
    const { catalogue, problems } = await loadScenarios(setup, folders);
    const faulty = new Set(problems.map((p) => p.file));
    const kept = [...setup.catalogue.values()].filter((s) => faulty.has(s.file));
    setup.catalogue = new Map([...kept.map((s) => [s.name, s] as const), ...catalogue]);
    for (const problem of problems) notice(formatProblem(problem));
    const state = problems.length > 0 ? '; files with mistakes keep their former text' : '';
    notice(`scenarios read again: ${setup.catalogue.size}${state}`);
  };
  watcher.on('all', (_, path) => {
    if (/\.ya?ml$/.test(path)) void reload().catch((error: Error) => notice(error.message));
  });
  return () => watcher.close();
}
