import { plainName } from '../../contract/find-place.js';
import type { Json } from '../../contract/json.js';
import type { Operation, Parameter } from '../../contract/operation.js';
import type { Paging } from '../../contract/resource-binding.js';
import { isOfType } from '../../contract/schema-parts.js';

/** A part of a list, and what answers tell of it. */
export interface Page<T> {
  items: T[];
  /** Of all that suit, on every page. */
  total: number;
  /** Undefined: as many as there are. */
  limit: number | undefined;
  offset: number;
  /** Number of this page, as the API counts. */
  page: number;
  pages: number;
  /** What to ask for next; undefined: this is the last page. */
  next: string | undefined;
}

const NAMES: Readonly<Record<keyof Paging, RegExp>> = {
  limit: /^(limit|perpage|pagesize|size|maxresults|maxpagesize|top|pagelimit)$/,
  offset: /^(offset|skip|startindex|pageoffset)$/,
  page: /^(page|pagenumber|pageindex|currentpage)$/,
  after:
    /^(after|cursor|startingafter|pagetoken|nexttoken|startafter|pageafter|nextcursor|continuationtoken)$/,
};

/** The query parameters by which an operation pages, told by their names. */
export function pagingOf({ parameters }: Operation): Paging {
  const queries = parameters.filter((parameter) => parameter.in === 'query');
  const named = (pattern: RegExp) =>
    queries.find(({ name }) => pattern.test(plainName(name)))?.name;
  return {
    limit: named(NAMES.limit),
    offset: named(NAMES.offset),
    page: named(NAMES.page),
    after: named(NAMES.after),
  };
}

/**
 * The part of a list that a query asks for.
 * @param first number of the first page
 * @param idOf what a cursor names
 */
export function pageOf<T>(
  all: readonly T[],
  query: Readonly<Record<string, unknown>>,
  paging: Paging,
  first: number,
  idOf: (item: T) => string,
): Page<T> {
  const number = (name: string | undefined) => {
    const value = name === undefined ? Number.NaN : Number(query[name] ?? Number.NaN);
    return Number.isInteger(value) && value >= 0 ? value : undefined;
  };
  const limit = number(paging.limit) || undefined;
  const size = limit ?? Math.max(1, all.length);
  const page = number(paging.page);
  const after = paging.after === undefined ? undefined : query[paging.after];
  const behind = after === undefined || after === '' ? 0 : placeAfter(all, String(after), idOf);
  const skipped = page === undefined ? (number(paging.offset) ?? 0) : (page - first) * size;
  const offset = behind + Math.max(0, skipped);
  const items = all.slice(offset, offset + size);
  const last = items.at(-1);
  return {
    items,
    total: all.length,
    limit,
    offset,
    page: page ?? Math.floor(offset / size) + first,
    pages: Math.ceil(all.length / size),
    next: last !== undefined && offset + size < all.length ? idOf(last) : undefined,
  };
}

/** A cursor that names nothing that is there leads behind the end. */
function placeAfter<T>(all: readonly T[], id: string, idOf: (item: T) => string): number {
  const place = all.findIndex((item) => idOf(item) === id);
  return place === -1 ? all.length : place + 1;
}

/** Is 0 the first page? Where the contract lets a client ask for it. */
export function firstPage(parameters: readonly Parameter[], { page }: Paging): number {
  const { schema } =
    parameters.find(({ name, in: place }) => place === 'query' && name === page) ?? {};
  return schema?.minimum === 0 || schema?.default === 0 ? 0 : 1;
}

/** What a list's answer tells of its page, by names of fields. */
export function tellPage<T>(page: Page<T>, idOf: (item: T) => string) {
  const [first] = page.items;
  const last = page.items.at(-1);
  const words: readonly (readonly [RegExp, () => unknown])[] = [
    [/^(total|totalcount|totalitems|totalresults|totalentries|totalelements|totalrecords)$/, () => page.total],
    [/^(count|numberofelements|resultcount|itemcount)$/, () => page.items.length],
    [/^(limit|perpage|pagesize|size)$/, () => page.limit ?? Math.max(1, page.items.length)],
    [/^(offset|skip|startindex)$/, () => page.offset],
    [/^(page|pagenumber|currentpage|pageindex)$/, () => page.page],
    [/^(totalpages|pages|pagecount|lastpage)$/, () => Math.max(1, page.pages)],
    [/^(hasmore|hasnext|hasnextpage|more)$/, () => page.next !== undefined],
    [/^(nextcursor|nextpagetoken|nexttoken|endcursor|continuationtoken)$/, () => page.next ?? null],
    [/^firstid$/, () => (first === undefined ? null : idOf(first))],
    [/^lastid$/, () => (last === undefined ? null : idOf(last))],
  ]; // biome-ignore format: a table
  return (name: string, parts: readonly Json[]): unknown => {
    const [, tell] = words.find(([pattern]) => pattern.test(plainName(name))) ?? [];
    const value = tell?.();
    return value !== undefined && isOfType(parts, value) ? value : undefined;
  };
}
