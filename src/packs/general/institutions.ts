import type { Json } from '../../contract/json.js';
import { textOf } from '../../contract/json.js';
import type { Pack, Refusal, World } from '../../sandbox/pack.js';
import type { Resource } from '../../sandbox/resources.js';
import { CLINIC } from '../people.js';
import { pick } from './pick.js';
import { list, one, type Show, shown } from './read.js';
import { conflict, wrongAt } from './refusals.js';
import { employee, employeeInList } from './shapes.js';
import { contentOf } from './signed.js';
import { type Asked, acts, change, creates, stamps } from './write.js';

/** The legal entity of who asks; where tokens are not looked at, that of the doctors. */
export function ownLegalEntity({ request, world }: Pick<Asked, 'request' | 'world'>): string {
  return request.caller?.legal_entity ?? world.find('legal_entity', CLINIC.id)?.id ?? CLINIC.id;
}

/** Why something may not name a resource; where the session knows none of the kind, it may name any. */
export function unknownName(
  kind: string,
  { said, world }: Asked,
  field = `${kind}_id`,
): Refusal | undefined {
  const id = said[field];
  if (typeof id !== 'string' || world.find(kind, id)) return undefined;
  if (world.all(kind).length === 0) return undefined;
  const label = kind.charAt(0).toUpperCase() + kind.slice(1).replaceAll('_', ' ');
  return wrongAt(`$.${field}`, `${label} with such id is not found`);
}

const NOT_SHOWN = [
  'kveds',
  'is_active',
  'mis_verified',
  'legal_form',
  'owner_property_type',
  'addresses',
  'owner',
];

const legalEntity: Show = ({ document }) =>
  Object.fromEntries(Object.entries(document).filter(([field]) => !NOT_SHOWN.includes(field)));

/** As the first version of the API shows a legal entity. */
const FORMER = [
  'id',
  'name',
  'short_name',
  'public_name',
  'status',
  'type',
  'owner_property_type',
  'legal_form',
  'edrpou',
  'kveds',
  'addresses',
  'phones',
  'email',
  'website',
  'receiver_funds_code',
  'beneficiary',
  'archive',
  'is_active',
  'nhs_verified',
  'nhs_reviewed',
  'inserted_at',
  'inserted_by',
  'updated_at',
  'updated_by',
];

const former: Show = ({ document }) => ({
  created_by_mis_client_id: document.inserted_by,
  medical_service_provider: { licenses: [document.license] },
  ...pick(document, FORMER),
});

/** What a client needs to get tokens for a legal entity. */
function security({ id }: Resource, world: World): Json {
  const secret = textOf(world.find('client', id)?.facts.secret ?? '');
  return { security: { client_id: id, secret_key: secret, redirect_uri: 'https://example.com' } };
}

const putLegalEntity: Pack['reads'][string] = (request, world) => {
  const read = contentOf(request, world);
  if (!('content' in read)) return read;
  const { owner, security: _, ...said } = read.content;
  const asked = { said, request, world };
  const known = world.all('legal_entity').find(({ document }) => document.edrpou === said.edrpou);
  if (known)
    return shown(change(known, said, asked), { show: legalEntity, urgent: security }, world);
  const id = world.ids.uuid();
  const document = newLegalEntity(id, asked);
  const made = world.keep({ kind: 'legal_entity', id, title: textOf(document.name), document });
  return shown(made, { show: former, urgent: security }, world, 201);
};

/** What the register of institutions is asked for is made up: nobody asks it here. */
function newLegalEntity(id: string, asked: Asked): Json {
  const edrpou = textOf(asked.said.edrpou);
  const name = `Заклад ${edrpou}`;
  const names = { name, short_name: name, public_name: name };
  const kveds = [{ name: 'Загальна медична практика', code: '86.21', is_primary: true }];
  return {
    ...names,
    status: 'ACTIVE',
    is_active: true,
    nhs_verified: false,
    nhs_reviewed: false,
    legal_form: '240',
    owner_property_type: 'PRIVATE',
    kveds: ['86.21'],
    edr: { id, ...names, legal_form: '240', edrpou, kveds, registration_address: {}, state: 1 },
    addresses: [asked.said.residence_address],
    ...asked.said,
    id,
    ...stamps(asked),
  };
}

const DIVISION_KIND = { kind: 'division' } as const;
const SERVICE = { kind: 'healthcare_service' } as const;
const ROLE = { kind: 'employee_role' } as const;

