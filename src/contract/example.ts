import { type OpenApiDocument, resolve } from './document.js';
import { isObject, type Json } from './json.js';
import type { Operation } from './operation.js';

/** The first example of a JSON request body that the contract gives; undefined when it gives none. */
export function exampleBody(document: OpenApiDocument, operation: Operation): unknown {
  const item = resolve(document, document.paths[operation.path]);
  const raw = resolve(document, item?.[operation.method.toLowerCase()]);
  const content = resolve(document, raw?.requestBody)?.content;
  const media = isObject(content) ? resolve(document, content['application/json']) : undefined;
  if (!media) return undefined;
  if (media.example !== undefined) return media.example;
  const [first] = isObject(media.examples) ? Object.values(media.examples) : [];
  const named = resolve(document, first)?.value;
  return named ?? exampleOfSchema(document, media.schema);
}

function exampleOfSchema(document: OpenApiDocument, schema: unknown): unknown {
  const found: Json | undefined = resolve(document, schema);
  if (found?.example !== undefined) return found.example;
  return Array.isArray(found?.examples) ? found.examples[0] : undefined;
}
