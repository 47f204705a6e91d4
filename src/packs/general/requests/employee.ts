import { isObject, type Json, textOf } from '../../../contract/json.js';
import type { ApiRequest, FinishedJob, Pack, Refusal, World } from '../../../sandbox/pack.js';
import { formatMoment } from '../../../time/format-moment.js';
import { CLINIC, DIVISION, DOCTORS } from '../../people.js';
import { readSignedContent } from '../../signature/signed-content.js';
import { contentOf } from '../signed.js';
import { EMPLOYEES } from '../world/employees.js';
import { begun, listing } from './actions.js';
import type { Machine } from './kind.js';
import { conflict, invalid, NOT_FOUND } from './refusals.js';
import { begin, find, NA, namedIn, type Request, revise, shown, textAt } from './request.js';

const KIND = 'employee_request';

/** A request to employ somebody. They agree by a link in an e-mail, which no MIS sees: its status changes by itself. */
const EMPLOYEE_REQUEST: Machine = {
  kind: KIND,
  show: (request, world) => {
    const { employee_id: _, ...document } = shown(request, world);
    const party = isObject(document.party) ? document.party : {};
    return {
      ...document,
      ...atMidnight(document, ['start_date', 'end_date']),
      party: { ...party, ...atMidnight(party, ['birth_date']) },
    };
  },
  urgent: () => ({}),
};

/** Days, as these answers show them. */
function atMidnight(from: Json, names: readonly string[]): Json {
  return Object.fromEntries(
    names.flatMap((name) => {
      const day = from[name];
      if (typeof day !== 'string') return [];
      return [[name, day.length === 10 ? `${day}T00:00:00.000Z` : day]];
    }),
  );
}

/** Owners come with their institution. */
const OWNERS = ['OWNER', 'PHARMACY_OWNER'];

export function admitEmployee(request: ApiRequest, world: World): Refusal | undefined {
  const read = contentOf(request, world);
  if (!('content' in read)) return read;
  const said = read.content.employee_request;
  if (!isObject(said)) {
    const words = 'required property employee_request was not present';
    return invalid('$.employee_request', words, 'required');
  }
  const type = textOf(said.employee_type ?? '');
  if (OWNERS.includes(type)) return conflict(`Forbidden to create ${type}`);
  return (
    refuseUnknown('division', said.division_id, world) ??
    refuseUnknown('employee', said.employee_id, world)
  );
}

function refuseUnknown(kind: string, id: unknown, world: World): Refusal | undefined {
  if (id === undefined || world.all(kind).length === 0) return undefined;
  if (world.find(kind, textOf(id))) return undefined;
  const [first = '', ...rest] = kind;
  const name = first.toUpperCase() + rest.join('');
  return invalid(`$.employee_request.${kind}_id`, `${name} not found`);
}

/** While rules are off the signed content may be none. */
function employeeIn({ body }: FinishedJob): Json {
  const read = readSignedContent(textAt(body, 'signed_content'));
  const said = 'problem' in read ? undefined : read.content.employee_request;
  if (isObject(said)) return said;
  const { id: _, ...like } = EMPLOYEES[0] as Json;
  return like;
}

/** The request is there from now on, and is called by the id of its job. */
export function acceptEmployee(job: FinishedJob, world: World): void {
  const { status: _, ...said } = employeeIn(job);
  const document = {
    division_id: DIVISION.id,
    legal_entity_id: job.caller?.legal_entity ?? CLINIC.id,
    ...said,
    id: job.id,
  };
  const made = begin(world, KIND, document, { method: NA });
  // What becomes of it is the scenario's alone.
  const request = revise(world, made, { facts: { expires_at: Number.POSITIVE_INFINITY } });
  job.tell({ data: EMPLOYEE_REQUEST.show?.(request, world) });
}

/** They have agreed: an employee appears, or is changed. */
export function completeEmployee(job: FinishedJob, world: World): void {
  const request = find(world, KIND, job.id);
  if (!request) return;
  const { id: _, status: __, makes: ___, ...said } = request.document;
  const id = textOf(said.employee_id ?? job.resource).toLowerCase();
  const before = world.find('employee', id);
  const party = isObject(said.party) ? said.party : {};
  const known = isObject(before?.document.party) ? before.document.party : {};
  const moment = formatMoment(world.now);
  world.keep({
    kind: 'employee',
    id,
    title: [party.last_name, party.first_name].filter((one) => one !== undefined).join(' '),
    document: {
      inserted_at: moment,
      ...before?.document,
      ...said,
      ...atMidnight(said, ['start_date', 'end_date']),
      party: {
        id: world.ids.uuid(),
        no_tax_id: false,
        ...known,
        ...party,
        ...atMidnight(party, ['birth_date']),
      },
      id,
      status: 'APPROVED',
      is_active: true,
      updated_at: moment,
    },
  });
  revise(world, request, { document: { status: 'APPROVED', employee_id: id } });
}

/** They have refused, or have not answered in time. */
export function failEmployee(job: FinishedJob, state: string, world: World): void {
  const request = find(world, KIND, job.id);
  const status = state === 'expired' ? 'EXPIRED' : 'REJECTED';
  if (request) revise(world, request, { document: { status } });
}

function short(request: Request, world: World): Json {
  const { id, status, party, inserted_at, legal_entity_id } = shown(request, world);
  const { first_name = '', last_name = '', second_name, no_tax_id } = isObject(party) ? party : {};
  const institution = world.find('legal_entity', textOf(legal_entity_id))?.document;
  const { name = CLINIC.name, edrpou } = institution ?? {};
  return {
    id,
    status,
    inserted_at,
    first_name,
    last_name,
    ...(second_name === undefined ? {} : { second_name }),
    ...(no_tax_id === undefined ? {} : { no_tax_id }),
    ...(edrpou === undefined ? {} : { edrpou }),
    legal_entity_name: name,
  };
}

export const EMPLOYEE_REQUESTS: Pack['reads'] = {
  getEmployeeRequest: (request, world) => {
    const found = find(world, KIND, namedIn(request));
    if (!found) return NOT_FOUND;
    const { content } = begun(EMPLOYEE_REQUEST, found, world);
    const [{ user }] = DOCTORS;
    const urgent = { user_id: request.caller?.user ?? user };
    return { status: 200, content: { ...content, urgent } };
  },
  getEmployeeIdByEmployeeRequestId: (request, world) => {
    const found = find(world, KIND, namedIn(request));
    if (!found) return NOT_FOUND;
    const { id, status, employee_id, updated_at } = shown(found, world);
    const known = status === 'APPROVED' ? { employee_id } : {};
    return { status: 200, content: { data: { id, status, updated_at, ...known }, type: 'object' } };
  },
  getEmployeeRequestsList: listing(
    EMPLOYEE_REQUEST,
    {
      id: ({ id }) => id,
      status: (request, world) => shown(request, world).status,
      no_tax_id: ({ document }) => textAt(document, 'party.no_tax_id'),
      edrpou: (request, world) => short(request, world).edrpou,
      legal_entity_name: (request, world) => short(request, world).legal_entity_name,
    },
    short,
  ),
};
