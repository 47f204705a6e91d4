import type { Contract } from '../contract/contract.js';
import type { Operation } from '../contract/operation.js';
import { operationsOf, resourceOperationsOf } from '../contract/operations-of.js';
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
  /** Operations that are about jobs of several kinds, with the APIs of these; undefined: there is none. */
  shared: ReadonlyMap<Operation, readonly Api[]> | undefined;
}

/** Routes over the contracts as they are now; where two of them have one path, the first answers. */
export function routesOf(apis: Apis): Routes {
  const [first] = apis;
  const own = isOne(apis);
  let router: Routes['find'] | undefined;
  let owners: Map<Operation, Api> | undefined;
  // Made when somebody first asks: a start has no use for them.
  const find: Routes['find'] = (method, path) => {
    router ??= own ? first.contract.route : routeOverAll(apis);
    return router(method, path);
  };
  const apiOf = (operation: Operation) => {
    if (apis.length === 1) return first;
    const found = ownerOf.get(operation);
    if (found && apis.includes(found)) return found;
    // Asked of each contract that has been read and is of one API, so that no other has to be, nor all of this one.
    const owner = apis.find(
      (api) => isAlone(apis, api) && api.contract.isRead && hasOwn(api.contract, operation),
    );
    if (owner) return owner;
    owners ??= ownersOf(apis.filter((api) => !isAlone(apis, api)));
    return owners.get(operation) ?? first;
  };
  let shared: { by: Routes['shared'] } | undefined;
  return {
    find,
    apiOf,
    get shared() {
      shared ??= { by: sharedAmong(apis) };
      return shared.by;
    },
    apiAt: (route, path) => {
      if (route.kind === 'found') return apiOf(route.operation);
      if (route.kind === 'unknown path') return undefined;
      const known = find(route.allow[0] ?? '', path);
      return known.kind === 'found' ? apiOf(known.operation) : undefined;
    },
  };
}

/** Whose an operation is that a request was for; noted then, so that no other contract has to be read. */
const ownerOf = new WeakMap<Operation, Api>();

/** The contract's own router will do: there is one contract, and all kinds of its jobs stand behind the same prefixes. */
function isOne(apis: Apis): boolean {
  const [first] = apis;
  const prefixes = JSON.stringify(first.binding.prefixes);
  return apis.every(
    ({ contract, binding }) =>
      contract === first.contract && JSON.stringify(binding.prefixes) === prefixes,
  );
}

function routeOverAll(apis: Apis): Routes['find'] {
  const several = apis.filter((api) => !isAlone(apis, api));
  return makeRouter(
    apis.map((api) => {
      const alone = isAlone(apis, api);
      return {
        operations: alone ? api.contract.routes : ownOperations(several, api),
        prefixes: api.binding.prefixes,
        fits: api.contract.fits,
        whole: (id: string) => {
          const operation = api.contract.operations.get(id) as Operation;
          if (alone) ownerOf.set(operation, api);
          return operation;
        },
      };
    }),
  );
}

/** No kind of jobs beside it has the same contract: all of its operations are its own. */
function isAlone(apis: readonly Api[], { contract }: Api): boolean {
  return apis.filter((api) => api.contract === contract).length === 1;
}

function hasOwn({ operations }: Contract, operation: Operation): boolean {
  return operations.get(operation.id) === operation;
}

/** The operations of an API: of several kinds over one contract, each has those that its binding names, the first the rest. */
export function ownOperations(apis: readonly Api[], api: Api): Operation[] {
  const owners = ownersOf(apis);
  return [...api.contract.operations.values()].filter((each) => owners.get(each) === api);
}

function ownersOf(apis: readonly Api[]): Map<Operation, Api> {
  const owners = new Map<Operation, Api>();
  const own = (api: Api, operation: Operation | undefined) => {
    if (operation && !owners.has(operation)) owners.set(operation, api);
  };
  for (const api of apis) {
    for (const id of operationsOf(api.binding).keys()) own(api, api.contract.operations.get(id));
  }
  for (const api of apis) {
    for (const id of resourceOperationsOf(api.binding)) own(api, api.contract.operations.get(id));
  }
  for (const api of apis) for (const each of api.contract.operations.values()) own(api, each);
  return owners;
}

/** Of whose kind a job is that such an operation is asked for, its id alone tells. */
function sharedAmong(apis: readonly Api[]): Routes['shared'] {
  const shared = new Map<Operation, Api[]>();
  for (const api of apis) {
    if (isAlone(apis, api)) continue;
    for (const id of operationsOf(api.binding).keys()) {
      const operation = api.contract.operations.get(id);
      if (operation) shared.set(operation, [...(shared.get(operation) ?? []), api]);
    }
  }
  const several = [...shared].filter(([, owners]) => owners.length > 1);
  return several.length === 0 ? undefined : new Map(several);
}
