import FindMyWay, { type HTTPMethod } from 'find-my-way';
import type { Operation } from './operation.js';

export type Route =
  | { kind: 'found'; operation: Operation; params: Record<string, string> }
  | { kind: 'wrong method'; allow: string[] }
  | { kind: 'unknown path' };

/** Operations of one contract, and what may stand in front of their paths. */
export interface Routed {
  operations: readonly Operation[];
  prefixes: readonly string[];
}

/**
 * Finds the operation of a request path, of one contract or of several. Each prefix (`''`, `/api`) may
 * stand in front of a contract's paths, and so may the path of each of an operation's servers; fixed segments win over parameters (OpenAPI 3.0.3, "Path
 * Templating Matching"), whatever contract they are of.
 */
export function makeRouter(contracts: readonly Routed[]) {
  const router = FindMyWay({ ignoreTrailingSlash: true, maxParamLength: 1024 });
  const taken = new Set<string>();
  const methods = [...new Set(contracts.flatMap((c) => c.operations.map((o) => o.method)))];
  for (const { operations, prefixes } of contracts) {
    for (const operation of operations) {
      const { pattern, names } = patternOf(operation.path);
      for (const prefix of new Set([...(operation.bases ?? []), ...prefixes])) {
        const path = prefix + pattern;
        // Of two paths that differ in the names of their parameters alone the first counts.
        const route = `${operation.method} ${path.replace(/(?<=.)\/$/, '')}`;
        if (taken.has(route)) continue;
        taken.add(route);
        router.on(operation.method as HTTPMethod, path, unused, { operation, names });
      }
    }
  }
  return (method: string, path: string): Route => {
    const hit = router.find(method as HTTPMethod, path);
    if (hit) {
      const { operation, names } = hit.store as { operation: Operation; names: string[] };
      const params: Record<string, string> = {};
      names.forEach((name, i) => {
        params[name] = hit.params[`p${i}`] ?? '';
      });
      return { kind: 'found', operation, params };
    }
    const allow = methods.filter((m) => router.find(m as HTTPMethod, path));
    return allow.length > 0 ? { kind: 'wrong method', allow } : { kind: 'unknown path' };
  };
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
