/** One page of what was found, and how much there is. */
export interface Page<T> {
  items: readonly T[];
  page: number;
  size: number;
  entries: number;
  pages: number;
}

/** The page that a query asks for, by `page` and `page_size`. */
export function pageOf<T>(found: readonly T[], query: Readonly<Record<string, unknown>>): Page<T> {
  const page = Number(query.page ?? 1);
  const size = Number(query.page_size ?? 50);
  const items = found.slice((page - 1) * size, page * size);
  return { items, page, size, entries: found.length, pages: Math.ceil(found.length / size) };
}
