import type { Contract } from './contract.js';
import { resolve } from './document.js';
import { isObject, type Json } from './json.js';
import type { ParameterPlace } from './operation.js';

/** `perhaps`: the contract does not forbid it. */
export type Reach = 'yes' | 'perhaps' | 'no';

/** Can the operation's request have a parameter of this name? Headers beside the contract's may always come. */
export function reachParameter(
  { operations }: Contract,
  operation: string,
  place: ParameterPlace,
  name: string,
): Reach {
  const names = parameterNames(operations.get(operation)?.parameters ?? [], place);
  if (names.includes(name)) return 'yes';
  return place === 'path' ? 'no' : 'perhaps';
}

export function parameterNames(
  parameters: readonly { name: string; in: ParameterPlace }[],
  place: ParameterPlace,
): string[] {
  return parameters.filter((parameter) => parameter.in === place).map(({ name }) => name);
}

/** Can the operation's body have a field at this dotted path? */
export function reachBody(contract: Contract, operation: string, path: string): Reach {
  const schemas = Object.values(contract.operations.get(operation)?.body?.content ?? {});
  return reachIn(contract, schemas, path);
}

/** Can the value of one of these schemas have a field at this dotted path? */
export function reachIn({ document }: Contract, schemas: readonly Json[], path: string): Reach {
  return most(schemas.map((schema) => reach(document, schema, path.split('.'), 0)));
}

/** Schemas may lead back to themselves without a step into the body. */
const MAX_DEPTH = 40;

function reach(document: Json, given: unknown, path: readonly string[], depth: number): Reach {
  if (path.length === 0) return 'yes';
  if (given === false) return 'no';
  const schema = resolve(document, given);
  if (!schema || depth > MAX_DEPTH) return 'perhaps';
  const inner = (each: unknown) => reach(document, each, path, depth + 1);
  const all = Array.isArray(schema.allOf) ? schema.allOf.map(inner) : [];
  const some = [schema.oneOf, schema.anyOf].flatMap((forms) =>
    Array.isArray(forms) ? [most(forms.map(inner))] : [],
  );
  const later = [schema.then, schema.else].filter((each) => each !== undefined).map(inner);
  const found = [own(document, schema, path, depth), ...all, ...some];
  // What one part names is there, although another one says nothing of it.
  if ([...found, ...later].includes('yes')) return 'yes';
  return found.includes('no') ? 'no' : 'perhaps';
}

/** By what the schema itself says, without the schemas that it is made of. */
function own(document: Json, schema: Json, path: readonly string[], depth: number): Reach {
  const types = [schema.type].flat().filter((type) => typeof type === 'string');
  if (types.length > 0 && !types.includes('object') && !types.includes('array')) return 'no';
  const [head = ''] = path;
  if (/^\d+$/.test(head) && (schema.items !== undefined || types.includes('array'))) {
    return reach(document, schema.items ?? true, path.slice(1), depth + 1);
  }
  if (types.length > 0 && !types.includes('object')) return 'no';
  const properties = isObject(schema.properties) ? schema.properties : {};
  // A name may hold dots itself.
  const reached = path.map((_, i) => {
    const name = path.slice(0, i + 1).join('.');
    if (!Object.hasOwn(properties, name)) return undefined;
    return reach(document, properties[name], path.slice(i + 1), depth + 1);
  });
  const known = reached.filter((each) => each !== undefined);
  if (known.length > 0) return most(known);
  if (isObject(schema.patternProperties)) return 'perhaps';
  const { additionalProperties: others } = schema;
  if (others === false) return 'no';
  return isObject(others) && Object.keys(others).length > 0
    ? reach(document, others, path.slice(1), depth + 1)
    : 'perhaps';
}

function most(found: readonly Reach[]): Reach {
  if (found.includes('yes')) return 'yes';
  return found.includes('perhaps') ? 'perhaps' : 'no';
}

/** More than a person looks through. */
const MAX_NAMES = 400;
const DEEPEST_NAME = 6;

/** Dotted paths that the operation's body names, those near its top first. */
export function bodyPaths(contract: Contract, operation: string): string[] {
  return pathsIn(contract, Object.values(contract.operations.get(operation)?.body?.content ?? {}));
}

/** Dotted paths that these schemas name, those near the top first. */
export function pathsIn({ document }: Contract, schemas: readonly Json[]): string[] {
  const found = new Set<string>();
  let level: { schema: unknown; path: string }[] = schemas.map((schema) => ({ schema, path: '' }));
  for (let depth = 0; depth < DEEPEST_NAME && found.size < MAX_NAMES; depth += 1) {
    level = level.flatMap(({ schema, path }) => named(document, schema, path, 0));
    for (const { path } of level) if (found.size < MAX_NAMES) found.add(path);
  }
  return [...found];
}

function named(document: Json, given: unknown, path: string, depth: number) {
  const schema = resolve(document, given);
  if (!schema || depth > DEEPEST_NAME) return [];
  const at = (name: string) => (path === '' ? name : `${path}.${name}`);
  const found: { schema: unknown; path: string }[] = Object.entries(
    isObject(schema.properties) ? schema.properties : {},
  ).map(([name, inner]) => ({ schema: inner, path: at(name) }));
  if (isObject(schema.items)) found.push({ schema: schema.items, path: at('0') });
  for (const forms of [schema.allOf, schema.oneOf, schema.anyOf]) {
    if (!Array.isArray(forms)) continue;
    for (const form of forms) found.push(...named(document, form, path, depth + 1));
  }
  return found;
}
