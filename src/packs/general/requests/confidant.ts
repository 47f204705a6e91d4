import { isObject, type Json, textOf } from '../../../contract/json.js';
import type { ApiRequest, Refusal, Reply, World } from '../../../sandbox/pack.js';
import { formatMoment } from '../../../time/format-moment.js';
import { begun } from './actions.js';
import type { Machine } from './kind.js';
import {
  forbidden,
  invalid,
  NOT_FOUND,
  overLimit,
  WRONG_STATUS,
  WRONG_TRANSITION,
} from './refusals.js';
import {
  begin,
  bodyOf,
  find,
  methodOf,
  namedIn,
  papersOf,
  type Request,
  revise,
  showMethod,
  shown,
} from './request.js';
import { numberOf } from './settings.js';
import { refuseSigning } from './signing.js';

const RELATIONSHIP = 'confidant_person_relationship';

/** A request to let somebody act for a person, or to end that. */
export const CONFIDANT_REQUEST: Machine = {
  kind: 'confidant_person_relationship_request',
  approve: { from: ['NEW'], to: 'APPROVED', http: 200, wrong: WRONG_TRANSITION },
  sign: { from: ['APPROVED'], wrong: WRONG_STATUS },
  urgent: ({ id, facts: { method } }) => ({
    authentication_method_current: method.type === 'NA' ? {} : showMethod(method, 'phone_number'),
    documents: papersOf(method, id) ?? [],
  }),
  check: ({ document, facts }, world) =>
    document.action === 'INSERT' ? tooMany(textOf(facts.patient), world) : undefined,
  toSign: (request, world) => ({ content: shown(request, world) }),
};

function confidantsOf(person: string, world: World) {
  return world.all(RELATIONSHIP).filter(({ facts, document }) => {
    return facts.patient === person && document.is_active !== false;
  });
}

function tooMany(person: string, world: World): Refusal | undefined {
  const { length: count } = confidantsOf(person, world);
  if (count < numberOf(world, 'CONFIDANT_LIMIT')) return undefined;
  return overLimit(`This patient has ${count} confidants and can not have more`);
}

export function createConfidantRequest(request: ApiRequest, world: World): Reply | Refusal {
  const confidant = bodyOf(request).confidant_person_id;
  const known = world.all('person').length > 0;
  if (known && !world.find('person', textOf(confidant))) {
    return invalid('$.confidant_person_id', 'Confidant person not found');
  }
  return create(request, 'INSERT', world);
}

export function endConfidantRequest(request: ApiRequest, world: World): Reply | Refusal {
  const { confidant_person_relationship: named } = bodyOf(request);
  const id = isObject(named) ? textOf(named.id ?? '') : '';
  if (!world.find(RELATIONSHIP, id)) {
    return invalid('$.confidant_person_relationship.id', 'Confidant person relationship not found');
  }
  return create(request, 'DEACTIVATE', world);
}

function create(
  request: ApiRequest,
  action: 'INSERT' | 'DEACTIVATE',
  world: World,
): Reply | Refusal {
  const said = bodyOf(request);
  const person = textOf(request.params.id).toLowerCase();
  if (world.all('person').length > 0 && !world.find('person', person)) {
    return forbidden('Such person not found');
  }
  const refused = action === 'INSERT' ? tooMany(person, world) : undefined;
  if (refused) return refused;
  // Who acts for the person is asked.
  const asked = said.confidant_person_id ?? person;
  const method =
    methodOf(world, textOf(asked), said.authorize_with) ??
    methodOf(world, person, said.authorize_with);
  if (!method) return invalid('$.authorize_with', 'Authentication method not found');
  const document = { ...said, id: world.ids.uuid(), action, channel: 'MIS' };
  const made = begin(world, CONFIDANT_REQUEST.kind, document, { method, patient: person });
  return begun(CONFIDANT_REQUEST, made, world);
}

export function signConfidantRequest(request: ApiRequest, world: World): Reply | Refusal {
  const refused = refuseSigning(CONFIDANT_REQUEST, request, world);
  if (refused) return refused;
  const found = find(world, CONFIDANT_REQUEST.kind, namedIn(request));
  if (!found) return NOT_FOUND;
  const signed = revise(world, found, { document: { status: 'COMPLETED' } });
  relate(signed, world);
  return { status: 200, content: { data: shown(signed, world), type: 'object' } };
}

function relate({ document, facts }: Request, world: World): void {
  const { action, confidant_person_id, documents_relationship } = document;
  const named = document.confidant_person_relationship;
  if (action === 'INSERT') {
    const person = world.find('person', textOf(confidant_person_id))?.document;
    const id = world.ids.uuid();
    world.keep({
      kind: RELATIONSHIP,
      id,
      title: confidantName(person),
      document: {
        id,
        documents_relationship,
        is_active: true,
        confidant_person: { person_id: confidant_person_id, name: confidantName(person) },
        inserted_at: formatMoment(world.now),
      },
      facts: { patient: facts.patient },
    });
    return;
  }
  const before = world.find(RELATIONSHIP, isObject(named) ? textOf(named.id) : '');
  if (before) world.keep({ ...before, document: { ...before.document, is_active: false } });
}

function confidantName(person: Json | undefined): string {
  return ['last_name', 'first_name', 'second_name']
    .flatMap((part) => (typeof person?.[part] === 'string' ? [person[part]] : []))
    .join(' ');
}
