import '@hyperjump/json-schema/draft-2020-12';
import '@hyperjump/json-schema/openapi-3-0';
import '@hyperjump/json-schema/openapi-3-2';
import '@hyperjump/json-schema/formats';
import {
  registerSchema,
  setShouldValidateSchema,
  validate,
} from '@hyperjump/json-schema/openapi-3-1';
import { follow } from './read.mjs';

setShouldValidateSchema(false);

/**
 * Judges values by a document's schemas. It is no validator of ours, nor one of Prism's (both use Ajv): a JSON Schema
 * implementation of its own, which knows the dialects of OpenAPI 3.0, 3.1 and 3.2.
 * @param direction 'request': what is readOnly need not be there; 'response': what is writeOnly need not
 * @param meant `nullable: true` of OpenAPI 3.0, which says nothing in a document of 3.1, is read as its authors mean it
 * @returns judge(pointer of a schema, value): 'valid', 'invalid', or 'unjudged' where the judge cannot read the schema
 */
export function makeJudge(document, direction, meant = false) {
  count += 1;
  const id = `https://documents.test/${count}`;
  const copy = structuredClone(document);
  ready(copy, direction === 'request' ? 'readOnly' : 'writeOnly', document);
  if (meant) allowNull(copy);
  registerSchema(copy, id, dialectOf(document.openapi));
  const compiled = new Map();
  return async (pointer, value) => {
    try {
      if (!compiled.has(pointer)) {
        compiled.set(pointer, await validate(`${id}#${encodeURI(pointer)}`));
      }
      return compiled.get(pointer)(value).valid ? 'valid' : 'invalid';
    } catch (error) {
      if (process.env.WHY) console.error(pointer, error);
      return 'unjudged';
    }
  };
}

let count = 0;

function dialectOf(version) {
  if (version.startsWith('3.0')) return 'https://spec.openapis.org/oas/3.0/schema';
  return version.startsWith('3.1')
    ? 'https://spec.openapis.org/oas/3.1/schema-base'
    : 'https://spec.openapis.org/oas/3.2/schema-base';
}

/** Takes out what is data and would be taken for schemas, what no engine can read, and what this direction does not ask for. */
function ready(node, hidden, document, inMap = false) {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node.required) && typeof node.properties === 'object') {
    const asked = node.required.filter(
      (name) => !isHidden(document, node.properties?.[name], hidden),
    );
    if (asked.length > 0) node.required = asked;
    else delete node.required;
  }
  for (const [key, value] of Object.entries(node)) {
    if (!inMap && isData(key, value)) delete node[key];
    else ready(value, hidden, document, !inMap && MAPS.has(key));
  }
}

function allowNull(node) {
  if (typeof node !== 'object' || node === null) return;
  for (const value of Object.values(node)) allowNull(value);
  if (node.nullable !== true || Array.isArray(node)) return;
  const { nullable: _, ...rest } = node;
  for (const key of Object.keys(node)) delete node[key];
  node.anyOf = [rest, { type: 'null' }];
}

/** Their keys are names that authors chose. */
const MAPS = new Set(['properties', 'patternProperties', 'schemas', '$defs', 'definitions']);

function isData(key, value) {
  if (['example', 'examples', 'default', '$schema'].includes(key)) return true;
  if (key.startsWith('x-')) return true;
  return key === 'pattern' && !isPattern(value);
}

function isPattern(text) {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

function isHidden(document, property, hidden) {
  if (property?.[hidden] === true) return true;
  if (typeof property?.$ref !== 'string' || !property.$ref.startsWith('#')) return false;
  return follow(document, decodeURIComponent(property.$ref.slice(1)))[1]?.[hidden] === true;
}
