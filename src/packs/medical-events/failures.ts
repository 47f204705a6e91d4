import type { Json } from '../../contract/json.js';
import type { BusinessError, World } from '../../sandbox/pack.js';
import { invalid } from '../invalid.js';

/** A job that fails with 422, and says where. */
export function unprocessable(entry: string, rule: string, description: string): BusinessError {
  return { code: 'invalid', invalid: [invalid(entry, rule, description)] };
}

/** A job that fails with 409: what is there does not allow it. */
export function conflict(message: string): BusinessError {
  return { code: 'conflict', message };
}

/** A job that fails with 404. */
export function missing(message: string): BusinessError {
  return { code: 'not-found', message };
}

/**
 * What a document lacks to be shown by an operation: the service checks the content when it processes
 * the job, so it is the job that fails.
 * @param entry where the document stands in what was signed
 */
export function breachesOf(
  operationId: string,
  document: Json,
  entry: string,
  { contract }: World,
): BusinessError | undefined {
  const operation = contract.operations.get(operationId);
  if (!operation) return undefined;
  const breaches = contract.validator.answer(operation, 200, 'application/json', {
    data: document,
  });
  const found = breaches.filter(({ at }) => at.startsWith('$.data'));
  if (found.length === 0) return undefined;
  const wrong = found.map((breach) =>
    invalid(breach.at.replace('$.data', entry), breach.rule, breach.description, breach.params),
  );
  return { code: 'invalid', invalid: wrong };
}
