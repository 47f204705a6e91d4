import type { Operation } from '../contract/operation.js';
import { makeRouter, type Route } from '../contract/router.js';
import type { Api, Apis } from './api.js';

/** One router over all that a server serves. */
export interface Routes {
  /** @param path without query */
  find(method: string, path: string): Route;
  /** The API that an operation of theirs belongs to. */
  apiOf(operation: Operation): Api;
  /** The API that a path is for, whatever the method; undefined: no contract knows it. */
  apiAt(route: Route, path: string): Api | undefined;
}

/** Routes over the contracts as they are now; where two of them have one path, the first answers. */
export function routesOf(apis: Apis): Routes {
  const [first] = apis;
  const find = apis.length === 1 ? first.contract.route : routeOverAll(apis);
  const apiOf = apis.length === 1 ? () => first : ownersOf(apis);
  return {
    find,
    apiOf,
    apiAt: (route, path) => {
      if (route.kind === 'found') return apiOf(route.operation);
      if (route.kind === 'unknown path') return undefined;
      const known = find(route.allow[0] ?? '', path);
      return known.kind === 'found' ? apiOf(known.operation) : undefined;
    },
  };
}

function routeOverAll(apis: Apis): Routes['find'] {
  return makeRouter(
    apis.map(({ contract, binding }) => ({
      operations: [...contract.operations.values()],
      prefixes: binding.prefixes,
      fits: contract.fits,
    })),
  );
}

function ownersOf(apis: Apis): Routes['apiOf'] {
  const owners = new Map<Operation, Api>();
  for (const api of apis) {
    for (const operation of api.contract.operations.values()) owners.set(operation, api);
  }
  const [first] = apis;
  return (operation) => owners.get(operation) ?? first;
}
