import type { IncomingMessage, ServerResponse } from 'node:http';
import { asset } from '../../assets.js';
import { type Contract, loadContract } from '../../contract/contract.js';
import { parameterBreaches } from '../../contract/gate.js';
import type { Breach, Operation } from '../../contract/operation.js';
import { MOST_BREACHES } from '../../contract/validator.js';
import { nearest } from '../../problem.js';
import type { Sandbox } from '../../sandbox/sandbox.js';
import { readAddress, readQuery } from '../address.js';
import { routeHead } from '../head-of-get.js';
import { type JsonRead, readJson } from '../read-json.js';
import { reportUnexpected } from '../unexpected.js';
import { refuseCaller } from './caller.js';
import { type ControlAnswer, ControlProblem } from './control-problem.js';
import { streamEvents } from './events.js';
import { makeHandlers } from './handlers.js';

/** The API under `/__sandbox`, by which people and test helpers steer the sandbox. */
export interface ControlApi {
  answer(req: IncomingMessage, res: ServerResponse, text: string | undefined): Promise<void>;
  answerError(res: ServerResponse, error: unknown): void;
}

/** The contract of the control API; requests and answers are held to it. */
const SPEC = asset('spec', 'control', 'openapi.yaml');

/**
 * @param token asked of every request, if there is one
 * @param origins pages of them may steer the sandbox besides those of this machine
 */
export function makeControlApi(
  sandbox: Sandbox,
  base: string,
  token?: string,
  origins: readonly string[] = [],
): ControlApi {
  const handlers = makeHandlers(sandbox, base);
  let loading: Promise<Contract> | undefined;
  const answer: ControlApi['answer'] = async (req, res, text) => {
    loading ??= loadContract(SPEC, ['/__sandbox']);
    const contract = await loading;
    const { path, query } = readAddress(req.url ?? '');
    const { route } = routeHead(contract.route, req.method ?? '', path);
    const refused = refuseCaller(req, token, origins);
    if (refused) {
      refuse(res, refused.status, refused.message);
      return;
    }
    if (route.kind === 'wrong method') {
      const allow = route.allow.join(', ');
      res.setHeader('Allow', allow);
      refuse(res, 405, `${req.method} is not allowed for ${path}; allowed: ${allow}`);
      return;
    }
    if (route.kind === 'unknown path') {
      const paths = [...new Set([...contract.operations.values()].map((o) => o.path))].join(' ');
      refuse(
        res,
        404,
        `${path} is no path of the control API; below /__sandbox there is: ${paths}`,
      );
      return;
    }
    const { operation, params } = route;
    const asked = readQuery(query);
    const parsed = parseBody(operation, text);
    if ('problem' in parsed) {
      refuse(res, 400, parsed.problem);
      return;
    }
    const breaches = [
      ...unknownQuery(operation, asked),
      ...parameterBreaches(contract, operation, params, asked, req.headers),
      ...bodyBreaches(contract, operation, parsed.value),
    ];
    if (breaches.length > 0) {
      refuse(res, 422, 'the request does not keep the contract of the control API', breaches);
      return;
    }
    if (operation.id === 'streamEvents') {
      streamEvents(req, res, sandbox, params.session ?? '', asked.after as number | undefined);
      return;
    }
    const { accept } = req.headers;
    const handle = handlers[operation.id];
    if (!handle) throw new Error(`the control API has no handler for ${operation.id}`);
    send(contract, operation, res, handle({ params, query: asked, body: parsed.value, accept }));
  };
  return {
    answer: (req, res, text) => answer(req, res, text).catch((error) => answerError(res, error)),
    answerError,
  };
}

function answerError(res: ServerResponse, error: unknown): void {
  const { status, type, message } = error as { status?: number; type?: string; message: string };
  if (error instanceof ControlProblem) refuse(res, error.status, message);
  else if (type === 'entity.too.large') refuse(res, 413, 'the body is longer than 1 MiB');
  else if (status !== undefined && status >= 400 && status < 500) refuse(res, status, message);
  else {
    reportUnexpected(error);
    refuse(res, 500, `the sandbox itself has failed: ${message}`);
  }
}

function send(
  contract: Contract,
  operation: Operation,
  res: ServerResponse,
  { status, body, mediaType }: ControlAnswer,
): void {
  const type = body === undefined ? '' : (mediaType ?? 'application/json');
  const [first] = contract.validator.answer(operation, status, type, body);
  if (first) {
    const what = `${operation.id} ${status} at ${first.at}: ${first.description}`;
    refuse(res, 500, `the sandbox itself has failed: its answer breaks its own contract, ${what}`);
  } else if (body === undefined) {
    res.writeHead(status);
    res.end();
  } else if (mediaType) text(res, status, mediaType, String(body));
  else json(res, status, body);
}

function parseBody(operation: Operation, text: string | undefined): JsonRead {
  return text === undefined || !operation.body ? { value: undefined } : readJson(text);
}

/** A misspelt filter would silently filter nothing. */
function unknownQuery(operation: Operation, asked: Record<string, unknown>): Breach[] {
  const known = operation.parameters.filter((p) => p.in === 'query').map((p) => p.name);
  return Object.keys(asked)
    .filter((name) => !known.includes(name))
    .slice(0, MOST_BREACHES)
    .map((name) => ({
      in: 'query',
      at: name,
      rule: 'known',
      description: `unknown query parameter "${name}"; ${nearest(name, known)}`,
      params: [],
    }));
}

function bodyBreaches(contract: Contract, operation: Operation, value: unknown): Breach[] {
  if (!operation.body) return [];
  if (value === undefined && !operation.body.required) return [];
  return contract.validator.body(operation, 'application/json', value ?? null) ?? [];
}

function refuse(
  res: ServerResponse,
  status: number,
  message: string,
  breaches: readonly Breach[] = [],
): void {
  if (res.headersSent) {
    res.end();
    return;
  }
  const invalid = breaches.map(({ in: place, at, rule, description }) => ({
    in: place,
    at,
    rule,
    description,
  }));
  json(res, status, { error: { status, message, ...(invalid.length > 0 ? { invalid } : {}) } });
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
