import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Stateless } from '../contract/stateless.js';
import type { ServerOptions } from '../load/server-options.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import type { Session } from '../sandbox/session.js';
import { ControlProblem } from '../sandbox-error.js';
import { answerRequest } from './api/answer-request.js';
import { openContext } from './api/request-context.js';
import { CONTROL, isForBoard } from './board/is-for-board.js';
import { readOnlyProblem } from './carried/read-only-problem.js';
import type { ClosedPorts } from './closed-ports.js';
import { type Address, readAddress } from './http/address.js';
import { type CalledAs, targetBehind } from './http/called-as.js';
import { answerPreflight } from './http/cors.js';
import { foreignPage } from './http/foreign-page.js';
import type { Handler } from './http/listen.js';
import { type PortGate, portGateOf } from './http/port-gate.js';
import { heedAbsoluteTarget } from './http/request-head.js';
import { sendText } from './http/send-text.js';
import { reportUnexpected } from './report-unexpected.js';
import type { Rest } from './rest/rest.js';
import { isUnavailable, RETRY_AFTER } from './store-problem.js';
import type { LazyPostman } from './webhooks/lazy-postman.js';

/** What requests for the API are answered with. */
export interface Answering {
  stateless: Stateless;
  rest: Rest | undefined;
  postman: LazyPostman;
  ports: ClosedPorts;
  /** What a fault closes; undefined: the port by which a request came. */
  gate?: PortGate | undefined;
  refusal: (status: number, message: string) => string;
}

/** Requests for the API take their road; the control API lies behind Express. */
export function makeHandler(
  sandbox: Sandbox,
  calledAs: (req: IncomingMessage) => CalledAs,
  app: Handler,
  { stateless, rest, postman, refusal, ports, gate: ownGate }: Answering,
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
    const gate = ownGate ?? portGateOf(req.socket);
    gate?.note(req.socket, session);
    const root = called.origin + called.prefix + (prefix === undefined ? '' : `/~${prefix}`);
    const context = openContext(req, res, session, { path, query }, called, root, postman);
    context.gate = gate;
    if (store) {
      context.current = async () => {
        await sandbox.ready(session.name);
        return sandbox.session(session.name);
      };
      context.closeElsewhere = (length) => ports.tell(context.session, gate, length);
    }
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
