import type { Json } from '../../contract/json.js';
import type { BusinessError, World } from '../../sandbox/pack.js';
import { invalid } from '../invalid.js';
import { signedSchema } from '../signed-schema.js';

/**
 * What is wrong with signed content by the schema that the contract names for it in `x-signed-content` of the
 * operation. A contract that names none, an official one that was swapped in, says nothing of it.
 */
export function breachesOfSigned(
  operationId: string,
  content: Json,
  world: World,
): BusinessError | undefined {
  const schema = signedSchema(operationId, world);
  if (schema === undefined) return undefined;
  const found = world.contract.validator.value(schema, content);
  if (found.length === 0) return undefined;
  return {
    code: 'invalid',
    invalid: found.map((breach) =>
      invalid(breach.at, breach.rule, breach.description, breach.params),
    ),
  };
}
