import { missingCredential, parameterBreaches } from '../../contract/gate.js';
import type { Json } from '../../contract/json.js';
import { mediaTypeOf } from '../../contract/media-type.js';
import type { Operation } from '../../contract/operation.js';
import { readBody } from '../../contract/read-body.js';
import type { RequestHead } from '../../contract/read-parameters.js';
import type { Api, Apis } from '../../sandbox/api.js';
import type { Refusal } from '../../sandbox/pack.js';
import { readJson } from '../http/read-json.js';
import type { BodyText } from '../http/read-text.js';
import { nearestPath } from './nearest-path.js';
import { refuse, refuseBreaches } from './refuse.js';
import type { RequestContext } from './request-context.js';

/** A request that may be handled, or why it may not. */
export type Admission = (
  | { body: unknown }
  | { refusal: Refusal; headers?: Readonly<Record<string, string>> }
) & {
  /** What it breaks of the contract, where it is let through all the same. */
  breaches?: readonly string[] | undefined;
};

/**
 * Route, credentials, parameters, body, in this order; the first that is wrong is told.
 * @param query gets the contract's types and defaults
 */
export function admit(
  { req, path, query: search, route, api, session: { setup } }: RequestContext,
  query: Json,
  sent: BodyText | undefined,
): Admission {
  if (route.kind !== 'found') {
    const refusal = refuseRoute(route, req.method ?? '', path, setup.apis);
    const allow = route.kind === 'wrong method' ? { Allow: route.allow.join(', ') } : {};
    return { refusal, headers: allow as Record<string, string> };
  }
  const { operation, params } = route;
  const head = { params, path, search, headers: req.headers };
  const unknown = refuseStranger(api, operation, head.headers, query);
  if (unknown) return { refusal: unknown };
  const wrong = refuseParameters(api, operation, head, query);
  if (wrong && setup.validate === 'on') return { refusal: wrong };
  const body = admitBody(api, operation, req.headers['content-type'], sent);
  if (setup.validate === 'on' || 'unreadable' in body) {
    return body.refusal ? { refusal: body.refusal } : { body: body.body };
  }
  if (setup.validate === 'off') return { body: body.body };
  const breaches = [wrong, body.refusal].flatMap(inWords);
  return { body: body.body, ...(breaches.length > 0 ? { breaches } : {}) };
}

/** `$.name: required property name was not present`. */
function inWords(refusal: Refusal | undefined): string[] {
  if (!refusal) return [];
  const { message = '', invalid = [] } = refusal;
  const told = invalid.flatMap(({ entry, entry_type: place, rules }) =>
    rules.map(
      ({ description }) => `${place === 'body' ? '' : `${place} `}${entry}: ${description}`,
    ),
  );
  return told.length > 0 ? told : [message];
}

/** Without credentials nobody is let in, however little else is checked. */
function refuseStranger(
  { binding }: Api,
  operation: Operation,
  headers: RequestHead['headers'],
  query: Json,
): Refusal | undefined {
  const missing = missingCredential(operation, headers, query);
  if (missing) {
    const rest = missing.prefix ? `: ${missing.prefix} {credential}` : '';
    const invalid = [
      {
        entry: missing.name,
        entry_type: missing.in,
        rules: [
          {
            rule: 'required',
            description: `send the ${missing.in} ${missing.name}${rest}, and not empty`,
            params: [],
          },
        ],
      },
    ];
    const code = 'REQUEST_CREDENTIAL_MISSING';
    return {
      status: 401,
      code,
      message: binding.messages.get(401) ?? 'Invalid access token',
      invalid,
    };
  }
  return undefined;
}

function refuseParameters(
  { contract }: Api,
  operation: Operation,
  head: RequestHead,
  query: Json,
): Refusal | undefined {
  const breaches = parameterBreaches(contract, operation, head, query);
  if (breaches.length === 0) return undefined;
  const malformed = breaches.some((b) => b.in === 'path');
  return refuseBreaches(malformed ? 400 : breachStatus(operation, 400), breaches);
}

/** 422 for a body and 400 for parameters, unless the operation documents only the other one. */
function breachStatus(operation: Operation, usual: 400 | 422): number {
  const other = usual === 400 ? 422 : 400;
  const { answers } = operation;
  return answers[usual] === undefined && answers[other] !== undefined ? other : usual;
}

/** The refusal of a path or method that the contract does not know. */
function refuseRoute(
  route: { kind: 'wrong method'; allow: string[] } | { kind: 'unknown path' },
  method: string,
  path: string,
  apis: Apis,
): Refusal {
  if (route.kind === 'wrong method') {
    const allowed = route.allow.join(', ');
    return refuse(
      405,
      'REQUEST_WRONG_METHOD',
      `${method} is not allowed for ${path}; allowed: ${allowed}`,
    );
  }
  const near = nearestPath(path, apis);
  const next = near ? `did you mean ${near}? ` : '';
  const whose = apis.length > 1 ? 'any contract here' : 'the contract';
  return refuse(
    404,
    'REQUEST_UNKNOWN_PATH',
    `${method} ${path} is no path of ${whose}; ${next}GET /__sandbox/health lists them`,
  );
}

/** A body, and what it is refused for; `unreadable`: there is none to go on with. */
type BodyAdmission =
  | { body: unknown; refusal?: Refusal | undefined }
  | { body?: undefined; refusal: Refusal; unreadable: true };

function admitBody(
  { contract }: Api,
  operation: Operation,
  contentType = '',
  sent: BodyText | undefined,
): BodyAdmission {
  if (!operation.body) return { body: undefined };
  if (sent === undefined) {
    if (!operation.body.required) return { body: undefined };
    const where = { entry: '$', type: 'body' as const, rule: 'required' };
    const code = 'REQUEST_BREAKS_CONTRACT';
    const status = breachStatus(operation, 422);
    return { body: undefined, refusal: refuse(status, code, 'the request has no body', where) };
  }
  const mediaType = mediaTypeOf(contentType);
  const read = readBody(contract, operation, { ...sent, contentType, mediaType }, readJson);
  if ('problem' in read) {
    const where = { entry: '$', type: 'body' as const, rule: read.rule };
    const refusal = refuse(400, 'REQUEST_BODY_UNREADABLE', read.problem, where);
    return { refusal, unreadable: true };
  }
  const { value: body, breaches } = read;
  if (breaches === undefined) return { body, refusal: refuseType(operation, mediaType) };
  if (breaches.length === 0) return { body };
  return { body, refusal: refuseBreaches(breachStatus(operation, 422), breaches) };
}

function refuseType(operation: Operation, mediaType: string): Refusal {
  const types = Object.keys(operation.body?.content ?? {}).join(', ');
  return refuse(
    415,
    'REQUEST_MEDIA_TYPE',
    `content type "${mediaType || 'none'}" is not taken here; send ${types}`,
    {
      entry: 'Content-Type',
      type: 'header',
      rule: 'inclusion',
    },
  );
}
