import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FileError, hindrances, type Problem } from '../problem.js';
import { aliasesOf } from './aliases.js';
import { checkExamples } from './check-examples.js';
import { checkPaths } from './check-paths.js';
import type { Messages, Shorten } from './compile-checks.js';
import { checksFile, compiledBefore } from './compiled-checks.js';
import {
  type OpenApiDocument,
  preparedFile,
  type ReadDocument,
  readDocument,
  readTextOf,
} from './document.js';
import { type Facts, lazyContract, type Rest, readFacts, writeFacts } from './lazy-contract.js';
import type { Contract } from './loaded.js';
import { normalize } from './normalize.js';
import type { Operation } from './operation.js';
import { listOperations, operationsOnDemand } from './operations.js';
import { pathFitter } from './path-fits.js';
import { makeRouter } from './router.js';
import { knownOf, makeCompiler } from './schema-compiler.js';
import { secretsOf } from './secrets.js';
import { problemsOf, type Slip } from './slip.js';
import { Validator } from './validator.js';

export type { Contract } from './loaded.js';

/** In characters: what the examples of longer documents cost would be felt at the start. */
const SMALL = 256 * 1024;

/**
 * Prepares a contract that comes with the package, so that {@link loadContract} finds it normalized; run by
 * the build.
 * @throws FileError when there is anything to say of it
 */
export async function prepareContract(file: string): Promise<void> {
  const { document, text, digest } = await readDocument(file, true);
  const slips = await mend(file, text, document);
  const operations = listOperations(document);
  const examples = checkExamples(document, operations, new Validator(document));
  const problems = [...slips, ...(await toProblems(file, text, examples))];
  if (problems.length > 0) throw new FileError(problems);
  await mkdir(dirname(preparedFile(digest)), { recursive: true });
  await writeFile(preparedFile(digest), JSON.stringify(document));
  const whole = { document, text, digest, prepared: true, bundled: false };
  await writeFacts(contractOf(file, [''], whole, document, []));
  await rm(checksFile(digest), { force: true });
}

/**
 * Compiles what messages of some operations are held to, for a contract that was prepared; run by the build.
 * @param wanted by operation: its requests, or its answers too
 */
export async function prepareChecks(
  { file, document, operations }: Contract,
  wanted: (operation: string) => Messages | undefined,
  shorten?: Shorten,
): Promise<void> {
  const { text, digest, prepared } = await readDocument(file);
  if (!prepared) return;
  const { writeChecks } = await import('./compile-checks.js');
  const those = [...operations.values()].flatMap((operation) => {
    const messages = wanted(operation.id);
    return messages ? [{ operation, messages }] : [];
  });
  await writeChecks(document, digest, those, knownOf(text), shorten);
}

/** Makes the document one that can be validated against, in place. @returns warnings @throws FileError */
async function mend(file: string, text: string, document: OpenApiDocument): Promise<Problem[]> {
  const named = /\$(?:id|anchor|dynamicAnchor)\b/.test(text);
  const problems = await toProblems(file, text, [
    ...checkPaths(document),
    ...normalize(document, named),
  ]);
  if (hindrances(problems).length > 0) throw new FileError(problems);
  return problems;
}

async function toProblems(file: string, text: string, slips: readonly Slip[]): Promise<Problem[]> {
  if (slips.length === 0) return [];
  const { locatorOf } = await import('../yaml-fast.js');
  return problemsOf(file, slips, locatorOf(text));
}

/**
 * Loads an OpenAPI document of 3.0, 3.1 or 3.2.
 * @param prefixes what may stand in front of the document's paths
 * @param adopt gives it other names
 * @throws FileError
 */
export async function loadContract(
  file: string,
  prefixes: readonly string[] = [''],
  adopt?: (document: OpenApiDocument) => OpenApiDocument | Promise<OpenApiDocument>,
): Promise<Contract> {
  const known = adopt ? undefined : await readFactsOf(file);
  if (known) {
    const { text, digest, facts } = known;
    return lazyContract(file, digest, facts, (document) =>
      restOf(prefixes, facts, digest, text, document),
    );
  }
  const read = await readDocument(file);
  const problems = read.prepared ? [] : await mend(file, read.text, read.document);
  const document = adopt ? await adopt(read.document) : read.document;
  const contract = contractOf(file, prefixes, read, document, problems);
  const small = !read.prepared && !read.bundled && read.text.length <= SMALL;
  if (!small) return contract;
  return { ...contract, problems: [...problems, ...(await contract.exampleProblems())] };
}

/** Of a text that the build has prepared: what a start needs to know of it. */
async function readFactsOf(file: string) {
  const { text, digest } = await readTextOf(file);
  const facts = await readFacts(digest);
  return facts && { text, digest, facts };
}

/** What is made of a document that was prepared, once somebody asks for it; each operation is read when it is needed. */
function restOf(
  prefixes: readonly string[],
  { routes }: Facts,
  digest: string,
  text: string,
  document: OpenApiDocument,
): Rest {
  const known = knownOf(text);
  const checks = compiledBefore(digest, makeCompiler(document, known));
  const validator = new Validator(document, known, checks);
  const operations = operationsOnDemand(document);
  const fits = pathFitter(document, validator);
  const whole = (id: string) => operations.get(id) as Operation;
  const router = once(() => makeRouter([{ operations: routes, whole, prefixes, fits }]));
  return {
    document,
    operations,
    aliases: aliasesOf(routes),
    validator,
    fits,
    route: (method, path) => router()(method, path),
  };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function contractOf(
  file: string,
  prefixes: readonly string[],
  { document: read, text, digest, prepared, bundled }: ReadDocument,
  document: OpenApiDocument,
  problems: readonly Problem[],
): Contract {
  const operations = listOperations(document);
  const known = bundled ? {} : knownOf(text);
  const compile = makeCompiler(document, known);
  const checks = prepared ? compiledBefore(digest, compile) : compile;
  const validator = new Validator(document, known, checks);
  let examples: Promise<readonly Problem[]> | undefined;
  const exampleProblems = () => {
    // Those of the package were held to their schemas when it was built.
    examples ??= prepared
      ? Promise.resolve([])
      : toProblems(file, text, checkExamples(document, operations, validator));
    return examples;
  };
  const fits = pathFitter(document, validator);
  const router = once(() => makeRouter([{ operations, prefixes, fits }]));
  return {
    file,
    digest,
    adopted: document !== read,
    title: String(document.info?.title ?? file),
    version: String(document.info?.version ?? ''),
    document,
    operations: new Map(operations.map((o) => [o.id, o])),
    routes: operations,
    isRead: true,
    aliases: aliasesOf(operations),
    validator,
    bases: [...new Set(operations.flatMap(({ bases = [] }) => bases))],
    secrets: secretsOf(document, operations),
    fits,
    route: (method, path) => router()(method, path),
    problems,
    exampleProblems,
  };
}
