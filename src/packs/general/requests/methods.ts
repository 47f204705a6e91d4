import { isObject, type Json, textOf } from '../../../contract/json.js';
import type { ApiRequest, Refusal, Reply, World } from '../../../sandbox/pack.js';
import { formatMoment } from '../../../time/format-moment.js';
import { begun } from './actions.js';
import type { Machine } from './kind.js';
import { keepMethod } from './person.js';
import { forbidden, invalid, WRONG_TRANSITION } from './refusals.js';
import { begin, bodyOf, methodOf, papersOf, showMethod, shown } from './request.js';

/** A request to add, change or end a method by which a person confirms what is done for them. */
export const METHOD_REQUEST: Machine = {
  kind: 'authentication_method_request',
  approve: { from: ['NEW'], to: 'COMPLETED', http: 201, wrong: WRONG_TRANSITION },
  show: (request, world) => {
    const { id, status } = shown(request, world);
    return { id, status, channel: 'MIS' };
  },
  urgent: ({ id, facts: { method } }) => {
    const documents = papersOf(method, id);
    return {
      authentication_method_current:
        method.type === 'NA' ? [] : [showMethod(method, 'phone_number')],
      ...(documents ? { documents } : {}),
    };
  },
  after: ({ document, facts }, world) => {
    const { action, authentication_method: said } = document;
    const method = isObject(said) ? said : {};
    const person = textOf(facts.patient);
    const before = world.find('authentication_method', textOf(method.id ?? ''));
    if (action === 'INSERT') keepMethod(method, person, world);
    else if (before) change(before.document, method, action === 'DEACTIVATE', person, world);
  },
};

function change(before: Json, said: Json, ends: boolean, person: string, world: World): void {
  const ended = ends ? { is_active: false, ended_at: formatMoment(world.now) } : {};
  const updated_at = formatMoment(world.now);
  keepMethod({ ...before, ...(ends ? {} : said), ...ended, updated_at }, person, world);
}

export function createMethodRequest(request: ApiRequest, world: World): Reply | Refusal {
  const said = bodyOf(request);
  const person = textOf(request.params.id).toLowerCase();
  if (world.all('person').length > 0 && !world.find('person', person)) {
    return forbidden('Such person not found');
  }
  const { action, authentication_method: given } = said;
  const asked = isObject(given) ? given : {};
  const { id } = asked;
  if (action === 'INSERT' && asked.type === undefined) return missing('type');
  if (action !== 'INSERT' && id === undefined) return missing('id');
  const isKnown = world.all('authentication_method').length > 0;
  if (action !== 'INSERT' && isKnown && !methodOf(world, person, id)) {
    return invalid('$.authentication_method.id', 'Authentication method not found');
  }
  if (asked.type === 'OTP' && !/^\+38\d{10}$/.test(textOf(asked.phone_number ?? ''))) {
    const words = 'string does not match pattern';
    return invalid('$.authentication_method.phone_number', words, 'format', ['^\\+38[0-9]{10}$']);
  }
  const method = methodOf(world, person) ?? { type: 'NA' };
  const document = { id: world.ids.uuid(), ...said };
  const made = begin(world, METHOD_REQUEST.kind, document, { method, patient: person });
  return begun(METHOD_REQUEST, made, world);
}

function missing(member: string): Refusal {
  const words = `required property ${member} was not present`;
  return invalid(`$.authentication_method.${member}`, words, 'required');
}
