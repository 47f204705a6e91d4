import { isChosen, isCounted, ownForm } from '../../contract/id-form.js';
import { idText, valueAt } from '../../contract/job-place.js';
import type { ResourceKind } from '../../contract/resource-kind.js';
import type { Draft } from '../draft.js';
import { flat } from '../ids.js';
import { idIn, isOfServer, LONGEST } from './fields.js';
import { findResource } from './kinds.js';

/** More draws than it takes to find a free id, unless nearly all are taken. */
const MOST_DRAWS = 1000;

/** The id that a request gives to what it makes; undefined: it leaves that to the server. */
export function chosenId(
  kind: ResourceKind,
  request: Parameters<typeof valueAt>[1],
): string | undefined {
  if (isChosen(kind.ids)) return idText(valueAt(kind.ids.chosen, request))?.slice(0, LONGEST);
  const { field } = kind.model?.place ?? {};
  return field === undefined || isOfServer(kind, field) ? undefined : idIn(kind, request.body);
}

/** An id as the contract takes them, which none of the kind has. */
export function newId(kind: ResourceKind, draft: Draft): string {
  const form = ownForm(kind.ids);
  let id = '';
  for (let draws = 0; draws < MOST_DRAWS; draws += 1) {
    const series = `${draft.api.home} ${kind.binding.name}`;
    id = isCounted(form) ? String(draft.countIn(series, form.from)) : flat(draft.ids.id(form));
    if (!findResource(draft.resources, kind, id)) return id;
  }
  return id;
}
