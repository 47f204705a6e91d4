import { type Json, textOf } from '../../../contract/json.js';
import type { ApiRequest, Refusal, Reply, World } from '../../../sandbox/pack.js';
import { formatMoment } from '../../../time/format-moment.js';
import { pick } from '../pick.js';
import { personalData } from '../shapes.js';
import { PERSONS, PREPERSONS_KNOWN } from '../world/persons.js';
import { begun } from './actions.js';
import type { Machine } from './kind.js';
import { invalid, WRONG_STATUS, WRONG_TRANSITION } from './refusals.js';
import {
  begin,
  bodyOf,
  find,
  methodOf,
  namedIn,
  papersOf,
  revise,
  showMethod,
  shown,
} from './request.js';
import { refuseSigning } from './signing.js';

const KIND = 'merge_request';

export const MERGE_REQUEST: Machine = {
  kind: KIND,
  approve: { from: ['NEW'], to: 'APPROVED', http: 200, wrong: WRONG_TRANSITION },
  reject: { from: ['NEW', 'APPROVED'], http: 200, wrong: WRONG_TRANSITION },
  sign: { from: ['APPROVED'], wrong: WRONG_STATUS },
  urgent: ({ id, facts: { method } }) => {
    const documents = papersOf(method, id);
    return {
      authentication_method_current: [showMethod(method, 'phone_number')],
      ...(documents ? { documents } : {}),
    };
  },
  approved: ({ document }, world) => ({ data_to_be_signed: toBeSigned(document, world) }),
  toSign: ({ document }) => ({ content: document.data_to_be_signed, patientAt: 'patient_signed' }),
};

const OF_PREPERSON =
  'id external_id first_name last_name second_name gender birth_date emergency_contact note'.split(
    ' ',
  );

/** Whom, and who they turned out to be. */
function toBeSigned({ id, master_person_id, merge_person_id }: Json, world: World): Json {
  const master = world.find('person', textOf(master_person_id));
  const { inserted_at, inserted_by, updated_at, updated_by, ...person } = master
    ? personalData(master)
    : { ...PERSONS[0] };
  const preperson = world.find('preperson', textOf(merge_person_id))?.document;
  return {
    id,
    status: 'APPROVED',
    master_person: { no_tax_id: false, tax_id: '', ...person, id: master_person_id },
    merge_person: {
      ...pick(preperson ?? PREPERSONS_KNOWN[0] ?? {}, OF_PREPERSON),
      id: merge_person_id,
    },
    patient_signed: false,
    content: `<html><body>${textOf(merge_person_id)} → ${textOf(master_person_id)}</body></html>`,
  };
}

/** Begins to say that a preperson is a person. */
export function createMergeRequest(request: ApiRequest, world: World): Reply | Refusal {
  const said = bodyOf(request);
  const { master_person_id, merge_person_id, authorize_with } = said;
  const refused =
    refuseUnknown('person', 'master_person_id', master_person_id, world) ??
    refuseUnknown('preperson', 'merge_person_id', merge_person_id, world);
  if (refused) return refused;
  const method = methodOf(world, textOf(master_person_id), authorize_with);
  if (!method) return invalid('$.authorize_with', 'Authentication method not found');
  const document = { id: world.ids.uuid(), ...said };
  const made = begin(world, KIND, document, { method, patient: textOf(master_person_id) });
  return begun(MERGE_REQUEST, made, world);
}

function refuseUnknown(kind: string, member: string, id: unknown, world: World) {
  const found = world.find(kind, textOf(id));
  if (!found && world.all(kind).length > 0) return invalid(`$.${member}`, `${kind} is not found`);
  const isActive = textOf(found?.document.status ?? 'active').toLowerCase() === 'active';
  return isActive ? undefined : invalid(`$.${member}`, `${kind} is not active`);
}

/** Signs it: the preperson is the person from then on. */
export function signMergeRequest(request: ApiRequest, world: World): Reply | Refusal {
  const refused = refuseSigning(MERGE_REQUEST, request, world);
  const found = find(world, KIND, namedIn(request));
  if (refused || !found) return refused ?? { status: 404 };
  const signed = revise(world, found, { document: { status: 'SIGNED' } });
  merge(signed.document, world);
  return { status: 200, content: { data: shown(signed, world), type: 'object' } };
}

function merge({ master_person_id: master, merge_person_id: merged }: Json, world: World): void {
  const updated_at = formatMoment(world.now);
  const preperson = world.find('preperson', textOf(merged));
  if (preperson) {
    const document = { ...preperson.document, status: 'INACTIVE', master_person_id: master };
    world.keep({ ...preperson, document: { ...document, updated_at } });
  }
  const person = world.find('person', textOf(master));
  if (!person) return;
  const before = Array.isArray(person.document.merged_persons)
    ? person.document.merged_persons
    : [];
  const merged_persons = [...before, { merge_person_id: merged, inserted_at: updated_at }];
  world.keep({ ...person, document: { ...person.document, merged_persons, updated_at } });
}