/** Legal entities, divisions, what they offer, and who works there, by operationId. */
export const INSTITUTIONS: Pack['reads'] = {
  getLegalEntitiesV2: list('legal_entity', {
    show: legalEntity,
    places: { legal_entity_id: ['id'] },
  }),
  getLegalEntityV2: one('legal_entity', { show: legalEntity }),
  putLegalEntityV2: putLegalEntity,
  verifyLegalEntityByNhs: acts({
    kind: 'legal_entity',
    from: ['ACTIVE'],
    refused: 'Legal entity is not ACTIVE and cannot be updated',
    set: () => ({ nhs_verified: true }),
    show: former,
  }),
  deactivateLegalEntity: acts({
    kind: 'legal_entity',
    from: ['ACTIVE', 'SUSPENDED'],
    to: 'CLOSED',
    refused: 'Legal entity is not ACTIVE and cannot be updated',
    set: () => ({ is_active: false }),
    show: former,
  }),
  getLegatorsLegalEntities: list('related_legal_entity', {
    only: ({ document }, { params }) => document.merged_to_legal_entity_id === params.id,
  }),

  getDivisions: list('division'),
  createDivision: creates({
    ...DIVISION_KIND,
    status: 200,
    check: (asked) => unknownName('legal_entity', asked),
    document: (asked) => ({
      legal_entity_id: ownLegalEntity(asked),
      ...asked.said,
      status: 'ACTIVE',
      is_active: true,
      mountain_group: false,
      dls_verified: false,
    }),
  }),
  updateDivision: acts({
    ...DIVISION_KIND,
    from: ['ACTIVE'],
    refused: 'Division is not ACTIVE and cannot be updated',
    set: (_, { said }) => said,
  }),
  deactivateDivision: acts({
    ...DIVISION_KIND,
    from: ['ACTIVE'],
    to: 'INACTIVE',
    refused: 'Division is not ACTIVE and cannot be DEACTIVATED',
    set: () => ({ is_active: false }),
  }),
  activateDivision: acts({
    ...DIVISION_KIND,
    from: ['INACTIVE'],
    to: 'ACTIVE',
    refused: 'Division is not INACTIVE and cannot be ACTIVATED',
    set: () => ({ is_active: true }),
  }),

  getHealthcareServices: list('healthcare_service'),
  getHealthcareService: one('healthcare_service'),
  createHealthcareService: creates({
    ...SERVICE,
    check: (asked) => unknownName('division', asked) ?? inactiveDivision(asked),
    document: (asked) => ({
      legal_entity_id: ownLegalEntity(asked),
      ...asked.said,
      status: 'ACTIVE',
      is_active: true,
    }),
  }),
  updateHealthcareService: acts({
    ...SERVICE,
    from: ['ACTIVE'],
    refused: 'Healthcare service is not ACTIVE and cannot be updated',
    set: (_, { said }) => said,
  }),
  deactivateHealthcareService: acts({
    ...SERVICE,
    from: ['ACTIVE'],
    to: 'INACTIVE',
    refused: 'Healthcare service is not ACTIVE and cannot be DEACTIVATED',
  }),
  activateHealthcareService: acts({
    ...SERVICE,
    from: ['INACTIVE'],
    to: 'ACTIVE',
    refused: 'Healthcare service is not INACTIVE and cannot be ACTIVATED',
  }),

  getEmployeesList: list('employee', { show: employeeInList }),
  getEmployee: one('employee', { show: employee }),
  deactivateEmployee: acts({
    kind: 'employee',
    from: ['APPROVED'],
    to: 'DISMISSED',
    refused: 'Employee is DISMISSED and cannot be updated',
    check: ({ document }) =>
      textOf(document.employee_type ?? '').includes('OWNER')
        ? conflict("Owner can't be deactivated")
        : undefined,
    set: (_, { world }) => ({ is_active: false, end_date: new Date(world.now).toISOString() }),
    show: employee,
  }),

  getEmployeeRoles: list('employee_role'),
  getEmployeeRole: one('employee_role'),
  addEmployeeRole: creates({
    ...ROLE,
    check: (asked) => unknownName('healthcare_service', asked) ?? unknownName('employee', asked),
    document: ({ said, world }) => ({
      start_date: new Date(world.now).toISOString(),
      ...said,
      status: 'ACTIVE',
      is_active: true,
    }),
  }),
  deactivateEmployeeRole: acts({
    ...ROLE,
    from: ['ACTIVE'],
    to: 'INACTIVE',
    refused: 'Employee role is not ACTIVE and cannot be DEACTIVATED',
    set: (_, { world }) => ({ end_date: new Date(world.now).toISOString() }),
  }),
};

function inactiveDivision({ said, world }: Asked): Refusal | undefined {
  const status = world.find('division', textOf(said.division_id))?.document.status;
  return status === 'INACTIVE' ? conflict('Division is not active') : undefined;
}
