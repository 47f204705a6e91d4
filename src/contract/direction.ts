import { resolve } from './document.js';
import { isObject, type Json } from './json.js';
import { mapSchemas, partsOf, says } from './schemas.js';

/** Which way a message goes. */
export type Direction = 'request' | 'answer';

/** What need not be there in a message of this direction. */
const LEFT_OUT = { request: 'readOnly', answer: 'writeOnly' } as const;

/**
 * What a schema asks of messages of one direction: a required property that is `readOnly` need not be sent, and one
 * that is `writeOnly` need not be answered. OpenAPI 3.0.3, "Schema Object": "If the property is marked as readOnly being
 * true and is in the required list, the required will take effect on the response only." 3.1 leaves it to the receiver
 * (JSON Schema Validation 2020-12 §9.4, annotations), and its documents mean the same. Sent nevertheless, such a
 * property is taken: 3.0.3 says SHOULD NOT, and §9.4 lets an owner ignore it, as a client does that sends back what it
 * has got.
 * @returns the function to apply to any part of the document; undefined where the document says nothing of it
 */
export function directed(document: Json, direction: Direction): (<T>(part: T) => T) | undefined {
  const word = LEFT_OUT[direction];
  if (!says(document, new Set([word]))) return undefined;
  return <T>(part: T) => mapSchemas(part, (schema) => lighten(document, schema, word)) as T;
}

/** A schema without those of its required properties that need not be there. */
function lighten(document: Json, schema: Json, word: 'readOnly' | 'writeOnly'): Json {
  if (!Array.isArray(schema.required) && !Array.isArray(schema.allOf)) return schema;
  return without(document, schema, leftOut(document, schema, word), 0);
}

function without(document: Json, schema: Json, names: ReadonlySet<string>, depth: number): Json {
  if (names.size === 0 || depth > 16) return schema;
  const { required, allOf } = schema;
  const isNamed = (name: unknown) => names.has(String(name));
  let here = schema;
  if (Array.isArray(required) && required.some(isNamed)) {
    here = { ...here, required: required.filter((name) => !isNamed(name)) };
  }
  if (!Array.isArray(allOf)) return here;
  // One part may require what another one describes: a reference to such a part is replaced by what it stands for.
  const parts = allOf.map((part) => {
    const target = isObject(part) && '$ref' in part ? resolve(document, part) : undefined;
    if (!target) return isObject(part) ? without(document, part, names, depth + 1) : part;
    const lighter = without(document, target, names, depth + 1);
    return lighter === target ? part : lighter;
  });
  return parts.some((part, i) => part !== allOf[i]) ? { ...here, allOf: parts } : here;
}

function leftOut(document: Json, schema: Json, word: string): Set<string> {
  const named = partsOf(document, schema).flatMap(({ properties }) =>
    Object.entries(isObject(properties) ? properties : {}),
  );
  return new Set(
    named
      .filter(([, property]) => partsOf(document, property).some((part) => part[word] === true))
      .map(([name]) => name),
  );
}
