import type { Operation } from '../../contract/operation.js';
import type { Api } from '../api.js';
import type { Session } from '../session.js';

/**
 * Ids of what a session holds, for the path parameters of an operation: the newest of the kind that each is named after
 * (`orderId`, `order_id`, `/orders/{id}`), else what the newest job of the API has made, where the binding says that the
 * parameter names such a thing.
 */
export function knownIds(
  session: Session,
  { name, binding }: Api,
  { path }: Operation,
): Record<string, string> {
  const newest = new Map(session.resources.all().map(({ kind, id }) => [plain(kind), id]));
  const made = [...session.jobs.all()].findLast(
    ({ api, resource }) => api.name === name && resource !== undefined,
  )?.resource;
  const named = new Set([...binding.schedules.values()].map(({ resource }) => resource));
  const found = namesIn(path).map(({ param, within }) => {
    const kind = param === 'id' ? within : param.replace(/_?id$/i, '');
    return [param, newest.get(plain(kind)) ?? (named.has(param) ? made : undefined)] as const;
  });
  return Object.fromEntries(found.filter((one): one is [string, string] => one[1] !== undefined));
}

/** The parameters of a path, each with the part in front of it. */
function namesIn(path: string): { param: string; within: string }[] {
  return [...path.matchAll(/([^/{}]*)\/\{([^}]+)\}/g)].map(([, within = '', param = '']) => ({
    param,
    within,
  }));
}

/** Kinds of bindings are in the plural, those of packs in the singular; parameters are written in both ways. */
function plain(name: string): string {
  return name.replace(/ies$/, 'y').replace(/s$/, '').replaceAll(/[_-]/g, '').toLowerCase();
}
