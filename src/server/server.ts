import type { IncomingMessage, ServerResponse } from 'node:http';
import { makeStateless, type Stateless } from '../contract/stateless.js';
import { loadSetup } from '../load/load-setup.js';
import { apiFilesOf } from '../load/pack-description.js';
import { isLoopback, type ServerOptions, type TlsOptions } from '../load/server-options.js';
import { readSignatures, watchFiles } from '../load/watch.js';
import { formatProblem } from '../problem.js';
import { Renderer } from '../sandbox/render.js';
import { Sandbox } from '../sandbox/sandbox.js';
import type { Session, SessionEvent } from '../sandbox/session.js';
import type { Storing } from '../sandbox/stored/store-keeper.js';
import { ControlProblem, UsageError } from '../sandbox-error.js';
import { answerRequest, needsStateless } from './api/answer-request.js';
import { openContext } from './api/request-context.js';
import { CONTROL, isForBoard } from './board/is-for-board.js';
import { readOnlyProblem } from './carried/read-only-problem.js';
import { type Address, readAddress } from './http/address.js';
import { type CalledAs, makeCalledAs, targetBehind } from './http/called-as.js';
import { answerPreflight } from './http/cors.js';
import { foreignPage } from './http/foreign-page.js';
import { type Handler, listen } from './http/listen.js';
import { bareHost } from './http/own-address.js';
import { portGateOf } from './http/port-gate.js';
import { heedAbsoluteTarget } from './http/request-head.js';
import { makeTrust } from './http/trusted-proxies.js';
import { openStore } from './open-store.js';
import { makeRenewable } from './renewable-stateless.js';
import { reportUnexpected } from './report-unexpected.js';
import { openRest } from './rest/open-rest.js';
import type { Rest } from './rest/rest.js';
import { isUnavailable, RETRY_AFTER } from './store-problem.js';
import { suitesOf } from './suites.js';
import { type LazyPostman, lazyPostman } from './webhooks/lazy-postman.js';

/** A request that is refused before its session is known. */
const NO_REQUEST = { url: '', request: '', where: () => ({ origin: '', api: '' }) };

