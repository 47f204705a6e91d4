import { type Headers, missingCredential, parameterBreaches } from '../contract/gate.js';
import type { Json } from '../contract/json.js';
import type { Operation } from '../contract/operation.js';
import type { Refusal } from '../sandbox/pack.js';
import type { Setup } from '../sandbox/setup.js';
import { nearestPath } from './nearest-path.js';
import { refuse, refuseBreaches } from './refuse.js';

/**
 * Checks everything of a request but its body: credentials first, then parameters.
 * @param query gets the contract's types and defaults
 */
export function admit(
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
    return { status: 401, message: binding.messages.get(401) ?? 'Invalid access token', invalid };
  }
  const breaches = parameterBreaches(contract, operation, params, query, headers);
  if (breaches.length === 0) return undefined;
  const malformed = breaches.some((b) => b.in === 'path');
  return refuseBreaches(malformed ? 400 : breachStatus(operation, 400), breaches);
}

/** 422 for a body and 400 for parameters, unless the operation documents only the other one. */
export function breachStatus(operation: Operation, usual: 400 | 422): number {
  const other = usual === 400 ? 422 : 400;
  const { answers } = operation;
  return answers[usual] === undefined && answers[other] !== undefined ? other : usual;
}

/** The refusal of a path or method that the contract does not know. */
export function refuseRoute(
  route: { kind: 'wrong method'; allow: string[] } | { kind: 'unknown path' },
  method: string,
  path: string,
  { contract, binding }: Pick<Setup, 'contract' | 'binding'>,
): Refusal {
  if (route.kind === 'wrong method') {
    const allowed = route.allow.join(', ');
    return refuse(405, `${method} is not allowed for ${path}; allowed: ${allowed}`);
  }
  const near = nearestPath(path, [...contract.operations.values()], binding.prefixes);
  const next = near ? `did you mean ${near}? ` : '';
  return refuse(
    404,
    `${method} ${path} is no path of the contract; ${next}GET /__sandbox/health lists them`,
  );
}
