import { plainName } from '../../contract/find-place.js';
import { at } from '../../contract/json.js';
import type { Operation } from '../../contract/operation.js';
import type { Resource } from '../resources.js';

const SORT = /^(sort|sortby|orderby|ordering|sortfield)$/;
const DIRECTION = /^(order|direction|dir|sortorder|sortdirection|sortdir|orderdirection)$/;

/** One field of an order. */
interface Key {
  field: string;
  descending: boolean;
}

/** The query parameters of a list that say in which order it is: of a field, and of a direction. */
export function sortingOf({ parameters }: Operation): { by?: string; direction?: string } {
  const queries = parameters.filter((parameter) => parameter.in === 'query');
  const named = (pattern: RegExp) =>
    queries.find(({ name }) => pattern.test(plainName(name)))?.name;
  const by = named(SORT);
  const direction = by === undefined ? undefined : named(DIRECTION);
  return { ...(by === undefined ? {} : { by }), ...(direction === undefined ? {} : { direction }) };
}

/**
 * What is kept in the order that a request asks for: `sort=-created_at,name`, `sort=name:desc`, `orderBy=name desc`,
 * `sort=name&order=desc`. A field that no document has says nothing.
 * @param fields those that documents of the kind have
 * @example sorted(orders, listOrders, { sort: '-total' }, () => ['total'])
 */
export function sorted(
  resources: readonly Resource[],
  operation: Operation,
  query: Readonly<Record<string, unknown>>,
  fields: () => readonly string[],
): readonly Resource[] {
  const { by, direction } = sortingOf(operation);
  const said = by === undefined ? undefined : query[by];
  if (said === undefined || said === '') return resources;
  const known = fields();
  const turned = direction !== undefined && isDescending(query[direction]);
  const keys = [said]
    .flat()
    .flatMap((text) => String(text).split(','))
    .flatMap((term) => keyIn(term, turned, known));
  if (keys.length === 0) return resources;
  return [...resources].sort((a, b) => {
    for (const { field, descending } of keys) {
      const order = compare(at(a.document, field), at(b.document, field), descending);
      if (order !== 0) return order;
    }
    return 0;
  });
}

function keyIn(term: string, turned: boolean, fields: readonly string[]): Key[] {
  const [, sign, name = '', , word] =
    /^\s*([+-]?)\s*([^:\s]+?)([:\s]+(asc|desc|ascending|descending))?\s*$/i.exec(term) ?? [];
  const field = fields.find((each) => plainName(each) === plainName(name));
  if (field === undefined) return [];
  const own = sign === '-' || isDescending(word);
  return [{ field, descending: own !== turned }];
}

function isDescending(said: unknown): boolean {
  return /^(desc|descending|-1)$/i.test(String(said ?? ''));
}

/** What is missing comes last, either way. */
function compare(a: unknown, b: unknown, descending: boolean): number {
  const [noA, noB] = [a ?? undefined, b ?? undefined].map((value) => value === undefined);
  if (noA || noB) return Number(noA) - Number(noB);
  const [x, y] = typeof a === 'number' && typeof b === 'number' ? [a, b] : [String(a), String(b)];
  if (x === y) return 0;
  return x < y === descending ? 1 : -1;
}