/** A sandbox that listens. */
export interface RunningServer {
  /** Without a slash at its end: `http://127.0.0.1:4010`. */
  url: string;
  /** Every address that it can be called by; the first is `url`. */
  addresses: readonly string[];
  /** File of the certificate that clients of a made one have to trust. */
  authority: string | undefined;
  sandbox: Sandbox;
  /** Waits until every webhook that is due in a session by now has been sent, taken or not. */
  webhooksSent(session: Session): Promise<void>;
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
 * @param storing how sessions are spread over memory and store, where otherwise than usual
 * @throws FileError for a file that cannot be used, UsageError for options that cannot be
 */
export async function startServer(
  options: ServerOptions = {},
  { onEvent, onNotice = () => {} }: Listeners = {},
  storing: Partial<Storing> = {},
): Promise<RunningServer> {
  const { port = 4010, controlToken, trustProxy } = options;
  const host = bareHost(options.host ?? '127.0.0.1');
  if (!isLoopback(host) && !controlToken) {
    const what = `listening on ${host} opens the control API to the network`;
    const hint = 'give it a secret with --control-token (or ESOZ_CONTROL_TOKEN)';
    throw new UsageError('USAGE_TOKEN_NEEDED', what, hint);
  }
  const trust = trustProxy && makeTrust(trustProxy);
  const served = apiFilesOf(options);
  const before = options.watch
    ? await Promise.all(served.map((files) => readSignatures(files).catch(() => undefined)))
    : [];
  const setup = await loadSetup(options);
  const postman = lazyPostman(options.webhooks, options.timeouts?.webhook);
  const store = await openStore(
    options.store,
    setup,
    {
      onLoss: () => sandbox.forgetUnkept(),
      // Who waits for a session or watches it is to see what others do; whoever asks for it reads it anew.
      onChange: (name) => {
        if (sandbox.find(name)?.busy) void sandbox.renew(name).catch(() => {});
      },
    },
    storing,
  );
  const sandbox: Sandbox = new Sandbox(
    setup,
    (session, event) => {
      postman.hear(session, event);
      onEvent?.(session, event);
    },
    store,
  );
  const refusal = (status: number, message: string) =>
    new Renderer(setup.apis[0].binding, '', NO_REQUEST).refusal({ status, message }).body;
  const rest = await openRest(options, setup, refusal);
  const { timeouts, maxHeaderSize } = options;
  const tls = options.tls && (await openTls(options.tls, host, onNotice));
  const listening = { timeouts, maxHeaderSize, tls, notice: onNotice };
  const server = await listen(host, port, refusal, listening);
  const stateless = makeRenewable(() => makeStateless(options.seed));
  const calledAs = makeCalledAs(server.url, trust, (from) => onNotice(ignoredProxy(from)));
  const app = lazyApp(sandbox, server.url, calledAs, options);
  const later = onceAnswered(() => {
    void app.load();
    for (const api of setup.apis)
      if (api.contract.isRead && needsStateless(api, setup)) stateless.begin(api.contract);
  });
  const answering = { stateless, rest, postman, refusal };
  const handle = makeHandler(sandbox, calledAs, app.handle, answering, options);
  server.serve((req, res) => {
    later(res);
    handle(req, res);
  });
  // It has started: nothing that can wait, or that waits for others, stands between here and the first answer.
  const unwatch = served.flatMap((files, from) => {
    const known = before[from];
    if (!known) return [];
    const onContract = () => stateless.renew();
    return [watchFiles({ setup, from, files, before: known, notice: onNotice, onContract })];
  });
  const unwatchStubs = options.watch ? rest?.watch(onNotice) : undefined;
  // Their clients wait for webhooks, and may never ask.
  if (store && setup.apis.some(({ binding }) => binding.webhooks)) {
    void sandbox.bringAll().catch(reportUnexpected);
  }
  // Behind the line that says that it listens: machines read that one first.
  setImmediate(() => {
    for (const problem of [...setup.problems, ...(rest?.problems ?? [])]) {
      onNotice(formatProblem(problem));
    }
  });
  return {
    url: server.url,
    addresses: server.addresses,
    authority: tls?.authority,
    sandbox,
    webhooksSent: postman.deliverAll,
    close: async () => {
      for (const end of unwatch) end();
      unwatchStubs?.();
      postman.close();
      sandbox.close();
      await server.close();
      await stateless.close();
      await store?.close();
    },
  };
}

/** What requests for the API are answered with. */
interface Answering {
  stateless: Stateless;
  rest: Rest | undefined;
  postman: LazyPostman;
  refusal: (status: number, message: string) => string;
}

/** Requests for the API take their road; the control API lies behind Express. */
function makeHandler(
  sandbox: Sandbox,
  calledAs: (req: IncomingMessage) => CalledAs,
  app: Handler,
  { stateless, rest, postman, refusal }: Answering,
  { cors: origins = [], readOnly }: Pick<ServerOptions, 'cors' | 'readOnly'>,
): Handler {
  const { setup, store } = sandbox;
  const pages = {
    allowed: origins,
    described: (path: string) => setup.routes.find('OPTIONS', path).kind === 'found',
    refuse: (res: ServerResponse, status: number, message: string) =>
      sendText(res, status, refusal(status, message)),
  };
  const isOurs = (method: string, path: string) =>
    path.startsWith(CONTROL) ||
    setup.routes.find(method, path).kind !== 'unknown path' ||
    rest?.knows(method, path) === true;
  // Nothing that a HEAD asks is kept, which would tell that others were here.
  const ready = ({ method }: IncomingMessage, name: string | undefined) =>
    method === 'HEAD' && store ? sandbox.caughtUp(name) : sandbox.ready(name);
  const take: Handler = (req, res) => {
    heedAbsoluteTarget(req);
    const called = calledAs(req);
    const {
      session: prefix,
      path,
      query,
    } = readAddress(
      called.prefix === '' ? (req.url ?? '/') : targetBehind(called.prefix, req, isOurs),
    );
    if (answerPreflight(req, res, path, pages)) return;
    if (isForBoard(req, path, prefix, isOurs)) {
      void import('./board/serve-board.js').then(({ serveBoard }) =>
        serveBoard(req, res, path, called.prefix),
      );
      return;
    }
    if (path.startsWith(CONTROL)) {
      req.url = path + query;
      app(req, res);
      return;
    }
    const foreign = foreignPage(req.headers, origins, called.host);
    if (foreign !== undefined) {
      sendText(res, 403, refusal(403, foreign));
      return;
    }
    const header = req.headers['x-sandbox-session'];
    if (readOnly !== undefined) throw readOnlyProblem(readOnly);
    const name = prefix ?? (header === undefined ? undefined : String(header));
    const at = { session: prefix, path, query };
    const go = () => begin(req, res, sandbox.session(name), at, called);
    const coming = ready(req, name);
    if (!coming) go();
    else
      coming.then(go).catch((error: Error) => {
        refuse(res, error);
      });
  };
  const begin = (
    req: IncomingMessage,
    res: ServerResponse,
    session: Session,
    { session: prefix, path, query }: Address,
    called: CalledAs,
  ) => {
    portGateOf(req.socket)?.note(req.socket, session);
    const root = called.origin + called.prefix + (prefix === undefined ? '' : `/~${prefix}`);
    const context = openContext(req, res, session, { path, query }, called, root, postman);
    if (store)
      context.current = async () => {
        await sandbox.ready(session.name);
        return sandbox.session(session.name);
      };
    if (!rest?.answer(context)) answerRequest(context, stateless);
    if (!context.answered) res.once('close', session.open());
  };
  const refuse = (res: ServerResponse, error: unknown) => {
    if (error instanceof ControlProblem && !res.headersSent) {
      sendText(res, error.status, refusal(error.status, error.message));
      return;
    }
    if (isUnavailable(error) && !res.headersSent) {
      res.setHeader('Retry-After', RETRY_AFTER);
      sendText(res, 503, refusal(503, `the session cannot be read: ${error.message}`));
      return;
    }
    // One request that goes wrong is no reason to let the others down.
    reportUnexpected(error);
    const message = `The sandbox itself has failed: ${(error as Error).message}`;
    if (res.headersSent) res.destroy();
    else sendText(res, 500, refusal(500, message));
  };
  return (req, res) => {
    try {
      take(req, res);
    } catch (error) {
      refuse(res, error);
    }
  };
}

/** A server that nobody asks anything makes itself ready after so long, in milliseconds of the machine. */
const IDLE = 1000;

/** Does what can wait once the first answer has gone out, or when nobody has asked for a while. */
function onceAnswered(act: () => void): (res: ServerResponse) => void {
  let done = false;
  const go = () => {
    if (done) return;
    done = true;
    clearTimeout(timer);
    act();
  };
  const timer = setTimeout(go, IDLE).unref();
  return (res) => {
    if (!done) res.once('close', go);
  };
}

interface LazyApp {
  handle: Handler;
  load(): Promise<Handler>;
}

/** Express and the control API are imported when they are first needed; requests that come before wait. */
function lazyApp(
  sandbox: Sandbox,
  url: string,
  calledAs: (req: IncomingMessage) => CalledAs,
  options: ServerOptions,
): LazyApp {
  const { controlToken, cors } = options;
  const apis = () => sandbox.setup.apis;
  const suites = suitesOf(apis, options);
  let app: Handler | undefined;
  let loading: Promise<Handler> | undefined;
  const load = () => {
    loading ??= Promise.all([
      import('./app.js'),
      import('./control/control-api.js'),
      import('./authoring.js'),
      import('./carried/session-files.js'),
    ]).then(([{ makeApp }, { makeControlApi }, { Authoring }, { SessionFiles }]) => {
      const authoring = new Authoring(apis, options);
      const files = new SessionFiles(sandbox, options, options.readOnly);
      const tools = [suites, authoring, files] as const;
      const control = makeControlApi(sandbox, url, ...tools, calledAs, controlToken, cors);
      app = makeApp(control, sandbox.setup.maxBody);
      return app;
    });
    return loading;
  };
  const handle: Handler = (req, res) => {
    if (app) app(req, res);
    else void load().then((loaded) => loaded(req, res));
  };
  return { handle, load };
}

async function openTls(options: TlsOptions | true, host: string, notice: (text: string) => void) {
  const { loadTls } = await import('./tls/load-tls.js');
  return loadTls(options === true ? {} : options, host, notice);
}

function ignoredProxy(from: string): string {
  const what = `a proxy at ${from} tells how its clients call it (Forwarded, X-Forwarded-*)`;
  return `${what}; it is not believed, so links lead past it: start with --trust-proxy ${from} if it is yours`;
}

/** There is no session to write this into. */
function sendText(res: ServerResponse, status: number, body: string): void {
  res.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
  });
  res.end(body);
}
