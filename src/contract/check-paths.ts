import { METHODS as KNOWN_METHODS } from 'node:http';
import { nearest } from '../problem.js';
import { resolve } from './document.js';
import { isObject, type Json } from './json.js';
import { isInterim, METHODS } from './openapi-objects.js';
import type { Slip } from './slip.js';

/**
 * Reads paths as they are meant, in place, and says what no request can reach.
 * OpenAPI 3.1.1, "Paths Object": a path begins with a slash; "Path Templating Matching": paths that differ
 * in the names of their parameters alone are the same.
 */
export function checkPaths(document: Json): Slip[] {
  if (!isObject(document.paths)) return [];
  return [
    ...webhooksAlone(document, document.paths),
    ...addSlashes(document, document.paths),
    ...hideUnreachable(document.paths),
    ...checkOperations(document, document.paths),
  ];
}

/** OpenAPI 3.1.1, "OpenAPI Object": a document may have `webhooks` in the place of `paths`. */
function webhooksAlone({ webhooks }: Json, paths: Json): Slip[] {
  if (!isObject(webhooks) || Object.keys(paths).length > 0) return [];
  return [
    {
      code: 'CONTRACT_NO_PATHS',
      kind: 'webhooks',
      path: ['webhooks'],
      of: 'key',
      message:
        'the document describes webhooks alone, which are requests to its clients: no request is answered by it',
      hint: 'add `paths` for what clients ask for',
    },
  ];
}

function addSlashes(document: Json, paths: Json): Slip[] {
  const without = Object.keys(paths).filter((path) => !/^(?:\/|x-)/.test(path));
  if (without.length === 0) return [];
  const entries = Object.entries(paths);
  const renamed = entries.map(([path, item]) => [without.includes(path) ? `/${path}` : path, item]);
  document.paths = Object.fromEntries(renamed);
  // References keep leading to where they led.
  for (const path of without) hide(document.paths as Json, path, paths[path]);
  return without.map((path) => ({
    code: 'CONTRACT_PATH',
    kind: 'slash',
    path: ['paths', path],
    of: 'key',
    name: JSON.stringify(path),
    message: `the path ${JSON.stringify(path)} does not begin with a slash; it is served as /${path}`,
    hint: `write /${path}`,
  }));
}

