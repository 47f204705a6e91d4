import { type OpenApiDocument, readDocument } from './document.js';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/**
 * A document as people browse it: as it was written, but its servers are ours. What a viewer tries would go to the
 * real system otherwise.
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
  };
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
