import type { Scenario, When } from './scenario.js';

/** The parts of a scheduling request that a scenario's `when` can look at. */
export type Asked = Record<keyof When, unknown>;

/** A place of a request that scenarios ask for, such as `subject.value` of its body. */
interface Place {
  part: keyof When;
  path: string;
}

/** What a scenario wants to find at a place. */
interface Wanted {
  place: number;
  value: unknown;
}

/** Scenarios that choose themselves: each by one of its lists, of which everything must be so. */
interface Choice {
  scenario: Scenario;
  lists: readonly (readonly Wanted[])[];
}

/** Finds the scenarios that a request chooses by itself, in the order in which they were given. */
export type Chosen = (asked: Asked) => Generator<Scenario>;

/** However many scenarios ask for a place, it is looked at once in a request. */
export function compileWhen(scenarios: Iterable<Scenario>): Chosen {
  const places: Place[] = [];
  const choices = [...scenarios].flatMap((scenario) => choiceOf(scenario, places));
  return function* (asked) {
    const found: unknown[] = [];
    const at = (index: number) => {
      if (!(index in found)) found[index] = look(asked, places[index] as Place);
      return found[index];
    };
    for (const { scenario, lists } of choices)
      if (lists.some((list) => list.every(({ place, value }) => same(at(place), value))))
        yield scenario;
  };
}

function choiceOf(scenario: Scenario, places: Place[]): Choice[] {
  const lists = scenario.when.map((when) =>
    (Object.keys(when) as (keyof When)[]).flatMap((part) =>
      Object.entries(when[part]).map(([path, value]) => ({
        place: placeIn(places, { part, path }),
        value: inSmall(value),
      })),
    ),
  );
  return lists.length === 0 ? [] : [{ scenario, lists }];
}

function placeIn(places: Place[], { part, path }: Place): number {
  const known = places.findIndex((place) => place.part === part && place.path === path);
  return known >= 0 ? known : places.push({ part, path }) - 1;
}

function look(asked: Asked, { part, path }: Place): unknown {
  return inSmall(find(asked[part], path));
}

/** Does a request meet one of these conditions? */
export function meetsAny(conditions: readonly When[], asked: Asked): boolean {
  return conditions.some((when) =>
    (Object.keys(when) as (keyof When)[]).every((part) =>
      Object.entries(when[part]).every(([path, wanted]) =>
        isAlike(find(asked[part], path), wanted),
      ),
    ),
  );
}

/** Is a single value the wanted one, as conditions mean it? */
export function isAlike(found: unknown, wanted: unknown): boolean {
  return same(inSmall(found), inSmall(wanted));
}

function inSmall(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

/** The value at a name. A whole name first (headers hold dots and dashes), then a dotted path. Own properties only. */
function find(value: unknown, path: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Object.hasOwn(value, path)) return (value as Record<string, unknown>)[path];
  const [head = '', ...rest] = path.split('.');
  if (rest.length === 0 || !Object.hasOwn(value, head)) return undefined;
  return find((value as Record<string, unknown>)[head], rest.join('.'));
}

/**
 * Identifiers are the same in any case; 5 and "5" are the same, for queries and headers are texts.
 * @param found, wanted in small letters where they are texts
 */
function same(found: unknown, wanted: unknown): boolean {
  if (found === wanted) return true;
  if (typeof found === 'object' || found === undefined || wanted === null) return false;
  if (typeof found === 'string' && typeof wanted === 'string') return false;
  // Beyond 2^53 a file's number is not exact: a text in quotes is.
  if (typeof wanted === 'number' && !Number.isSafeInteger(wanted)) return Number(found) === wanted;
  return String(found).toLowerCase() === String(wanted).toLowerCase();
}
