import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Contract, loadContract } from '../../contract/contract.js';
import { parameterBreaches } from '../../contract/gate.js';
import { mediaTypeOf } from '../../contract/media-type.js';
import type { Breach, Operation } from '../../contract/operation.js';
import { MAX_BREACHES } from '../../contract/validator.js';
import { nearest } from '../../problem.js';
import { SandboxControl } from '../../sandbox/control/sandbox-control.js';
import { MovedOn } from '../../sandbox/moved-on.js';
import type { Sandbox } from '../../sandbox/sandbox.js';
import { ControlProblem, MissingPart } from '../../sandbox-error.js';
import { formatSize } from '../../size.js';
import type { Authoring } from '../authoring.js';
import type { SessionFiles } from '../carried/session-files.js';
import { readAddress, readQuery } from '../http/address.js';
import type { CalledAs } from '../http/called-as.js';
import { routeHead } from '../http/head-of-get.js';
import { readJson } from '../http/read-json.js';
import type { Metrics } from '../metrics/metrics.js';
import { reportUnexpected } from '../report-unexpected.js';
import { isUnavailable, RETRY_AFTER } from '../store-problem.js';
import type { Suites } from '../suites.js';
import { AllEvents } from './all-events.js';
import { bringBack, bringDue } from './bring-back.js';
import { checkCaller, signIn, signOut } from './caller.js';
import { CONTROL_SPEC } from './contract-handler.js';
import type { ControlAnswer, ControlRequest } from './control-request.js';
import { streamEvents } from './events.js';
import { makeHandlers } from './handlers.js';

/** The API under `/__sandbox`, by which people and test helpers steer the sandbox. */
export interface ControlApi {
  /** Who may not steer is told so before a long body is read. @throws ControlProblem */
  admit(req: IncomingMessage): void;
  /** @param body a text, or bytes where {@link takesBytes} */
  answer(
    req: IncomingMessage,
    res: ServerResponse,
    body: string | Buffer | undefined,
  ): Promise<void>;
  answerError(res: ServerResponse, error: unknown): void;
}

/**
 * @param suites of what is served
 * @param authoring writes scenarios of what is served
 * @param files sessions as files
 * @param metrics figures of all that happens
 * @param calledAs addresses in answers are those that the caller can use
 * @param token asked of every request, if there is one
 * @param origins pages of them may steer the sandbox besides those of this machine
 */
export function makeControlApi(
  sandbox: Sandbox,
  base: string,
  suites: Suites,
  authoring: Authoring,
  files: SessionFiles,
  metrics: Metrics,
  calledAs: (req: IncomingMessage) => CalledAs,
  token?: string,
  origins: readonly string[] = [],
): ControlApi {
  const control = new SandboxControl(sandbox, base);
  const all = new AllEvents(sandbox, base, files.opened);
  let loading: Promise<Contract> | undefined;
  const sign = (
    req: IncomingMessage,
    res: ServerResponse,
    { id }: Operation,
    called: CalledAs,
    said: string,
  ) => {
    const cookie = id === 'signIn' ? signIn(req, called, token, said) : signOut(called, token);
    if (cookie !== undefined) res.setHeader('Set-Cookie', cookie);
  };
  const answer: ControlApi['answer'] = async (req, res, given) => {
    loading ??= loadContract(CONTROL_SPEC, ['/__sandbox']);
    const contract = await loading;
    const { path, query } = readAddress(req.url ?? '');
    const called = calledAs(req);
    const signing = isSigning(path);
    const isOpen = isForAll(path) || (token !== undefined && isExample(path));
    if (!signing && !isOpen) checkCaller(req, called, token, origins);
    const { operation, params } = find(contract, req, path, res);
    if (!isReading(req)) files.checkWritable();
    const asked = readQuery(query);
    const head = { params, path, search: query, headers: req.headers };
    const body = readBody(operation, given) as ControlRequest['body'];
    const breaches = [
      ...unknownQuery(operation, asked),
      ...parameterBreaches(contract, operation, head, asked),
      ...bodyBreaches(contract, operation, body),
    ];
    if (breaches.length > 0) {
      const what = 'the request does not keep the contract of the control API';
      refuse(res, new ControlProblem(422, 'CONTROL_BREAKS_CONTRACT', what), breaches);
      return;
    }
    if (signing) {
      sign(req, res, operation, called, body?.token);
      send(contract, operation, res, { status: 204 });
      return;
    }
    await bringBack(sandbox, operation, params);
    if (operation.id === 'streamAllEvents') return all.stream(req, res);
    if (operation.id === 'streamEvents') {
      const after = asked.after as number | undefined;
      return streamEvents(req, res, sandbox, params.session ?? '', after);
    }
    const { accept, 'accept-language': acceptLanguage } = req.headers;
    const here = control.at(called.origin + called.prefix);
    const handlers = makeHandlers(here, suites, authoring, files, metrics);
    const request = { params, query: asked, body, accept, acceptLanguage };
    send(contract, operation, res, await untilKept(operation, sandbox, handlers, request));
  };
  return {
    admit: (req) => checkCaller(req, calledAs(req), token, origins),
    answer: (req, res, given) => answer(req, res, given).catch((error) => answerError(res, error)),
    answerError,
  };
}

