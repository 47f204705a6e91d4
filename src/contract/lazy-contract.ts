import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { type OpenApiDocument, preparedFile } from './document.js';
import type { Contract, Finish } from './loaded.js';
import type { RouteFacts } from './router.js';
import type { Secrets } from './secrets.js';

/** What a start needs to know of a contract: the rest is read when a request first is for it. */
export interface Facts {
  title: string;
  version: string;
  bases: readonly string[];
  routes: readonly RouteFacts[];
  secrets: Record<keyof Secrets, string[]>;
}

/** Run by the build, beside the document. */
export async function writeFacts(contract: Contract): Promise<void> {
  const { digest, title, version, bases, routes, secrets } = contract;
  const facts: Facts = {
    title,
    version,
    bases,
    routes: routes.map(({ id, aliases, method, path, bases: own }) => ({
      id,
      ...(aliases ? { aliases } : {}),
      method,
      path,
      bases: own,
    })),
    secrets: {
      headers: [...secrets.headers],
      query: [...secrets.query],
      cookies: [...secrets.cookies],
    },
  };
  await writeFile(factsFile(digest), JSON.stringify(facts));
}

/** Undefined: the build has not seen this text. */
export async function readFacts(digest: string): Promise<Facts | undefined> {
  try {
    return JSON.parse(await readFile(factsFile(digest), 'utf8')) as Facts;
  } catch {
    return undefined;
  }
}

function factsFile(digest: string): string {
  return preparedFile(digest).replace(/\.json$/, '.facts.json');
}

/** What the facts do not hold. */
export type Rest = Pick<
  Contract,
  'document' | 'operations' | 'aliases' | 'validator' | 'fits' | 'route'
>;

/**
 * A contract of the package that is read once somebody asks for more than these facts.
 * @param make makes the rest of it from its document
 */
export function lazyContract(
  file: string,
  digest: string,
  { title, version, bases, routes, secrets }: Facts,
  make: (document: OpenApiDocument) => Rest,
): Contract {
  let made: Rest | undefined;
  let finish: Finish = (rest) => rest;
  const whole = () => {
    made ??= finish(make(JSON.parse(readFileSync(preparedFile(digest), 'utf8'))));
    return made;
  };
  return {
    file,
    digest,
    title,
    version,
    bases,
    routes,
    adopted: false,
    problems: [],
    secrets: {
      headers: new Set(secrets.headers),
      query: new Set(secrets.query),
      cookies: new Set(secrets.cookies),
    },
    get isRead() {
      return made !== undefined;
    },
    onceRead: (given) => {
      finish = given;
    },
    get document() {
      return whole().document;
    },
    get operations() {
      return whole().operations;
    },
    get aliases() {
      return whole().aliases;
    },
    get validator() {
      return whole().validator;
    },
    fits: (operation, params) => whole().fits(operation, params),
    route: (method, path) => whole().route(method, path),
    exampleProblems: () => Promise.resolve([]),
  };
}
