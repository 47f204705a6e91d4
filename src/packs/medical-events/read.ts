import type { ApiRequest, Refusal, Reply, World } from '../../sandbox/pack.js';
import { pageOf } from '../page.js';
import { fits } from './filters.js';
import { factsOf, type Kind } from './kinds.js';
import { isUnknownPatient } from './known-world.js';
import { type PathPlaces, placesIn } from './path-places.js';
import { reference, target, withNames } from './reference.js';
import { all, find, type Owned } from './resource.js';

type Read = (request: ApiRequest, world: World) => Reply | Refusal;

/** How an operation shows resources that is not the plain one. */
interface Look {
  /** The path names what they must belong to, by this collection. */
  within?: 'episodes' | 'compositions' | 'care_plans';
  /** Only these. */
  only?(one: Owned, world: World): boolean;
  /** In place of the document. */
  show?(one: Owned, world: World): unknown;
  /** What is said where the patient is none that the session knows. */
  patient?: string;
}

/** What an outer part of a path is. */
const OUTER = {
  episodes: 'episode',
  compositions: 'medical_composition',
  care_plans: 'care_plan',
} as const;

export function notFound(kind: Kind): Refusal {
  return { status: 404, type: 'NOT_FOUND', message: `${factsOf(kind).label} not found` };
}

/** Reads one thing of a patient by the id that the path names last. */
export function one(kind: Kind, look: Look = {}): Read {
  return (request, world) => {
    const places = placesIn(request, world);
    const outside = refuseOutside(look, places, world);
    if (outside) return outside;
    const found = find(world, kind, places.patient, places.own);
    if (!found || !isInside(found, look, places, world)) return notFound(kind);
    return shown(found, look, world);
  };
}

function shown(found: Owned, { show }: Look, world: World): Reply {
  const data = show ? show(found, world) : found.document;
  return { status: 200, content: { data, type: 'object' } };
}

/** Lists what a patient has, the newest first, page by page, as far as the query asks for it. */
export function list(kind: Kind, look: Look = {}): Read {
  return (request, world) => {
    const places = placesIn(request, world);
    const outside = refuseOutside(look, places, world);
    if (outside) return outside;
    const everything =
      places.behind('patients') === undefined
        ? world.all<Owned>(kind)
        : all(world, kind, places.patient);
    const found = everything
      .filter((each) => isInside(each, look, places, world) && fits(each, request.query, world))
      .toReversed();
    return paged(found, request, (each) => (look.show ? look.show(each, world) : each.document));
  };
}

/** One page of what was found. */
export function paged<T>(
  found: readonly T[],
  { query }: ApiRequest,
  show: (one: T) => unknown = (each) => each,
): Reply {
  const { items, page, size, entries, pages } = pageOf(found, query);
  const data = items.map(show);
  const paging = {
    page,
    page_number: page,
    page_size: size,
    total_entries: entries,
    total_pages: pages,
  };
  return { status: 200, content: { data, type: 'list', paging } };
}

function refuseOutside(
  { within, patient }: Look,
  places: PathPlaces,
  world: World,
): Refusal | undefined {
  if (patient !== undefined && isUnknownPatient(world, places.patient)) {
    return { status: 404, type: 'NOT_FOUND', message: patient };
  }
  if (within === undefined) return undefined;
  const kind = OUTER[within];
  if (find(world, kind, places.patient, places.behind(within))) return undefined;
  // An episode of which only its encounters are known is no less one: who is served alone may never have made it.
  const known = within === 'episodes' && hasEpisode(places, world);
  if (known) return undefined;
  return patient === undefined ? notFound(kind) : { ...notFound(kind), message: patient };
}

function hasEpisode({ patient, behind }: PathPlaces, world: World): boolean {
  const id = behind('episodes')?.toLowerCase();
  return all(world, 'encounter', patient).some(({ facts }) => facts.episode === id);
}

function isInside(found: Owned, look: Look, { behind }: PathPlaces, world: World): boolean {
  if (look.only && !look.only(found, world)) return false;
  if (look.within === 'episodes') return found.facts.episode === behind('episodes')?.toLowerCase();
  if (look.within !== 'care_plans') return true;
  return found.facts.care_plan === behind('care_plans')?.toLowerCase();
}

/** Where a resource comes from: its episode, and with it what else an operation is to tell. */
export function context(
  kind: Kind,
  more: readonly ('origin_episode' | 'diagnostic_report' | 'care_plan')[] = [],
): Read {
  return (request, world) => {
    const { patient, behind } = placesIn(request, world);
    const found = find(world, kind, patient, behind(factsOf(kind).collection));
    if (!found) return notFound(kind);
    const data: Record<string, unknown> = {};
    const { episode } = found.facts;
    if (episode) data.episode = named('episode', episode, world);
    for (const field of more) {
      const path = field === 'care_plan' ? 'based_on.0' : field;
      const id = target(found.document, path);
      if (id !== '') data[field] = named(field === 'origin_episode' ? 'episode' : field, id, world);
    }
    return { status: 200, content: { data, type: 'object' } };
  };
}

/** Names of what a resource comes from are texts in every answer. */
function named(code: string, id: string, world: World) {
  return withNames(reference(code, id), world, '');
}
