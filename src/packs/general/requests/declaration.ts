import { at, type Json, textOf } from '../../../contract/json.js';
import type { ApiRequest, FinishedJob, Refusal, Reply, World } from '../../../sandbox/pack.js';
import { formatMoment } from '../../../time/format-moment.js';
import { CLINIC, DIVISION, DOCTORS } from '../../people.js';
import { EMPLOYEES } from '../world/employees.js';
import { DIVISIONS, LEGAL_ENTITIES } from '../world/institutions.js';
import { METHODS, PERSONS } from '../world/persons.js';
import { begun } from './actions.js';
import type { Machine } from './kind.js';
import { invalid, overLimit, unverified, WRONG_STATUS, WRONG_TRANSITION } from './refusals.js';
import {
  begin,
  bodyOf,
  find,
  legalEntityOf,
  type Method,
  makeNumber,
  methodOf,
  papersOf,
  type Request,
  revise,
  showMethod,
  shown,
  statusOf,
} from './request.js';
import { numberOf } from './settings.js';

const KIND = 'declaration_request';
const OPEN = ['NEW', 'APPROVED'];
/** A declaration holds for so many years. */
const YEARS = 20;

export const DECLARATION_REQUEST: Machine = {
  kind: KIND,
  approve: { from: ['NEW'], to: 'APPROVED', http: 201, wrong: WRONG_TRANSITION },
  reject: { from: OPEN, http: 201, wrong: WRONG_TRANSITION },
  sign: { from: ['APPROVED'], wrong: WRONG_STATUS },
  urgent: ({ id, facts: { method } }) => {
    const documents = papersOf(method, id);
    return {
      authentication_method_current: { number: '', ...showMethod(method, 'number') },
      ...(documents ? { documents } : {}),
    };
  },
  check: ({ document }, world) => {
    const count = declarationsOf(textOf(document.employee_id), world).length;
    if (count < numberOf(world, 'DECLARATION_LIMIT')) return undefined;
    return overLimit(`This doctor has ${count} declarations and could not sign more`);
  },
  approved: (request, world) => ({ data_to_be_signed: dataToBeSigned(request.document, world) }),
  toSign: ({ document }) => ({
    content: document.data_to_be_signed,
    patientAt: 'person.patient_signed',
  }),
};

/** Begins a declaration; an open request of the same person is CANCELLED, for nobody can have two. */
export function createDeclarationRequest(request: ApiRequest, world: World): Reply | Refusal {
  const said = bodyOf(request);
  const person = textOf(said.person_id);
  const refused = refuseCreation(said, world);
  if (refused) return refused;
  const method = methodOf(world, person, said.authorize_with);
  if (!method) return invalid('$.authorize_with', 'Authentication method not found');
  for (const each of world.all<Request>(KIND)) {
    const isOthers = textOf(each.document.person_id).toLowerCase() !== person.toLowerCase();
    if (isOthers || !OPEN.includes(statusOf(each, world.now))) continue;
    revise(world, each, { document: { status: 'CANCELLED' } });
  }
  const made = make({ ...said, legal_entity_id: legalEntityOf(request) }, method, world);
  return begun(DECLARATION_REQUEST, made, world);
}

/** In a session that knows none of a kind everything of it is taken. */
function isUnknown(kind: string, id: unknown, world: World): boolean {
  return world.all(kind).length > 0 && !world.find(kind, textOf(id));
}

function refuseCreation(said: Json, world: World): Refusal | undefined {
  const person = world.find('person', textOf(said.person_id));
  if (isUnknown('person', said.person_id, world)) return unverified('Person not found');
  if (person && textOf(person.document.status ?? 'active').toLowerCase() !== 'active') {
    return unverified('Person not found');
  }
  if (isUnknown('employee', said.employee_id, world)) {
    return invalid('$.employee_id', 'Employee not found');
  }
  if (isUnknown('division', said.division_id, world)) {
    return invalid('$.division_id', 'Division not found');
  }
  const parent = said.parent_declaration_id;
  if (parent !== undefined && isUnknown('declaration', parent, world)) {
    return invalid('$.parent_declaration_id', 'Declaration not found');
  }
  return undefined;
}

function make(said: Json, method: Method, world: World, id = world.ids.uuid()): Request {
  const { ids, now } = world;
  const today = formatMoment(now).slice(0, 10);
  const declaration_id = ids.uuid();
  const document = {
    ...said,
    id,
    start_date: today,
    end_date: `${Number(today.slice(0, 4)) + YEARS}${today.slice(4)}`.replace(/-02-29$/, '-02-28'),
    declaration_number: makeNumber(world),
    declaration_id,
    makes: declaration_id,
    channel: 'MIS',
    system_declaration_limit: numberOf(world, 'DECLARATION_LIMIT'),
    current_declaration_count: declarationsOf(textOf(said.employee_id), world).length,
  };
  return begin(world, KIND, document, { method, patient: textOf(said.person_id) });
}

function declarationsOf(employee: string, world: World) {
  const wanted = employee.toLowerCase();
  return world
    .all('declaration')
    .filter(
      ({ document }) =>
        document.status === 'active' && textOf(document.employee_id).toLowerCase() === wanted,
    );
}

