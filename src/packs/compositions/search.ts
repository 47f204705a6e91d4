import { at, textOf } from '../../contract/json.js';
import type { ApiRequest, Refusal, Reply, World } from '../../sandbox/pack.js';
import { type Composition, KIND, sameId, typeOf } from './composition.js';
import { malformed } from './refusals.js';

const LIMIT = 50;

type Query = ApiRequest['query'];

/** Search by exactly one of the subject and the focus. */
export function searchAll({ query }: ApiRequest, world: World): Reply | Refusal {
  const subject = given(query, 'subject');
  const focus = given(query, 'focus');
  if (subject === undefined && focus === undefined) {
    const what = 'Give either subject or focus: this search has neither of them';
    return malformed({ entry: 'subject', in: 'query' }, 'required', what, ['focus']);
  }
  return clash(query) ?? list(query, [], world);
}

/** Search within one patient: whatever else is asked for, the patient of the path is the subject. */
export function searchOfPatient({ query, params }: ApiRequest, world: World): Reply | Refusal {
  const ofPatient = ({ document }: Composition) =>
    sameId(at(document, 'subject.value'), params.patientId);
  return clash(query) ?? list(query, [ofPatient], world);
}

function clash(query: Query): Refusal | undefined {
  if (given(query, 'subject') === undefined || given(query, 'focus') === undefined)
    return undefined;
  const what = 'Give either subject or focus: one excludes the other';
  return malformed({ entry: 'focus', in: 'query' }, 'exclusion', what, ['subject']);
}

type Filter = (composition: Composition) => boolean;

function list(query: Query, also: readonly Filter[], world: World): Reply {
  const filters = [...also, ...filtersOf(query)];
  const found = world
    .all<Composition>(KIND)
    .filter((composition) => filters.every((fits) => fits(composition)));
  const offset = whole(query, 'offset', 0, 0);
  const limit = whole(query, 'limit', 1, LIMIT);
  return {
    status: 200,
    content: {
      data: found.slice(offset, offset + limit).map(({ document }) => document),
      type: 'list',
      paging: {
        page_number: Math.floor(offset / limit) + 1,
        page_size: limit,
        total_entries: found.length,
        total_pages: Math.max(1, Math.ceil(found.length / limit)),
      },
    },
  };
}

/** Where the id stands that a parameter is compared with. */
const ID_FILTERS = {
  subject: 'subject.value',
  focus: 'section.focus.value',
  episodeOfCare: 'episodeOfCare.value',
  encounter: 'encounter.value',
};

function filtersOf(query: Query): Filter[] {
  const filters: Filter[] = [];
  for (const [name, path] of Object.entries(ID_FILTERS)) {
    const id = given(query, name);
    if (id !== undefined) filters.push(({ document }) => sameId(at(document, path), id));
  }
  const type = given(query, 'type');
  if (type !== undefined) filters.push(({ document }) => typeOf(document) === type);
  const status = given(query, 'status')?.toUpperCase().replaceAll('-', '_');
  if (status !== undefined) filters.push(({ document }) => document.status === status);
  return filters;
}

function given(query: Query, name: string): string | undefined {
  const value = query[name];
  return value === undefined || value === null || value === '' ? undefined : textOf(value);
}

/** A whole number from `least` on; without one, the default of the parameter. */
function whole(query: Query, name: string, least: number, otherwise: number): number {
  const value = Number(given(query, name) ?? otherwise);
  return Number.isInteger(value) && value >= least ? value : otherwise;
}
