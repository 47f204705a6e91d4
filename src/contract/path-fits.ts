import type { OpenApiDocument } from './document.js';
import type { Operation } from './operation.js';
import { parameterReader } from './read-parameters.js';
import type { Validator } from './validator.js';

/** Do the values of a path fit what an operation says of them? */
export type PathFits = (operation: Operation, params: Readonly<Record<string, string>>) => boolean;

/** To be asked where two operations have one path: what it needs is made then. */
export function pathFitter(document: OpenApiDocument, validator: Validator): PathFits {
  return (operation, params) => {
    const read = parameterReader(document, operation);
    const head = { params, path: '', search: '', headers: {} };
    const { path, breaches } = read?.(head) ?? { path: { ...params }, breaches: [] };
    return (
      breaches.every((breach) => breach.in !== 'path') &&
      validator.parameters(operation, 'path', path).length === 0
    );
  };
}
