import { type Headers, missingCredential, parameterBreaches } from '../../contract/gate.js';
import type { Json } from '../../contract/json.js';
import type { Operation } from '../../contract/operation.js';
import { isJson, mediaTypeOf } from '../../contract/validator.js';
import type { Refusal } from '../../sandbox/pack.js';
import type { Setup } from '../../sandbox/setup.js';
import { readJson } from '../http/read-json.js';
import { nearestPath } from './nearest-path.js';
import { refuse, refuseBreaches } from './refuse.js';
import type { RequestContext } from './request-context.js';

/** A request that may be handled, or why it may not. */
export type Admission =
  | { body: unknown }
  | { refusal: Refusal; headers?: Readonly<Record<string, string>> };

/**
 * Route, credentials, parameters, body, in this order; the first that is wrong is told.
 * @param query gets the contract's types and defaults
 */
export function admit(
  { req, path, route, session: { setup } }: RequestContext,
  query: Json,
  text: string | undefined,
): Admission {
  if (route.kind !== 'found') {
    const refusal = refuseRoute(route, req.method ?? '', path, setup);
    const allow = route.kind === 'wrong method' ? { Allow: route.allow.join(', ') } : {};
    return { refusal, headers: allow as Record<string, string> };
  }
  const { operation, params } = route;
  const refusal = refuseHead(setup, operation, params, query, req.headers);
  return refusal ? { refusal } : readBody(setup, operation, req.headers['content-type'], text);
}

/** Credentials first, then parameters. */
function refuseHead(
  { contract, binding }: Setup,
  operation: Operation,
  params: Record<string, string>,
  query: Json,
  headers: Headers,
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
  const breaches = parameterBreaches(contract, operation, params, query, headers);
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
  { contract, binding }: Setup,
): Refusal {
  if (route.kind === 'wrong method') {
    const allowed = route.allow.join(', ');
    return refuse(
      405,
      'REQUEST_WRONG_METHOD',
      `${method} is not allowed for ${path}; allowed: ${allowed}`,
    );
  }
  const near = nearestPath(path, [...contract.operations.values()], binding.prefixes);
  const next = near ? `did you mean ${near}? ` : '';
  return refuse(
    404,
    'REQUEST_UNKNOWN_PATH',
    `${method} ${path} is no path of the contract; ${next}GET /__sandbox/health lists them`,
  );
}

function readBody(
  { contract }: Setup,
  operation: Operation,
  contentType: string | undefined,
  text: string | undefined,
): Admission {
  if (!operation.body) return { body: undefined };
  if (text === undefined) {
    if (!operation.body.required) return { body: undefined };
    const where = { entry: '$', type: 'body' as const, rule: 'required' };
    return {
      refusal: refuse(
        breachStatus(operation, 422),
        'REQUEST_BREAKS_CONTRACT',
        'the request has no body',
        where,
      ),
    };
  }
  const mediaType = mediaTypeOf(contentType);
  const parsed = isJson(mediaType) ? readJson(text) : { value: text };
  if ('problem' in parsed) {
    const where = { entry: '$', type: 'body' as const, rule: parsed.rule };
    return { refusal: refuse(400, 'REQUEST_BODY_UNREADABLE', parsed.problem, where) };
  }
  const breaches = contract.validator.body(operation, mediaType, parsed.value);
  if (breaches === undefined) return { refusal: refuseType(operation, mediaType) };
  if (breaches.length === 0 || !isJson(mediaType)) return { body: parsed.value };
  return { refusal: refuseBreaches(breachStatus(operation, 422), breaches) };
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
