import { type Json, textOf } from '../../contract/json.js';
import type { Pack, Refusal, World } from '../../sandbox/pack.js';
import type { Resource } from '../../sandbox/resources.js';
import { currentMethod } from './persons.js';
import { pick } from './pick.js';
import { list, one } from './read.js';
import { conflict, wrongAt } from './refusals.js';
import { named, personalData } from './shapes.js';
import { type Asked, acts, change, creates } from './write.js';

/** Nobody is sent a code here: any of four digits will do, and a shorter one is wrong. */
export function wrongCode({ said }: Asked): Refusal | undefined {
  if (/^\d{4,}$/.test(textOf(said.verification_code ?? ''))) return undefined;
  return { status: 422, type: 'forbidden', message: 'Invalid verification code' };
}

function isOpen(document: Json, { now }: World): boolean {
  const { birth_date } = document;
  return typeof birth_date !== 'string' || Date.parse(birth_date) <= now;
}

function wrongPreperson({ said, world }: Asked): Refusal | undefined {
  if (!isOpen(said, world)) return wrongAt('$.birth_date', 'Birth date must be in the past');
  const { death_date, birth_date } = said;
  if (typeof death_date !== 'string') return undefined;
  if (Date.parse(death_date) > world.now) {
    return wrongAt('$.death_date', 'Death date must be in the past');
  }
  return typeof birth_date === 'string' && death_date < birth_date
    ? wrongAt('$.death_date', 'Death date must be after birth date')
    : undefined;
}

/** Whom a merge is about: a person who is active, and a preperson. */
function wrongParties({ said, world }: Asked): Refusal | undefined {
  const master = world.find('person', textOf(said.master_person_id));
  if (!master) return wrongAt('$.master_person_id', 'Person with such id is not found');
  const merged = world.find('preperson', textOf(said.merge_person_id));
  if (!merged) return wrongAt('$.merge_person_id', 'Preperson with such id is not found');
  return merged.document.status === 'ACTIVE' ? undefined : conflict('Preperson is not active');
}

/** What is to be signed: whom, and who they turned out to be. */
function dataToBeSigned({ document }: Resource, world: World): Json {
  const { id, master_person_id, merge_person_id } = document;
  const master = world.find('person', textOf(master_person_id));
  const { inserted_at, inserted_by, updated_at, updated_by, ...person } = master
    ? personalData(master)
    : {};
  const shown = [
    'id',
    'external_id',
    'first_name',
    'last_name',
    'second_name',
    'gender',
    'birth_date',
    'emergency_contact',
    'note',
  ];
  return {
    id,
    status: 'APPROVED',
    master_person: { no_tax_id: false, tax_id: '', ...person },
    merge_person: pick(named('preperson', merge_person_id, world), shown),
    patient_signed: false,
    content: `<html><body>${textOf(merge_person_id)} → ${textOf(master_person_id)}</body></html>`,
  };
}

function mergeRequest(found: Resource, world: World): Json {
  const { authorize_with, ...shown } = found.document;
  if (shown.status !== 'APPROVED') return shown;
  return { ...shown, data_to_be_signed: dataToBeSigned(found, world) };
}

function asking({ document }: Resource, world: World): Json {
  const { type, number } = currentMethod(world, textOf(document.master_person_id));
  return { authentication_method_current: [{ type, phone_number: number }] };
}

/** The preperson is nobody any more, and the person is told of it. */
function merge({ document }: Resource, asked: Asked): void {
  const { world } = asked;
  const merged = world.find('preperson', textOf(document.merge_person_id));
  if (merged) change(merged, { status: 'INACTIVE' }, asked);
  const master = world.find('person', textOf(document.master_person_id));
  if (!master) return;
  const { merged_persons } = master.document;
  const row = {
    id: document.id,
    merge_person_id: document.merge_person_id,
    person_id: master.id,
    inserted_at: document.inserted_at,
    updated_at: document.updated_at,
  };
  change(
    master,
    { merged_persons: [...(Array.isArray(merged_persons) ? merged_persons : []), row] },
    asked,
  );
}

const MERGE = { kind: 'merge_request', refused: 'Invalid transition' } as const;
/** The time in which a code is good. */
const CODE_LASTS = 5 * 60_000;

/** Patients who are not identified, and who they turn out to be, by operationId. */
export const PREPERSONS: Pack['reads'] = {
  getPreperson: one('preperson'),
  createPreperson: creates({
    kind: 'preperson',
    check: wrongPreperson,
    document: ({ said }) => ({ ...said, status: 'ACTIVE' }),
  }),
  updatePreperson: acts({
    kind: 'preperson',
    from: ['ACTIVE'],
    refused: 'Preperson is not active',
    check: (_, asked) => wrongPreperson(asked),
    set: (_, { said }) => said,
  }),

  getMergeRequests: list('merge_request', {
    show: ({ document: { authorize_with, ...shown } }) => shown,
  }),
  getMergeRequest: one('merge_request', { show: mergeRequest, urgent: asking }),
  createMergeRequest: creates({
    kind: 'merge_request',
    check: wrongParties,
    document: ({ said }) => ({ ...said, status: 'NEW' }),
    show: mergeRequest,
    urgent: asking,
  }),
  approveMergeRequest: acts({
    ...MERGE,
    from: ['NEW'],
    to: 'APPROVED',
    check: (_, asked) => wrongCode(asked),
    show: mergeRequest,
  }),
  rejectMergeRequest: acts({
    ...MERGE,
    from: ['NEW', 'APPROVED'],
    to: 'REJECTED',
    show: mergeRequest,
  }),
  signMergeRequest: acts({
    ...MERGE,
    from: ['APPROVED'],
    to: 'SIGNED',
    check: ({ id }, { said }) =>
      said.id === id
        ? undefined
        : wrongAt('$.id', 'Signed content does not match the previously created content'),
    after: merge,
    show: mergeRequest,
  }),
  resendAuthorizationOtpOnMergeRequest: acts({
    ...MERGE,
    from: ['NEW'],
    answer: (_, { world }) => {
      const code_expired_at = new Date(world.now + CODE_LASTS).toISOString();
      const data = { id: world.ids.uuid(), status: 'NEW', code_expired_at, active: true };
      return { status: 200, content: { data, type: 'object' } };
    },
  }),
};
