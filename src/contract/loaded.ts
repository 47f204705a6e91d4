import type { Problem } from '../problem.js';
import type { Aliases, Names } from './aliases.js';
import type { OpenApiDocument } from './document.js';
import type { Operation } from './operation.js';
import type { PathFits } from './path-fits.js';
import type { Route, RouteFacts } from './router.js';
import type { Secrets } from './secrets.js';
import type { Validator } from './validator.js';

/** The OpenAPI document, loaded: operations, routing and validation. */
export interface Contract {
  file: string;
  /** Hash of its text. */
  digest: string;
  /** Its operations got the names that another document of the same API has for them. */
  adopted: boolean;
  title: string;
  version: string;
  /** Schemas in it read as JSON Schema, whatever the OpenAPI version. */
  document: OpenApiDocument;
  operations: ReadonlyMap<string, Operation>;
  /** Other names of its operations. */
  aliases: Aliases;
  validator: Validator;
  /** Paths of its servers, of which one may stand in front of each of its own. */
  bases: readonly string[];
  /** Where its credentials stand. */
  secrets: Secrets;
  /** All of its operations, as far as they are needed to find one. */
  routes: readonly RouteFacts[];
  /** False: nobody has asked yet for more than a start needs. */
  readonly isRead: boolean;
  /** Of one that has not been read: what is done with it then. */
  onceRead?(finish: Finish): void;
  /** Path without query; see {@link makeRouter}. */
  route(method: string, path: string): Route;
  /** Of operations that have one path it is asked which one is meant. */
  fits: PathFits;
  /** Warnings: what is read as meant, left unchecked or left out, one line a kind. */
  problems: readonly Problem[];
  /**
   * Warnings of examples that break their own schemas. They are among `problems` of a small document; in a
   * long one they are looked for when somebody asks, for every schema with an example is compiled for it.
   */
  exampleProblems(): Promise<readonly Problem[]>;
}

/** Gives operations the names that they are to have. */
export type Finish = <C extends Names>(read: C) => C;
