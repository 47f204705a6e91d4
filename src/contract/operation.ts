import type { Json } from './json.js';

/** As requests have it; one of `additionalOperations` may be any other. */
export type Method =
  | 'GET'
  | 'PUT'
  | 'POST'
  | 'DELETE'
  | 'OPTIONS'
  | 'HEAD'
  | 'PATCH'
  | 'TRACE'
  | 'QUERY';
export type ParameterPlace = 'path' | 'query' | 'header' | 'cookie';

/** One operation of the contract, with references followed and schemas as they stand in the document. */
export interface Operation {
  /** `operationId`, or `get /path` where the document gives none. */
  id: string;
  /** Other names for it: `x-aliases`. */
  aliases?: readonly string[];
  method: Method;
  /** Path template as in the document: `/jobs/{id}`. */
  path: string;
  summary: string;
  /** Paths of its servers, without a slash at the end; they stand in front of its own. */
  bases?: readonly string[];
  parameters: Parameter[];
  /** Undefined when the operation takes no body. */
  body:
    | {
        required: boolean;
        content: Record<string, Json>;
        /** By media type, what is said of the fields of forms (OpenAPI 3.0.3, "Encoding Object"). */
        encoding?: Record<string, Json>;
      }
    | undefined;
  /** By status as written: `200`, `4XX`, `default`. Content maps a media type to a schema. */
  answers: Record<string, { content: Record<string, Json> }>;
  /** Alternatives; a request must satisfy each scheme of one of them. Empty: open to all. */
  security: SecurityScheme[][];
  /** Of these alternatives, the scopes that a token must have (OpenAPI 3.0.3, "Security Requirement Object"). */
  scopes?: readonly (readonly string[])[] | undefined;
}

export interface Parameter {
  name: string;
  in: ParameterPlace;
  required: boolean;
  schema: Json;
  /** As the document has it; what it leaves out has the default of its place. */
  style?: string | undefined;
  explode?: boolean | undefined;
  /** Media type of its text, where it has one instead of a style. */
  content?: string | undefined;
  /** A query parameter that may come without a value, whatever its schema says. */
  allowEmptyValue?: boolean | undefined;
  /** The document's own; undefined when it gives none. */
  example: unknown;
}

export interface SecurityScheme {
  /** Where the credential stands. */
  in: 'header' | 'query' | 'cookie';
  name: string;
  /** `Bearer` or `Basic` in front of the credential, if any. */
  prefix?: string;
}

/**
 * One rule of the contract that a message does not keep.
 * `at` is a JSON path (`$.event[0].period`) for a body, the parameter's name otherwise.
 */
export interface Breach {
  in: 'body' | ParameterPlace;
  at: string;
  rule: string;
  description: string;
  params: unknown[];
}
