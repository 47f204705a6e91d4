import { exampleBody } from '../../../src/contract/example.js';
import type { Operation } from '../../../src/contract/operation.js';
import type { RunningSandbox } from '../../../src/index.js';
import { type Answered, CREDENTIALS, send } from '../../support/client.js';
import type { Served } from './product.js';

/** What asking an operation has shown: it changed what is kept, it answered and changed nothing, or it only refused. */
export type Shown = 'changes' | 'answers' | 'refuses';

/**
 * Asks every operation that answers at once and is no GET, over HTTP and with the contract's own examples. Every job
 * is led to its end before, so that there is something to change; what refuses is asked again of something new, and
 * of something new to which each of the others has been done.
 * @returns by what {@link keyOf} says
 */
export async function askAll(
  sandbox: RunningSandbox,
  platform: readonly Served[],
): Promise<Map<string, Shown>> {
  const shown = new Map<string, Shown>();
  for (const job of platform.filter(({ plays }) => plays === 'job')) await askOne(sandbox, job);
  const asked = platform.filter(
    ({ operation, plays }) => plays === 'world' && operation.method !== 'GET',
  );
  for (const one of asked) shown.set(keyOf(one), await askOne(sandbox, one));
  for (const one of asked) {
    if (shown.get(keyOf(one)) !== 'refuses') continue;
    shown.set(keyOf(one), await askAgain(sandbox, platform, one));
  }
  return shown;
}

async function askAgain(
  sandbox: RunningSandbox,
  platform: readonly Served[],
  one: Served,
): Promise<Shown> {
  const beside = platform.filter(
    ({ operation, plays }) =>
      (plays === 'job' || plays === 'world') &&
      operation.method !== 'GET' &&
      collectionOf(operation) === collectionOf(one.operation),
  );
  const makers = beside.filter(({ operation }) => operation.path === collectionOf(operation));
  const others = beside.filter((each) => each !== one && !makers.includes(each));
  for (const before of [undefined, ...others]) {
    for (const each of makers) await askOne(sandbox, each);
    if (before) await askOne(sandbox, before);
    const found = await askOne(sandbox, one);
    if (found !== 'refuses') return found;
  }
  return 'refuses';
}

/** `/person_requests` of `/person_requests/{id}/actions/sign`; a path that ends with no id is its own. */
function collectionOf({ path }: Operation): string {
  return path.replace(/\/\{[^}]+\}(\/actions\/[^/]+)?$/, '');
}

export function keyOf({ api, operation }: Pick<Served, 'api' | 'operation'>): string {
  return `${api.name} ${operation.id}`;
}

async function askOne(sandbox: RunningSandbox, served: Served): Promise<Shown> {
  const before = JSON.stringify(sandbox.resources());
  let answered = false;
  for (const path of pathsOf(sandbox, served.operation)) {
    const answer = await askAt(sandbox, served, path);
    if (answer.status >= 400) continue;
    answered = true;
    if (served.plays === 'job') sandbox.clock.advance('1h');
    if (JSON.stringify(sandbox.resources()) !== before) return 'changes';
  }
  return answered ? 'answers' : 'refuses';
}

function askAt(
  sandbox: RunningSandbox,
  { api, operation }: Served,
  path: string,
): Promise<Answered> {
  const body = exampleBody(api.contract.document, operation);
  const query = operation.parameters
    .filter((one) => one.in === 'query' && one.required)
    .map(({ name, example }) => `${name}=${encodeURIComponent(String(example ?? ''))}`)
    .join('&');
  return send(operation.method, `${sandbox.url}/api${path}${query && `?${query}`}`, {
    headers: { ...CREDENTIALS, 'X-Custom-PSK': 'any' },
    ...(body === undefined ? {} : { body }),
  });
}

/** Paths with the contract's examples, then with the ids that the world has of what a path names. */
function pathsOf(sandbox: RunningSandbox, { path, parameters }: Operation): string[] {
  const { resources } = sandbox.world();
  const segments = path.split('/');
  const choices = segments.map((segment, i) => {
    const name = /^\{(.+)\}$/.exec(segment)?.[1];
    if (name === undefined) return [segment];
    const example = parameters.find((one) => one.in === 'path' && one.name === name)?.example;
    const kind = singular(segments[i - 1] ?? '');
    const known = (resources[kind] ?? []).map(({ id }) => id).reverse();
    return [String(example ?? 'none'), ...known.slice(0, 3)];
  });
  const [first = [], ...others] = choices;
  return others.reduce<string[]>(
    (paths, choice) => paths.flatMap((begun) => choice.map((next) => `${begun}/${next}`)),
    first,
  );
}

/** `legal_entities` are of the kind `legal_entity`. */
function singular(collection: string): string {
  return collection.replace(/ies$/, 'y').replace(/s$/, '');
}
