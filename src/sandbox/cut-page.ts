import { canonicalId } from '../contract/id-form.js';
import type { Paging } from '../contract/job-operations.js';
import type { Json } from '../contract/json.js';

/** A part of a list, and where it stands. */
export interface Page<T> {
  items: readonly T[];
  /** How many there are in all, and before these. */
  total: number;
  offset: number;
  limit: number;
}

/** A list is to begin or end at something that is none of it. */
interface NoSuchPlace {
  parameter: string;
  id: string;
}

/** The part of a list that a query asks for; only what is asked for is looked at. @param idOf ids as `canonicalId` has them */
export function cutPage<T>(
  all: readonly T[],
  paging: Paging,
  query: Json,
  idOf: (item: T) => string,
): Page<T> | NoSuchPlace {
  const limit = Math.min(paging.most, numberIn(query, paging.limit, 1) ?? paging.usual);
  const placeOf = (parameter: string | undefined) => {
    const said = parameter === undefined ? undefined : query[parameter];
    if (parameter === undefined || said === undefined || said === null || said === '') {
      return undefined;
    }
    const id = canonicalId(String(said));
    const index = all.findIndex((item) => idOf(item) === id);
    return index === -1 ? { parameter, id: String(said) } : index;
  };
  const [after, before] = [placeOf(paging.after), placeOf(paging.before)];
  if (typeof after === 'object') return after;
  if (typeof before === 'object') return before;
  const end = before ?? all.length;
  const page = numberIn(query, paging.page, paging.first);
  const skipped =
    page === undefined ? (numberIn(query, paging.offset, 0) ?? 0) : (page - paging.first) * limit;
  const nearest = before === undefined ? skipped : Math.max(0, before - limit);
  const from = after === undefined ? nearest : after + 1;
  return {
    items: all.slice(from, Math.min(end, from + limit)),
    total: all.length,
    offset: from,
    limit,
  };
}

/** A whole number of a query; what is none, or less than it may be, counts for nothing. */
function numberIn(query: Json, parameter: string | undefined, least: number): number | undefined {
  const said = parameter === undefined ? undefined : query[parameter];
  if (said === undefined || said === null) return undefined;
  const number = Number(said);
  return Number.isInteger(number) && number >= least ? number : undefined;
}
