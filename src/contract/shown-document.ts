import { type OpenApiDocument, readDocument } from './document.js';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/**
 * A document as people browse it: as it was written, but its servers are ours, and its tokens are given by hand. What
 * a viewer tries, and where it asks for a token, would lead to the real system otherwise.
 * @param servers addresses that requests go to, the first unless somebody chooses
 * @throws FileError
 */
export async function shownDocument(
  file: string,
  servers: readonly string[],
): Promise<OpenApiDocument> {
  const { document } = await readDocument(file, true);
  const paths = Object.entries(document.paths ?? {}).map(([path, item]) => [path, ownItem(item)]);
  return {
    ...document,
    servers: servers.map((url) => ({ url })),
    paths: Object.fromEntries(paths),
    components: { ...componentsOf(document), securitySchemes: byHand(document) },
  };
}

function componentsOf({ components }: OpenApiDocument): Record<string, unknown> {
  return (components ?? {}) as Record<string, unknown>;
}

/** OAuth 2 and OpenID Connect hand out bearer tokens (RFC 6750 §2.1). */
function byHand(document: OpenApiDocument) {
  const schemes = (componentsOf(document).securitySchemes ?? {}) as Record<
    string,
    { type?: string }
  >;
  return Object.fromEntries(
    Object.entries(schemes).map(([name, scheme]) => {
      if (scheme.type !== 'oauth2' && scheme.type !== 'openIdConnect') return [name, scheme];
      const { description } = scheme as { description?: string };
      return [name, { type: 'http', scheme: 'bearer', ...(description ? { description } : {}) }];
    }),
  );
}

/** Paths and operations may have servers of their own (OpenAPI 3.1 §4.8.9.1). */
function ownItem(item: unknown): unknown {
  if (typeof item !== 'object' || item === null) return item;
  return Object.fromEntries(
    Object.entries(item)
      .filter(([key]) => key !== 'servers')
      .map(([key, value]) => [key, METHODS.includes(key) ? withoutServers(value) : value]),
  );
}

function withoutServers(operation: unknown): unknown {
  if (typeof operation !== 'object' || operation === null) return operation;
  const { servers: _, ...rest } = operation as Record<string, unknown>;
  return rest;
}
