import { wholeSigns } from '../contract/half-signs.js';
import {
  type ChosenIdForm,
  type IdForm,
  isChosen,
  isCounted,
  ownForm,
} from '../contract/id-form.js';
import { idText, valueAt } from '../contract/job-place.js';
import type { Draft } from './draft.js';
import type { HandlerRequest } from './handled.js';
import { flat } from './ids.js';

/** An id for a new job, and how answers tell it where its form does not say. */
export interface NewId {
  id: string;
  told?: number | undefined;
}

/** More draws than it takes to find a free id, unless nearly all are taken. */
const MOST_DRAWS = 1000;

/** The id that a request has chosen for its job; undefined where it names none, or none can be chosen. */
export function chosenId(form: IdForm, request: HandlerRequest): NewId | undefined {
  if (!isChosen(form)) return undefined;
  const value = valueAt(form.chosen, request);
  const id = idText(value);
  if (id === undefined) return undefined;
  // A cut may fall into a pair.
  return {
    id: wholeSigns(id.slice(0, LONGEST)),
    told: typeof value === 'number' ? value : undefined,
  };
}

/** What a path takes as the value of a parameter (`router.ts`); no more can be asked for. */
const LONGEST = 1024;

/** An id that no job of the API has; undefined when none is left. */
export function makeId(draft: Draft): NewId | undefined {
  const { ids } = draft.api.binding.report;
  const form = ownForm(ids);
  if (isCounted(form)) {
    const number = draft.count(form.from);
    return { id: String(number), told: isChosen(ids) ? number : undefined };
  }
  if (!mayMeet(form, ids)) return { id: flat(draft.ids.id(form)) };
  for (let draws = 0; draws < MOST_DRAWS; draws += 1) {
    const id = flat(draft.ids.id(form));
    if (!draft.job(id)) return { id, told: numberOf(form, ids, id) };
  }
  return undefined;
}

/** Could it draw one that is taken? Of a pattern's texts there may be few, and clients choose as they like. */
function mayMeet(form: ChosenIdForm['otherwise'], ids: IdForm): boolean {
  return isChosen(ids) || (form !== 'uuid' && 'pattern' in form);
}

function numberOf(form: ChosenIdForm['otherwise'], ids: IdForm, id: string): number | undefined {
  return isChosen(ids) && form !== 'uuid' && 'number' in form && form.number
    ? Number(id)
    : undefined;
}
