import { type OpenApiDocument, resolve } from './document.js';
import { type Json, put } from './json.js';
import { follow } from './pointer.js';

/** The document of one operation alone, with all that it refers to; nothing in it is shared with the whole. */
export function excerptOf(document: OpenApiDocument, path: string, method: string): Json {
  const { openapi, info, servers, security, jsonSchemaDialect, components } = document;
  const item = resolve(document, document.paths[path]) ?? {};
  const { parameters, servers: ownServers } = item;
  const key = method.toLowerCase();
  const excerpt: Json = {
    ...defined({ openapi, info, servers, security, jsonSchemaDialect }),
    paths: { [path]: defined({ parameters, servers: ownServers, [key]: item[key] }) },
    components: defined({ securitySchemes: resolve(document, components)?.securitySchemes }),
  };
  const seen = new Set<string>();
  const open: unknown[] = [excerpt.paths, excerpt.components];
  while (open.length > 0) {
    const here = open.pop();
    if (typeof here !== 'object' || here === null) continue;
    const { $ref } = here as Json;
    if (typeof $ref === 'string' && $ref.startsWith('#/') && !seen.has($ref)) {
      seen.add($ref);
      open.push(take(document, excerpt, follow(document, $ref)?.path ?? []));
    }
    open.push(...Object.values(here));
  }
  return structuredClone(excerpt);
}

/** Puts what stands at a place of the whole at the same place of the excerpt, and gives it back. */
function take(document: Json, excerpt: Json, path: readonly string[]): unknown {
  let from: unknown = document;
  let to = excerpt;
  for (const [i, key] of path.entries()) {
    if (typeof from !== 'object' || from === null) return undefined;
    if (!Object.hasOwn(from, key)) return undefined;
    from = (from as Json)[key];
    const last = i === path.length - 1;
    put(to, key, last ? from : opened(from, Object.hasOwn(to, key) ? to[key] : undefined));
    to = to[key] as Json;
  }
  return from;
}

/** What is there already may be the whole's own: it is not written into. */
function opened(from: unknown, there: unknown): unknown {
  return Array.isArray(from) ? [...((there as unknown[]) ?? [])] : { ...(there as Json) };
}

function defined(value: Json): Json {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined));
}
