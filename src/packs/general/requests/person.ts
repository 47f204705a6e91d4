import { isObject, type Json, textOf } from '../../../contract/json.js';
import type { ApiRequest, FinishedJob, Refusal, Reply, World } from '../../../sandbox/pack.js';
import { formatMoment } from '../../../time/format-moment.js';
import { PERSONS } from '../world/persons.js';
import { begun } from './actions.js';
import type { Machine } from './kind.js';
import { invalid, unverified, WRONG_STATUS, WRONG_TRANSITION } from './refusals.js';
import {
  asMethod,
  begin,
  bodyOf,
  find,
  type Method,
  methodOf,
  NA,
  papersOf,
  type Request,
  revise,
  showMethod,
  shown,
  textAt,
} from './request.js';

const KIND = 'person_request';
const OPEN = ['NEW', 'APPROVED'];

export const PERSON_REQUEST: Machine = {
  kind: KIND,
  approve: { from: ['NEW'], to: 'APPROVED', http: 201, wrong: WRONG_TRANSITION },
  reject: { from: OPEN, http: 201, wrong: WRONG_TRANSITION },
  sign: { from: ['APPROVED'], wrong: WRONG_STATUS },
  urgent: ({ id, facts: { method } }) => {
    const documents = papersOf(method, id);
    return {
      authentication_method_current: [showMethod(method, 'phone_number')],
      ...(documents ? { documents } : {}),
    };
  },
  approved: ({ document }) => ({
    content: `<html><body>${textAt(document.person, 'last_name')} ${textAt(document.person, 'first_name')}</body></html>`,
  }),
  toSign: (request, world) => ({ content: shown(request, world) }),
};

/** Begins the registration of somebody, or a change of what is known of them: then `person.id` says of whom. */
export function createPersonRequest(request: ApiRequest, world: World): Reply | Refusal {
  const said = bodyOf(request);
  const { person } = said;
  if (!isObject(person)) return invalid('$.person', 'expected an object', 'cast', ['object']);
  const { id } = person;
  if (id !== undefined && typeof id !== 'string') {
    return invalid('$.person.id', 'expected a text', 'cast', ['string']);
  }
  if (id !== undefined && world.all('person').length > 0 && !world.find('person', textOf(id))) {
    return unverified('Person not found');
  }
  const method = howToAsk(person, said, world);
  if (!method) return invalid('$.authorize_with', 'Authentication method not found');
  const made = make(said, method, world);
  return begun(PERSON_REQUEST, made, world);
}

/** Somebody who is new is asked by the method that they are registered with. */
function howToAsk({ id, ...person }: Json, said: Json, world: World): Method | undefined {
  if (id !== undefined) return methodOf(world, textOf(id), said.authorize_with);
  const [first] = Array.isArray(person.authentication_methods) ? person.authentication_methods : [];
  return isObject(first) ? asMethod(first) : NA;
}

function make(said: Json, method: Method, world: World, id = world.ids.uuid()): Request {
  const person = isObject(said.person) ? said.person : {};
  const makes = textOf(person.id ?? world.ids.uuid()).toLowerCase();
  const document = { ...said, id, person, channel: 'MIS', makes };
  return begin(world, KIND, document, { method, patient: makes });
}

function subject(job: FinishedJob, world: World): Request {
  const { id: _, ...person } = PERSONS[0] as Json;
  return (
    find(world, KIND, job.params.id) ??
    make(
      { person, patient_signed: true, process_disclosure_data_consent: true },
      NA,
      world,
      textOf(job.params.id),
    )
  );
}

/** Signs it: the answer tells the id of a person who is not there yet. */
export function acceptPerson(job: FinishedJob, world: World): void {
  const { document } = revise(world, subject(job, world), { document: { status: 'SIGNED' } });
  const { id, inserted_at, updated_at, makes } = document;
  job.tell({ data: { id, person_id: makes, status: 'SIGNED', inserted_at, updated_at } });
}

/** The person appears, or is changed, with the methods by which they confirm things. */
export function completePerson(job: FinishedJob, world: World): void {
  const { document, facts } = subject(job, world);
  const id = textOf(document.makes);
  const { authentication_methods: methods, ...said } = document.person as Json;
  const before = world.find('person', id);
  const moment = formatMoment(world.now);
  world.keep({
    kind: 'person',
    id,
    document: {
      status: 'active',
      is_active: true,
      verification_status: 'VERIFIED',
      merged_persons: [],
      inserted_at: moment,
      ...before?.document,
      ...said,
      id,
      updated_at: moment,
    },
  });
  if (before || !Array.isArray(methods)) return;
  for (const method of methods.filter(isObject)) keepMethod(method, textOf(facts.patient), world);
}

/** Puts a method in by which somebody confirms things. */
export function keepMethod(method: Json, person: string, world: World): void {
  const id = textOf(method.id ?? world.ids.uuid()).toLowerCase();
  const moment = formatMoment(world.now);
  const stamps = { started_at: moment, inserted_at: moment, updated_at: moment };
  world.keep({
    kind: 'authentication_method',
    id,
    title: [method.type, method.phone_number].filter((one) => one !== undefined).join(' '),
    document: { ...stamps, is_active: true, person_id: person, ...method, id },
    facts: { patient: person },
  });
}

/** Lists show no more than who it is. */
export function shortPersonRequest(request: Request, world: World): Json {
  const { id, status, person } = shown(request, world);
  const { first_name = '', last_name = '', second_name } = isObject(person) ? person : {};
  const names = { first_name, last_name, ...(second_name === undefined ? {} : { second_name }) };
  return { id, status, person: names, version: 2 };
}