/**
 * Whoever sets the clock is shown what has come of it, be it in the store; undefined: that is shown already, or others have
 * moved the session on.
 */
async function shownAnew(
  { id }: Operation,
  sandbox: Sandbox,
  handlers: ReturnType<typeof makeHandlers>,
  request: ControlRequest,
): Promise<ControlAnswer | undefined> {
  const { session } = request.params;
  const { getSession } = handlers;
  const isSet = id === 'putSession' && (await bringDue(sandbox, session ?? ''));
  if (!isSet || !getSession) return undefined;
  const done = await settledAndKept(sandbox, session, () => getSession(request));
  return done && answerOf(done);
}

/** Where others change the session at the same time, it is done to what they have made of it. */
async function untilKept(
  operation: Operation,
  sandbox: Sandbox,
  handlers: ReturnType<typeof makeHandlers>,
  request: ControlRequest,
): Promise<ControlAnswer> {
  const handle = handlers[operation.id];
  if (!handle) throw new Error(`the control API has no handler for ${operation.id}`);
  const { session } = request.params;
  for (let tries = 0; ; tries += 1) {
    const done = await settledAndKept(sandbox, session, () => handle(request));
    if (done) {
      // A refusal, too, tells of what others may just have done.
      const shown = answerOf(done);
      if (session !== undefined) await sandbox.settled(session);
      const answer = (await shownAnew(operation, sandbox, handlers, request)) ?? shown;
      const isOld =
        operation.method === 'GET' && tries < TRIES && (await isOverdue(sandbox, session));
      if (!isOld) return answer;
    }
    await bringBack(sandbox, operation, request.params);
  }
}

/**
 * How something went, once all that it tells of is kept; undefined: others have moved the session on. Whether it is kept is
 * asked for twice: in the same turn, for a session that is read again in the meantime knows nothing of what it has lost;
 * and behind it, for what was done while it was looked up may be shown.
 */
async function settledAndKept(
  sandbox: Sandbox,
  session: string | undefined,
  handle: () => ControlAnswer | Promise<ControlAnswer>,
): Promise<Done | undefined> {
  const asked = settle(handle);
  const before = isKept(sandbox, session);
  before.catch(() => {});
  const done = await asked;
  const behind = await isKept(sandbox, session);
  return (await before) && behind ? done : undefined;
}

function answerOf(done: Done): ControlAnswer {
  if ('error' in done) throw done.error;
  return done.answer;
}

type Done = { answer: ControlAnswer } | { error: unknown };

/** How something went that may be refused. */
async function settle(handle: () => ControlAnswer | Promise<ControlAnswer>): Promise<Done> {
  try {
    return { answer: await handle() };
  } catch (error) {
    return { error };
  }
}

/** So often a session is read again that others change while it is shown. */
const TRIES = 5;

/** What was shown is of a moment at which others had done more. */
async function isOverdue(sandbox: Sandbox, session: string | undefined): Promise<boolean> {
  if (session === undefined || !sandbox.store?.others) return false;
  return sandbox.isBehind(session);
}

/** Nobody is told what a crash could take back. False: others have moved the session on, and nothing of it is kept. */
async function isKept(sandbox: Sandbox, name: string | undefined): Promise<boolean> {
  const { store } = sandbox;
  if (!store) return true;
  const waiting = (name !== undefined && sandbox.find(name)) || store;
  const error = await new Promise<Error | undefined>((done) => waiting.saved(done));
  if (error && !(error instanceof MovedOn)) throw error;
  return error === undefined;
}

