import { type OpenApiDocument, resolve } from './document.js';
import { isObject } from './json.js';
import type { Operation } from './operation.js';
import { readPathItem } from './operations.js';
import { type Expression, parseExpression } from './runtime-expression.js';

/** What a contract says of a request that the service itself sends. */
export interface Callback {
  /** Where to: undefined when the document's expression is none. */
  url: Expression | undefined;
  /** As the document has it. */
  expression: string;
  /** Method and body of the request. */
  operation: Operation;
}

const known = new WeakMap<object, ReadonlyMap<string, Callback>>();

/**
 * The callbacks of an operation by their names, as its document has them (OpenAPI 3.1, "Callback Object"); of each
 * the first expression with an operation counts.
 */
export function callbacksOf(
  document: OpenApiDocument,
  operation: Pick<Operation, 'path' | 'method'>,
): ReadonlyMap<string, Callback> {
  const found = known.get(operation) ?? readCallbacks(document, operation);
  known.set(operation, found);
  return found;
}

function readCallbacks(
  document: OpenApiDocument,
  { path, method }: Pick<Operation, 'path' | 'method'>,
): ReadonlyMap<string, Callback> {
  const item = resolve(document, document.paths[path]);
  const raw = item?.[method.toLowerCase()];
  const { callbacks } = isObject(raw) ? raw : {};
  if (!isObject(callbacks)) return new Map();
  return new Map(
    Object.entries(callbacks).flatMap(([name, callback]) => {
      const found = firstOf(document, resolve(document, callback) ?? {});
      return found ? [[name, found] as const] : [];
    }),
  );
}

function firstOf(
  document: OpenApiDocument,
  callback: Record<string, unknown>,
): Callback | undefined {
  for (const [expression, entry] of Object.entries(callback)) {
    const [operation] = readPathItem(document, expression, entry);
    if (operation) return { url: parseExpression(expression), expression, operation };
  }
  return undefined;
}
