import { FileError } from '../problem.js';
import { type OpenApiDocument, readDocument } from './document.js';
import { toJsonSchema } from './json-schema.js';
import type { Operation } from './operation.js';
import { listOperations } from './operations.js';
import { patternProblems } from './pattern.js';
import { makeRouter, type Route } from './router.js';
import { Validator } from './validator.js';

/** The OpenAPI document, loaded: operations, routing and validation. */
export interface Contract {
  file: string;
  /** Hash of its text. */
  digest: string;
  title: string;
  version: string;
  /** Schemas in it read as JSON Schema, whatever the OpenAPI version. */
  document: OpenApiDocument;
  operations: ReadonlyMap<string, Operation>;
  validator: Validator;
  /** Path without query; see {@link makeRouter}. */
  route(method: string, path: string): Route;
}

/**
 * Holds a contract that comes with the package to what {@link loadContract} no longer asks of it; run by
 * the build.
 * @throws FileError
 */
export async function checkPackagedContract(file: string): Promise<void> {
  const { document, text } = await readDocument(file);
  const problems = patternProblems(file, text, document);
  if (problems.length > 0) throw new FileError(problems);
}

/**
 * Loads an OpenAPI 3.0 or 3.1 document.
 * @param prefixes what may stand in front of the document's paths
 * @throws FileError
 */
export async function loadContract(
  file: string,
  prefixes: readonly string[] = [''],
): Promise<Contract> {
  const { document: read, text, digest, checked } = await readDocument(file);
  const problems = checked ? [] : patternProblems(file, text, read);
  if (problems.length > 0) throw new FileError(problems);
  const document = toJsonSchema(read);
  const operations = listOperations(document);
  return {
    file,
    digest,
    title: String(document.info?.title ?? file),
    version: String(document.info?.version ?? ''),
    document,
    operations: new Map(operations.map((o) => [o.id, o])),
    validator: new Validator(document),
    route: makeRouter([{ operations, prefixes }]),
  };
}
