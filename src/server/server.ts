import type { ServerResponse } from 'node:http';
import { makeStateless, type Stateless } from '../contract/stateless.js';
import { formatProblem } from '../problem.js';
import { renderRefusal } from '../sandbox/answer.js';
import { isProblem, Sandbox } from '../sandbox/sandbox.js';
import type { Session, SessionEvent } from '../sandbox/session.js';
import { readAddress } from './address.js';
import { answerUnreadable } from './api.js';
import type { Incoming } from './app.js';
import { doorOf } from './door.js';
import { openExchange } from './exchange.js';
import { heedAbsoluteTarget } from './head.js';
import { type Handler, listen } from './listen.js';
import { loadSetup, UsageError } from './load.js';
import { foldersOf, isLoopback, type ServerOptions } from './options.js';
import { answerPoll } from './poll-route.js';
import { watchScenarios } from './watch.js';

export const CONTROL = '/__sandbox';

/** Who asks before there is a session. */
const NOBODY = { url: '', request: '', where: () => ({ origin: '', api: '' }) };

/** A sandbox that listens. */
export interface RunningServer {
  /** Without a slash at its end: `http://127.0.0.1:4010`. */
  url: string;
  sandbox: Sandbox;
  /** Sends what is held back, cuts what hangs, finishes the other open requests, then resolves. */
  close(): Promise<void>;
}

/** Told of what happens; both are for people and logs. */
export interface Listeners {
  onEvent?: (session: Session, event: SessionEvent) => void;
  onNotice?: (text: string) => void;
}

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
  const refusal = (status: number, message: string) =>
    renderRefusal(setup.binding, { status, message }, NOBODY).body;
  const server = await listen(host, port, refusal, options.timeouts);
  const stateless = makeStateless(setup.contract.file, options.seed);
  const app = lazyApp(sandbox, stateless, server.url, controlToken);
  server.serve(makeHandler(sandbox, server.url, app.handler, refusal));
  await app.ready;
  const folders = foldersOf(options, setup.binding.name);
  const unwatch = options.watch ? await watchScenarios(setup, folders, onNotice) : undefined;
  // Behind the line that says that it listens: machines read that one first.
  setImmediate(() => {
    for (const problem of setup.problems) onNotice(formatProblem(problem));
  });
  return {
    url: server.url,
    sandbox,
    close: async () => {
      await unwatch?.();
      sandbox.close();
      await server.close();
      await stateless.close();
    },
  };
}

/** Polls take the short way; everything else goes to Express. */
function makeHandler(
  sandbox: Sandbox,
  base: string,
  app: Handler,
  refusal: (status: number, message: string) => string,
): Handler {
  const report = sandbox.setup.binding.report.operation;
  return (req, res) => {
    heedAbsoluteTarget(req);
    const { session: prefix, path, query } = readAddress(req.url ?? '/');
    if (path.startsWith(CONTROL)) {
      req.url = path + query;
      app(req, res);
      return;
    }
    const header = req.headers['x-sandbox-session'];
    const session = sandbox.session(prefix ?? (header === undefined ? undefined : String(header)));
    if (isProblem(session)) {
      sendText(res, session.status, refusal(session.status, session.problem));
      return;
    }
    doorOf(req.socket)?.note(req.socket, session);
    const root = prefix === undefined ? base : `${base}/~${prefix}`;
    const exchange = openExchange(req, res, session, { path, query }, root);
    const { route } = exchange;
    if (route.kind === 'found' && route.operation.id === report) {
      try {
        answerPoll(exchange, route.operation, route.params);
      } catch (error) {
        answerUnreadable(exchange, error);
      }
      return;
    }
    req.url = path + query;
    (req as Incoming).exchange = exchange;
    app(req, res);
  };
}

/** Express is imported while the server listens already; requests that come before it is there wait. */
function lazyApp(sandbox: Sandbox, stateless: Stateless, url: string, token?: string) {
  let app: Handler | undefined;
  const load = async () => {
    const [{ makeApp }, { makeControlApi }] = await Promise.all([
      import('./app.js'),
      import('./control/control-api.js'),
    ]);
    app = makeApp(stateless, makeControlApi(sandbox, url, token));
    return app;
  };
  const ready = load();
  const handler: Handler = (req, res) => {
    if (app) app(req, res);
    else void ready.then((loaded) => loaded(req, res));
  };
  return { handler, ready };
}

/** There is no session to write this into. */
function sendText(res: ServerResponse, status: number, body: string): void {
  res.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
  });
  res.end(body);
}
