import { at, isObject, type Json, textOf } from '../../contract/json.js';
import type { ApiRequest, Pack, Refusal, World } from '../../sandbox/pack.js';
import type { Resource } from '../../sandbox/resources.js';
import { hideNumber, methodsOf } from '../methods.js';
import { says } from '../values.js';
import { fits } from './filters.js';
import { behind, list, notFound, one, paged, type Read } from './read.js';
import { forbidden, NO_PERSON } from './refusals.js';
import {
  declaration,
  declarationInList,
  named,
  personalData,
  personFound,
  personShort,
} from './shapes.js';
import { verificationOf, verificationWith } from './verification.js';
import { acts, change, creates } from './write.js';

/** A declaration that holds, of the person. */
function activeDeclaration(world: World, person: string): Resource | undefined {
  return world
    .all('declaration')
    .find(({ document }) => document.person_id === person && document.status === 'active');
}

/** 403: of this person the platform knows nothing. */
function unknownPerson(request: ApiRequest, world: World): Refusal | undefined {
  return world.find('person', behind('persons', request)) ? undefined : forbidden(NO_PERSON);
}

/** One person or nobody; whoever finds more has asked too loosely. */
const searchPersons: Read = (request, world) => {
  const found = world
    .all('person')
    .filter(
      ({ document }) => document.status !== 'inactive' && fits(document, request.query, world),
    );
  if (found.length > 1) {
    const message =
      'This API method returns only exact match results, please retry with more specific search result';
    return { status: 403, type: 'too_many_results', message };
  }
  return paged(found.map(personFound), request);
};

/** Only those see it with whom the person has a declaration. */
const getPersonalData: Read = (request, world) => {
  const person = world.find('person', behind('persons', request));
  const { caller } = request;
  const own = person && activeDeclaration(world, person.id)?.document.legal_entity_id;
  if (!person || (caller && own !== caller.legal_entity)) return forbidden('Access denied');
  return paged([personalData(person)], request);
};

const getPersonDeclaration: Read = (request, world) => {
  const found = activeDeclaration(world, behind('persons', request));
  if (!found) return notFound();
  const { caller } = request;
  if (caller && found.document.legal_entity_id !== caller.legal_entity) {
    return forbidden('Active declaration belongs to another msp');
  }
  return paged([declaration(found, world)], request);
};

/** Methods as they are shown: whom one could write to is not told. */
function shownMethod({ phone_number, ...method }: Json): Json {
  return {
    ...method,
    ...(typeof phone_number === 'string' ? { phone_number: hideNumber(phone_number) } : {}),
  };
}

const getPersonAuthenticationMethods: Read = (request, world) => {
  const id = behind('persons', request);
  const refused = unknownPerson(request, world);
  if (refused) return refused;
  const methods = methodsOf(world, id, named('person', id, world)) ?? [];
  return { status: 200, content: { data: methods.map(shownMethod), type: 'list' } };
};

/** How somebody is asked to confirm, beside what is to be confirmed. */
export function currentMethod(world: World, person: string): Json {
  const [first] = methodsOf(world, person, named('person', person, world)) ?? [];
  const { type = 'NA', phone_number: number } = first ?? {};
  return { type, number: typeof number === 'string' ? hideNumber(number) : '' };
}

const getPersonsVerificationStatusesList: Read = (request, world) => {
  const { employee_id, verification_status, status } = request.query;
  const found = world.all('declaration').flatMap(({ document }) => {
    const person = world.find('person', textOf(document.person_id));
    if (!person || document.employee_id !== employee_id) return [];
    const row = {
      person_id: person.id,
      ...verificationOf(person),
      person_status: person.document.status,
      person_updated_at: person.document.updated_at,
      declaration_number: document.declaration_number,
      declaration_status: document.status,
    };
    const fitting =
      says(person.document.verification_status, verification_status) &&
      says(document.status, status);
    return fitting ? [row] : [];
  });
  return paged(found, request);
};

/** Whom to write to about a patient, whatever has happened to them. */
const getPersonEmergencyContact: Read = ({ params }, world) => {
  const patient = textOf(params.patient_id ?? '');
  const found = world.find('person', patient) ?? world.find('preperson', patient);
  const contact = found?.document.emergency_contact;
  if (!isObject(contact)) return notFound();
  return { status: 200, content: { data: contact, type: 'object' } };
};

const searchMergedPersons: Read = (request, world) => {
  const id = behind('persons', request);
  if (!world.find('person', id)) return { ...forbidden(NO_PERSON), status: 404 };
  const merged = world
    .all('merge_request')
    .filter(({ document }) => document.status === 'SIGNED' && document.master_person_id === id)
    .map(({ document }) => ({
      id: document.id,
      master_person_id: id,
      merge_person_id: document.merge_person_id,
      status: 'MERGED',
      inserted_at: document.inserted_at,
      updated_at: document.updated_at,
    }));
  const { status } = request.query;
  return paged(
    merged.filter((one) => status === undefined || says(one.status, status)),
    request,
  );
};

/** Persons, what is known of them, and whom they have chosen, by operationId. */
export const PERSONS: Pack['reads'] = {
  searchPersons,
  getPersonalData,
  searchMergedPersons,
  getPersonDeclaration,
  getPersonAuthenticationMethods,
  getConfidantPersonRelationships: list('confidant_person_relationship', {
    refuse: unknownPerson,
    only: ({ facts }, request) => facts.patient === behind('persons', request),
  }),
  getPersonsVerificationStatusesList,
  getPersonVerification: one('person', { show: verificationOf }),
  updatePersonVerificationStatus: acts({
    kind: 'person',
    set: ({ document }, { said }) => verificationWith(document, said),
    show: verificationOf,
  }),
  getPersonEmergencyContact,
  resetAuthenticationMethod: acts({
    kind: 'person',
    check: ({ id }, { world }) =>
      activeDeclaration(world, id)
        ? undefined
        : forbidden('Not found active declaration with person for this legal entity!'),
    after: ({ id }, asked) => {
      for (const method of asked.world.all('authentication_method')) {
        if (method.facts.patient !== id) continue;
        const ended_at = new Date(asked.world.now).toISOString();
        change(method, { is_active: false, ended_at }, asked);
      }
    },
    show: personShort,
  }),
  createPerson: creates({
    kind: 'person',
    document: ({ said }) => {
      const person = isObject(said.person) ? said.person : said;
      return { ...person, status: 'active', is_active: true, merged_persons: [] };
    },
    show: ({ document }) => ({ secret: '', authentication_methods: [], ...document }),
  }),

  getDeclarationsList: list('declaration', { show: declarationInList }),
  getDeclaration: one('declaration', {
    show: declaration,
    urgent: ({ document }, world) => ({
      authentication_method_current: currentMethod(world, textOf(document.person_id)),
    }),
  }),
  verifyDeclaration: acts({
    kind: 'declaration',
    from: ['pending_verification', 'active'],
    refused: 'Declaration is {status} and cannot be updated',
    set: (_, { said }) => (at(said, 'status') === undefined ? {} : { status: said.status }),
    answer: (_, __) => ({ status: 200, content: { data: {}, type: 'object' } }),
  }),
};
