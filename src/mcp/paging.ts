/** Characters of JSON that a page may have; one item stands there in any case. */
const MAX_PAGE = 6000;

/** A part of a list, and where it goes on. */
export interface Page<T> {
  total: number;
  items: readonly T[];
  /** What the next call says as `cursor`; absent at the end. */
  next?: string;
}

/** @param cursor of the page before @param limit items of a page at most */
export function pageOf<T>(all: readonly T[], cursor: string | undefined, limit: number): Page<T> {
  const from = Math.max(0, Number.parseInt(cursor ?? '0', 10) || 0);
  const items: T[] = [];
  let size = 0;
  for (const item of all.slice(from, from + limit)) {
    size += JSON.stringify(item).length;
    if (items.length > 0 && size > MAX_PAGE) break;
    items.push(item);
  }
  const end = from + items.length;
  return { total: all.length, items, ...(end < all.length ? { next: String(end) } : {}) };
}

/** A text, or its beginning and how much more there is. */
export function cut(text: string, most = 400): string {
  return text.length <= most
    ? text
    : `${text.slice(0, most)}… (${text.length - most} more characters)`;
}