function isReading({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Who signs in has no credential yet. */
function isSigning(path: string): boolean {
  return path === '/__sandbox/sign-in';
}

/** Whoever leads clients here has no credential, and calls it by an address of its own. */
function isForAll(path: string): boolean {
  return path === '/__sandbox/ready';
}

/** What the API's contract says is no secret of who steers the sandbox: clients begin with it. */
function isExample(path: string): boolean {
  return /^\/__sandbox\/examples\/[^/]+$/.test(path);
}

/** The operation that a request is for. @throws ControlProblem */
function find(contract: Contract, req: IncomingMessage, path: string, res: ServerResponse) {
  const { route } = routeHead(contract.route, req.method ?? '', path);
  if (route.kind === 'found') return route;
  if (route.kind === 'wrong method') {
    const allow = route.allow.join(', ');
    res.setHeader('Allow', allow);
    const what = `${req.method} is not allowed for ${path}`;
    throw new ControlProblem(405, 'CONTROL_WRONG_METHOD', what, `allowed: ${allow}`);
  }
  const paths = [...new Set(contract.routes.map((o) => o.path))].join(' ');
  const what = `${path} is no path of the control API`;
  const hint = `below /__sandbox there is: ${paths}`;
  throw new ControlProblem(404, 'CONTROL_UNKNOWN_PATH', what, hint);
}

function answerError(res: ServerResponse, error: unknown): void {
  refuse(res, problemOf(error), error instanceof MissingPart ? [missing(error)] : []);
}

function missing({ at, description }: MissingPart): Breach {
  return { in: 'body', at, rule: 'required', description, params: [] };
}

/** What a caller is told of an error; one that nobody has foreseen is reported. */
function problemOf(error: unknown): ControlProblem {
  if (error instanceof ControlProblem) return error;
  if (isUnavailable(error)) {
    const hint = 'ask again in a moment: it goes on by itself once its store does';
    return new ControlProblem(503, 'STORE_UNAVAILABLE', error.message, hint);
  }
  const { status = 500, type, message, limit = 0 } = error as BodyError;
  if (type === 'entity.too.large') {
    const what = `the body is longer than ${formatSize(limit)}`;
    return new ControlProblem(413, 'CONTROL_BODY_TOO_LARGE', what, '--max-body raises the limit');
  }
  if (status >= 400 && status < 500) {
    return new ControlProblem(status, 'CONTROL_BODY_UNREADABLE', message);
  }
  reportUnexpected(error);
  return new ControlProblem(500, 'CONTROL_FAILED', `the sandbox itself has failed: ${message}`);
}

/** What Express's reader of bodies throws. */
interface BodyError {
  status?: number;
  type?: string;
  message: string;
  /** Bytes that are read at most. */
  limit?: number;
}

function send(
  contract: Contract,
  operation: Operation,
  res: ServerResponse,
  { status, body, mediaType, fileName }: ControlAnswer,
): void {
  if (Buffer.isBuffer(body)) {
    res.writeHead(status, {
      'Content-Type': mediaType,
      'Content-Length': body.length,
      'Content-Disposition': attached(fileName),
      'Cache-Control': 'no-store',
    });
    res.end(body);
    return;
  }
  const type = body === undefined ? '' : mediaTypeOf(mediaType) || 'application/json';
  const [first] = contract.validator.answer(operation, status, type, body);
  if (first) {
    const what = `${operation.id} ${status} at ${first.at}: ${first.description}`;
    const failed = `the sandbox itself has failed: its answer breaks its own contract, ${what}`;
    refuse(res, new ControlProblem(500, 'CONTROL_FAILED', failed));
  } else if (body === undefined) {
    res.writeHead(status);
    res.end();
  } else if (mediaType) text(res, status, mediaType, String(body));
  else json(res, status, body);
}

/** Whether the body of a request is a file, and no text. */
export function takesBytes(path: string): boolean {
  return path.endsWith('/file');
}

/** RFC 6266 §4. */
function attached(fileName = ''): string {
  return `attachment;filename=${JSON.stringify(fileName)}`;
}

/** @throws ControlProblem */
function readBody(operation: Operation, text: string | Buffer | undefined): unknown {
  if (text === undefined || Buffer.isBuffer(text) || !operation.body) return text;
  const read = readJson(text);
  if ('problem' in read) throw new ControlProblem(400, 'CONTROL_BODY_UNREADABLE', read.problem);
  return read.value;
}

/** A misspelt filter would silently filter nothing. */
function unknownQuery(operation: Operation, asked: Record<string, unknown>): Breach[] {
  const known = operation.parameters.filter((p) => p.in === 'query').map((p) => p.name);
  return Object.keys(asked)
    .filter((name) => !known.includes(name))
    .slice(0, MAX_BREACHES)
    .map((name) => ({
      in: 'query',
      at: name,
      rule: 'known',
      description: `unknown query parameter "${name}"; ${nearest(name, known)}`,
      params: [],
    }));
}

function bodyBreaches(contract: Contract, operation: Operation, value: unknown): Breach[] {
  if (!operation.body || Buffer.isBuffer(value)) return [];
  if (value === undefined && !operation.body.required) return [];
  return contract.validator.body(operation, 'application/json', value ?? null) ?? [];
}

function refuse(
  res: ServerResponse,
  { status, code, message }: ControlProblem,
  breaches: readonly Breach[] = [],
): void {
  if (res.headersSent) {
    res.end();
    return;
  }
  if (code === 'STORE_UNAVAILABLE') res.setHeader('Retry-After', RETRY_AFTER);
  const invalid = breaches.map(({ in: place, at, rule, description }) => ({
    in: place,
    at,
    rule,
    description,
  }));
  json(res, status, {
    error: { status, code, message, ...(invalid.length > 0 ? { invalid } : {}) },
  });
}

function json(res: ServerResponse, status: number, body: unknown): void {
  text(res, status, 'application/json', JSON.stringify(body));
}

function text(res: ServerResponse, status: number, mediaType: string, body: string): void {
  res.writeHead(status, {
    'Content-Type': `${mediaType}; charset=utf-8`,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
  });
  res.end(body);
}
