import type { ApiRequest, Refusal, Reply, World } from '../../sandbox/pack.js';
import { all, find, type Kind } from './resource.js';

/** Reads one thing of a patient by its id. */
export function readOne(kind: Kind, parameter = 'id') {
  return ({ params }: ApiRequest, world: World): Reply | Refusal => {
    const found = find(world, kind, params.patient_id, params[parameter]);
    if (!found) return { status: 404, type: 'not_found' };
    return { status: 200, content: { data: found.document, type: 'object' } };
  };
}

/** The encounters of a patient, the newest first, page by page. */
export function listEncounters({ params, query }: ApiRequest, world: World): Reply {
  const found = all(world, 'encounter', params.patient_id ?? '').toReversed();
  const page = Number(query.page ?? 1);
  const size = Number(query.page_size ?? 50);
  const shown = found.slice((page - 1) * size, page * size);
  const paging = {
    page_number: page,
    page_size: size,
    total_entries: found.length,
    total_pages: Math.ceil(found.length / size),
  };
  const data = shown.map(({ document }) => document);
  return { status: 200, content: { data, type: 'list', paging } };
}
