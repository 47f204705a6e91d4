import { plainName } from '../../contract/find-place.js';
import type { Paging } from '../../contract/job-operations.js';
import type { Json } from '../../contract/json.js';
import type { Operation } from '../../contract/operation.js';
import { isOfType } from '../../contract/schema-parts.js';
import type { Page } from '../cut-page.js';

type Cut = 'limit' | 'offset' | 'page' | 'after' | 'before';

const NAMES: Readonly<Record<Cut, RegExp>> = {
  limit: /^(limit|perpage|pagesize|size|maxresults|maxpagesize|top|pagelimit)$/,
  offset: /^(offset|skip|startindex|pageoffset)$/,
  page: /^(page|pagenumber|pageindex|currentpage)$/,
  before: /^(before|endingbefore|endbefore|pagebefore)$/,
  after:
    /^(after|cursor|startingafter|pagetoken|nexttoken|startafter|pageafter|nextcursor|continuationtoken)$/,
};

/** More than there can be. */
const ALL = Number.MAX_SAFE_INTEGER;

/**
 * How an operation cuts its list into pages: as the binding says, else by the names of its query parameters. Without a
 * number all stand on one page.
 */
export function pagingOf({ parameters }: Operation, said: Partial<Paging> | undefined): Paging {
  const queries = parameters.filter((parameter) => parameter.in === 'query');
  const named = (key: Cut) => {
    const found = queries.find(({ name }) => NAMES[key].test(plainName(name)))?.name;
    return said ? said[key] : found;
  };
  const page = named('page');
  const { schema } = queries.find(({ name }) => name === page) ?? {};
  const fromZero = schema?.minimum === 0 || schema?.default === 0;
  return {
    limit: named('limit'),
    offset: named('offset'),
    page,
    after: named('after'),
    before: named('before'),
    usual: said?.usual ?? ALL,
    most: said?.most ?? ALL,
    first: said?.first ?? (fromZero ? 0 : 1),
  };
}

/** The same part of a list, and what answers tell of it beside. */
export interface TellingPage<T> extends Page<T> {
  /** Number of this page, as the API counts. */
  page: number;
  pages: number;
  /** The id to ask behind; undefined: this is the last page. */
  next: string | undefined;
}

export function withNumbers<T>(
  page: Page<T>,
  first: number,
  idOf: (item: T) => string,
): TellingPage<T> {
  const { items, total, offset } = page;
  const size = Math.min(page.limit, Math.max(1, total));
  const last = items.at(-1);
  return {
    ...page,
    limit: size,
    page: Math.floor(offset / size) + first,
    pages: Math.max(1, Math.ceil(total / size)),
    next: last !== undefined && offset + items.length < total ? idOf(last) : undefined,
  };
}

/** What a list's answer tells of its page, by names of fields. */
export function tellPage<T>(page: TellingPage<T>, idOf: (item: T) => string) {
  const [first] = page.items;
  const last = page.items.at(-1);
  const words: readonly (readonly [RegExp, () => unknown])[] = [
    [/^(total|totalcount|totalitems|totalresults|totalentries|totalelements|totalrecords)$/, () => page.total],
    [/^(count|numberofelements|resultcount|itemcount)$/, () => page.items.length],
    [/^(limit|perpage|pagesize|size)$/, () => page.limit],
    [/^(offset|skip|startindex)$/, () => page.offset],
    [/^(page|pagenumber|currentpage|pageindex)$/, () => page.page],
    [/^(totalpages|pages|pagecount|lastpage)$/, () => page.pages],
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