/** What the world knows of something, else what it would begin with, under this id. */
function known(kind: string, id: unknown, like: Json | undefined, world: World): Json {
  return { ...(world.find(kind, textOf(id))?.document ?? like), id };
}

function picked(from: Json, names: readonly string[]): Json {
  return Object.fromEntries(
    names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])),
  );
}

const OF_PERSON =
  `id first_name last_name second_name birth_date birth_country birth_settlement gender email no_tax_id
  tax_id secret documents addresses phones unzr emergency_contact`.split(/\s+/);
const OF_INSTITUTION =
  'id name short_name public_name legal_form edrpou addresses phones email'.split(' ');
const OF_DIVISION = 'id name addresses phones email external_id dls_id dls_verified'.split(' ');
const OF_PARTY = 'id first_name last_name second_name no_tax_id email phones'.split(' ');

/** What the platform hands out to be signed by the doctor. */
function dataToBeSigned(document: Json, world: World): Json {
  const { person_id, employee_id, division_id, legal_entity_id, ...own } = document;
  const person = known('person', person_id, PERSONS[0], world);
  const employee = known('employee', employee_id, EMPLOYEES[0], world);
  const institution = known('legal_entity', legal_entity_id, LEGAL_ENTITIES[0], world);
  const division = known('division', division_id, DIVISIONS[0], world);
  const { license } = institution;
  const [{ document: method }] = METHODS as [(typeof METHODS)[number]];
  return {
    ...picked(own, ['id', 'declaration_number', 'declaration_id', 'start_date', 'end_date']),
    channel: 'MIS',
    content: `<html><body>Declaration ${textOf(own.declaration_number)}</body></html>`,
    person: {
      authentication_methods: [picked(method, ['type', 'phone_number'])],
      ...picked(person, OF_PERSON),
      patient_signed: false,
      process_disclosure_data_consent: true,
    },
    employee: {
      ...picked(employee, ['id', 'position']),
      party: picked((employee.party ?? {}) as Json, OF_PARTY),
    },
    legal_entity: {
      ...picked(institution, OF_INSTITUTION),
      licenses: [
        picked((license ?? {}) as Json, [
          'license_number',
          'issued_by',
          'issued_date',
          'active_from_date',
          'order_no',
        ]),
      ],
    },
    division: {
      legal_entity_id: at(division, 'legal_entity_id') ?? legal_entity_id,
      type: 'CLINIC',
      ...picked(division, OF_DIVISION),
    },
    seed: textOf(own.declaration_id).replaceAll('-', ''),
    ...picked(own, ['authorize_with']),
  };
}

/** The request that a job signs; while rules are off there may be none, and then one is made. */
function subject(job: FinishedJob, world: World): Request {
  const [{ employee }] = DOCTORS;
  const person_id = PERSONS[0]?.id;
  const said = { person_id, employee_id: employee, division_id: DIVISION.id };
  const found = find(world, KIND, job.params.id);
  return (
    found ??
    make({ ...said, legal_entity_id: CLINIC.id }, { type: 'NA' }, world, textOf(job.params.id))
  );
}

/** Signs it: the answer tells a declaration, which is not there yet. */
export function acceptDeclaration(job: FinishedJob, world: World): void {
  const request = revise(world, subject(job, world), { document: { status: 'SIGNED' } });
  job.tell({ data: declarationOf(request, world) });
}

const OF_DECLARATION = [
  'start_date',
  'end_date',
  'person_id',
  'legal_entity_id',
  'employee_id',
  'division_id',
];

function declarationOf({ document, facts }: Request, { now }: World): Json & { id: string } {
  const moment = formatMoment(now);
  return {
    id: textOf(document.declaration_id),
    ...picked(document, OF_DECLARATION),
    signed_at: moment,
    status: facts.method.type === 'OFFLINE' ? 'pending_verification' : 'active',
    declaration_request_id: document.id,
    inserted_at: moment,
    is_active: true,
  };
}

/** The declaration appears, and whatever the person had before ends: they have one doctor. */
export function completeDeclaration(job: FinishedJob, world: World): void {
  const request = subject(job, world);
  const declaration = declarationOf(request, world);
  const person = textOf(declaration.person_id).toLowerCase();
  for (const former of world.all('declaration')) {
    const isOthers = textOf(former.document.person_id).toLowerCase() !== person;
    if (isOthers || former.document.status === 'terminated') continue;
    const ended = { status: 'terminated', is_active: false, reason: 'manual_person' };
    const document = { ...former.document, ...ended, updated_at: formatMoment(world.now) };
    world.keep({ ...former, document });
  }
  world.keep({
    kind: 'declaration',
    id: declaration.id,
    title: textOf(request.document.declaration_number),
    document: {
      ...declaration,
      declaration_number: request.document.declaration_number,
      scope: 'family_doctor',
      updated_at: formatMoment(world.now),
    },
    facts: { patient: person },
  });
}

/** Lists show less of it. */
export function shortDeclarationRequest(request: Request, world: World): Json {
  const { data_to_be_signed: _, ...short } = shown(request, world);
  return short;
}