/** A request is matched by its path alone: RFC 3986 §3.3 ends it before `?` and `#`. */
function hideUnreachable(paths: Json): Slip[] {
  const odd = Object.keys(paths).filter((path) => path.startsWith('/') && /[?#]/.test(path));
  for (const path of odd) hide(paths, path, paths[path]);
  return odd.map((path) => ({
    code: 'CONTRACT_PATH_UNREACHABLE',
    kind: 'query',
    path: ['paths', path],
    of: 'key',
    name: JSON.stringify(path),
    message: `no request has the path ${JSON.stringify(path)}, and its operations are left out: a path ends before ${path.includes('?') ? '?' : '#'}`,
    hint: `write ${path.replace(/[?#].*$/, '')}, and describe the rest by parameters in: query`,
  }));
}

function hide(object: Json, key: string, value: unknown): void {
  Object.defineProperty(object, key, { enumerable: false, configurable: true, value });
}

function checkOperations(document: Json, paths: Json): Slip[] {
  const routes = new Map<string, string>();
  const ids = new Map<string, string>();
  const slips: Slip[] = [];
  for (const [path, entry] of Object.entries(paths)) {
    const item = path.startsWith('/') ? resolve(document, entry) : undefined;
    if (!item) continue;
    slips.push(...checkMethods(path, item));
    slips.push(...checkParameters(document, path, item));
    for (const [method, operation] of operationsOf(item)) {
      const at = ['paths', path, method];
      const name = `${method.toUpperCase()} ${path}`;
      slips.push(...checkAnswers([...at, 'responses'], name, operation.responses));
      const route = `${method} ${path.replaceAll(/\{[^{}]*\}/g, '{}').replace(/(?<=.)\/$/, '')}`;
      const before = routes.get(route);
      if (before !== undefined) slips.push(samePath(at, name, before));
      else routes.set(route, name);
      const { operationId: id } = operation;
      if (typeof id !== 'string') continue;
      const bearer = ids.get(id);
      if (bearer !== undefined) slips.push(sameId([...at, 'operationId'], id, name, bearer));
      else ids.set(id, name);
    }
  }
  return slips;
}

function operationsOf(item: Json): [method: string, operation: Json][] {
  const additional = isObject(item.additionalOperations) ? item.additionalOperations : {};
  const found = [...METHODS.map((method) => [method, item[method]]), ...Object.entries(additional)];
  return found.filter((entry): entry is [string, Json] => isObject(entry[1]));
}

/** OpenAPI 3.2.0, "Path Item Object": any method may stand there, and Node reads those that it knows. */
function checkMethods(path: string, { additionalOperations }: Json): Slip[] {
  if (!isObject(additionalOperations)) return [];
  const unknown = Object.keys(additionalOperations).filter(
    (method) => !KNOWN_METHODS.includes(method),
  );
  for (const method of unknown) delete additionalOperations[method];
  return unknown.map((method) => ({
    code: 'CONTRACT_METHOD',
    kind: 'method',
    path: ['paths', path, 'additionalOperations', method],
    of: 'key',
    name: method,
    message: `no request can have the method ${JSON.stringify(method)}, and the operation is left out`,
    hint: `known: ${KNOWN_METHODS.join(', ')}`,
  }));
}

function checkAnswers(path: string[], name: string, responses: unknown): Slip[] {
  const statuses = Object.keys(isObject(responses) ? responses : {});
  if (statuses.length === 0 || !statuses.every(isInterim)) return [];
  return [
    {
      code: 'CONTRACT_NO_ANSWER',
      kind: 'interim',
      path,
      of: 'key',
      name,
      message: `${name} has no answer but ${statuses.join(', ')}, which is none yet: its requests are answered 501`,
      hint: 'describe what comes in the end',
    },
  ];
}

/** Parameters in: path that a path has no place for: no request brings them, so none is asked for them. */
function checkParameters(document: Json, path: string, item: Json): Slip[] {
  const places = namesIn(path);
  const lists: [at: string[], list: unknown][] = [
    [[], item.parameters],
    ...operationsOf(item).map(([method, { parameters }]): [string[], unknown] => [
      [method],
      parameters,
    ]),
  ];
  return lists.flatMap(([at, list]) =>
    (Array.isArray(list) ? list : []).flatMap((entry, i): Slip[] => {
      const parameter = resolve(document, entry);
      const name = String(parameter?.name);
      if (parameter?.in !== 'path' || places.includes(name)) return [];
      return [
        {
          code: 'CONTRACT_PARAMETER',
          kind: 'place',
          path: ['paths', path, ...at, 'parameters', String(i)],
          name: `{${name}} of ${path}`,
          message: `the path ${path} has no place for its parameter ${JSON.stringify(name)}, which is left out`,
          hint:
            places.length > 0
              ? nearest(name, places)
              : `write {${name}} into the path, or leave the parameter out`,
        },
      ];
    }),
  );
}

/** The parameters that a path has a place for. */
function namesIn(path: string): string[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
}

function samePath(path: string[], name: string, before: string): Slip {
  return {
    code: 'CONTRACT_SAME_PATH',
    kind: 'path',
    path,
    of: 'key',
    name,
    message: `${name} means the same requests as ${before}, which answers those that fit the parameters of either`,
    hint: 'put what belongs together below one path',
  };
}

function sameId(path: string[], id: string, name: string, bearer: string): Slip {
  return {
    code: 'CONTRACT_SAME_OPERATION_ID',
    kind: 'id',
    path,
    name: JSON.stringify(id),
    message: `the operationId ${JSON.stringify(id)} of ${name} is that of ${bearer} already; here it goes by method and path`,
    hint: 'give each operation its own',
  };
}
