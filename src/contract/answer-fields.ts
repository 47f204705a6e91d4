import type { Binding } from './binding.js';
import type { Contract } from './contract.js';
import type { Json } from './json.js';
import { payloadKeys } from './payload.js';
import { pathsIn, type Reach, reachIn } from './request-fields.js';

/** What of an API tells what its answers hold. */
interface Answering {
  contract: Contract;
  binding: Pick<Binding, 'envelopes'>;
}

/** Can a good answer of the operation, without the API's envelope, have a field at this dotted path? */
export function reachAnswer(api: Answering, operation: string, path: string): Reach {
  const schemas = goodAnswers(api.contract, operation);
  const keys = payloadKeys(api.binding).filter(
    (key) => reachIn(api.contract, schemas, key) === 'yes',
  );
  // Where the contract describes the envelope, fields are looked for in it.
  const prefixes = keys.length > 0 ? keys.map((key) => `${key}.`) : [''];
  const found = prefixes.map((prefix) => reachIn(api.contract, schemas, prefix + path));
  if (schemas.length === 0) return 'perhaps';
  if (found.includes('yes')) return 'yes';
  return found.includes('perhaps') ? 'perhaps' : 'no';
}

/** Dotted paths that good answers of the operation name, without the envelope. */
export function answerPaths(api: Answering, operation: string): string[] {
  const prefixes = payloadKeys(api.binding).map((key) => `${key}.`);
  return pathsIn(api.contract, goodAnswers(api.contract, operation)).map((path) => {
    const prefix = prefixes.find((one) => path.startsWith(one)) ?? '';
    return path.slice(prefix.length);
  });
}

function goodAnswers({ operations }: Contract, operation: string): Json[] {
  const { answers = {} } = operations.get(operation) ?? {};
  return Object.entries(answers)
    .filter(([status]) => /^[23]/.test(status))
    .flatMap(([, { content }]) => Object.values(content));
}
