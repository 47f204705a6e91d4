import FindMyWay, { type HTTPMethod } from 'find-my-way';
import { put } from './json.js';
import type { Operation } from './operation.js';
import type { PathFits } from './path-fits.js';

export type Route =
  | { kind: 'found'; operation: Operation; params: Record<string, string> }
  | { kind: 'wrong method'; allow: string[] }
  | { kind: 'unknown path' };

/** What of an operation is enough to find it, and the names that it may be asked for by. */
export type RouteFacts = Pick<Operation, 'id' | 'aliases' | 'method' | 'path' | 'bases'>;

/** Operations of one contract, and what may stand in front of their paths. */
export interface Routed {
  operations: readonly RouteFacts[];
  /** The whole of one of them, once a request is for it; undefined: they are whole. */
  whole?: ((id: string) => Operation) | undefined;
  prefixes: readonly string[];
  /** Asked where two of its operations have one path. */
  fits: PathFits;
}

/**
 * Finds the operation of a request path, of one contract or of several. Each prefix (`''`, `/api`) may
 * stand in front of a contract's paths, and so may the path of each of an operation's servers;
 * fixed segments win over parameters (OpenAPI 3.0.3, "Path Templating Matching"), whatever contract they are of. Of two
 * contracts with one path the first counts, and of two such operations of one contract the first whose parameters fit.
 */
export function makeRouter(contracts: readonly Routed[]) {
  const groups = groupsOf(contracts);
  const methods = [...new Set(contracts.flatMap((c) => c.operations.map((o) => o.method)))];
  const hitOf = (method: string, path: string) => {
    const group = groups.get(method)?.[depthOf(path)];
    if (!group) return undefined;
    group.router ??= routerOf(method, group);
    return group.router.find(method as HTTPMethod, path);
  };
  return (method: string, path: string): Route => {
    const hit = hitOf(method, path);
    if (hit) {
      return { kind: 'found', ...choose(hit.store as Candidate[], hit.params) };
    }
    const allow = methods.filter((other) => hitOf(other, path));
    return allow.length > 0 ? { kind: 'wrong method', allow } : { kind: 'unknown path' };
  };
}

/**
 * Operations of one method whose paths have as many segments. A request can be for those of one group alone, so each
 * gets its router when a request first is for it: all routes of two hundred operations take 25 ms to make.
 */
interface Group {
  routes: { operation: RouteFacts; prefix: string; contract: Routed }[];
  router?: ReturnType<typeof routerOf>;
}

/** By method and number of segments. */
function groupsOf(contracts: readonly Routed[]): Map<string, (Group | undefined)[]> {
  const groups = new Map<string, (Group | undefined)[]>();
  for (const contract of contracts) {
    for (const operation of contract.operations) {
      const ofMethod = groups.get(operation.method) ?? [];
      groups.set(operation.method, ofMethod);
      for (const prefix of new Set([...(operation.bases ?? []), ...contract.prefixes])) {
        const depth = depthOf(prefix + operation.path.replace(/\{[^}]+\}/g, 'x'));
        const group = ofMethod[depth] ?? { routes: [] };
        ofMethod[depth] = group;
        group.routes.push({ operation, prefix, contract });
      }
    }
  }
  return groups;
}

function routerOf(method: string, { routes }: Group) {
  const router = FindMyWay({ ignoreTrailingSlash: true, maxParamLength: 1024 });
  const taken = new Map<string, Candidate[]>();
  for (const { operation, prefix, contract } of routes) {
    const { pattern, names } = patternOf(operation.path);
    const path = prefix + pattern;
    const route = path.replace(/(?<=.)\/$/, '');
    const { whole, fits } = contract;
    const { id } = operation;
    const candidate = { id, whole, operation: whole ? undefined : operation, names, fits };
    const before = taken.get(route);
    if (!before) {
      const candidates = [candidate];
      taken.set(route, candidates);
      router.on(method as HTTPMethod, path, unused, candidates);
    } else if (before[0]?.fits === fits) before.push(candidate);
  }
  return router;
}

const [SLASH, QUERY, FRAGMENT] = ['/', '?', '#'].map((sign) => sign.charCodeAt(0));

/** How many segments a path has. A slash at its end, a query and a fragment do not count, as in find-my-way. */
function depthOf(path: string): number {
  let depth = 0;
  let end = 0;
  for (; end < path.length; end += 1) {
    const sign = path.charCodeAt(end);
    if (sign === SLASH) depth += 1;
    else if (sign === QUERY || sign === FRAGMENT) break;
  }
  return end > 1 && path.charCodeAt(end - 1) === SLASH ? depth - 1 : depth;
}

/** An operation at a path; of one document there may be several whose paths differ in the names of parameters alone. */
interface Candidate extends Pick<Routed, 'fits' | 'whole'> {
  id: string;
  operation: RouteFacts | undefined;
  names: readonly string[];
}

type Found = Readonly<Record<string, string | undefined>>;

/** The one whose parameters fit; where none does, the first may say what is wrong. */
function choose(candidates: readonly Candidate[], found: Found) {
  const [first] = candidates as [Candidate];
  if (candidates.length > 1) {
    for (const candidate of candidates) {
      const { names, fits } = candidate;
      const operation = operationOf(candidate);
      const params = paramsOf(names, found);
      if (fits(operation, params)) return { operation, params };
    }
  }
  return { operation: operationOf(first), params: paramsOf(first.names, found) };
}

function operationOf(candidate: Candidate): Operation {
  const { id, whole } = candidate;
  candidate.operation ??= whole?.(id);
  return candidate.operation as Operation;
}

function paramsOf(names: readonly string[], found: Found): Record<string, string> {
  const params: Record<string, string> = {};
  names.forEach((name, i) => {
    put(params, name, found[`p${i}`] ?? '');
  });
  return params;
}

/** The template in the words of find-my-way, and the names of its parameters in their order. */
function patternOf(template: string): { pattern: string; names: string[] } {
  const names: string[] = [];
  const parts = template.split(/(\{[^}]+\})/);
  const pattern = parts.map((part, i) => {
    if (i % 2 === 0) return literal(part);
    names.push(part.slice(1, -1));
    const next = parts[i + 1] === '' ? parts[i + 2] : parts[i + 1];
    // A parameter's name would take in what stands behind it, as in /jobs/{id}:cancel or /a/{x}_{y}.
    const whole = next === undefined || next === '' || next.startsWith('/');
    return `:p${names.length - 1}${whole ? '' : '(.+)'}`;
  });
  return { pattern: pattern.join(''), names };
}

/** Requests are compared decoded; a colon and an asterisk of the document stand for themselves. */
function literal(text: string): string {
  let decoded = text;
  try {
    decoded = decodeURI(text);
  } catch {
    // Not percent-encoded: it is as it stands.
  }
  return decoded.replaceAll(':', '::').replaceAll('*', ':literal([*])');
}

// find-my-way wants a handler for each route; only its store is read here.
function unused(): void {}
