import type { Json } from '../../contract/json.js';
import { textOf } from '../../contract/json.js';
import type { World } from '../../sandbox/pack.js';
import { isBounded, isPast, says, valuesAt } from '../values.js';

/** Where a document has what a query parameter asks for, by parameter; of several places one must fit. */
export type Places = Readonly<Record<string, readonly string[]>>;

/** Those that are no field of the same name. */
const PLACES: Places = {
  employee_id: ['employee_id', 'employee.id'],
  legal_entity_id: ['legal_entity_id', 'legal_entity.id'],
  division_id: ['division_id', 'division.id'],
  person_id: ['person_id', 'person.id'],
  medication_id: ['medication_id', 'medication_info.medication_id'],
  medical_program_id: ['medical_program_id', 'medical_program.id'],
  medication_request_id: ['medication_request_id', 'medication_request.id'],
  edrpou: ['edrpou', 'edr.edrpou', 'legal_entity.edrpou'],
  party_id: ['party.id'],
  tax_id: ['tax_id', 'party.tax_id'],
  no_tax_id: ['no_tax_id', 'party.no_tax_id'],
  verification_status: ['verification_status', 'party.verification_status'],
  phone_number: ['phones.number'],
  birth_certificate: ['documents.number'],
  birth_place: ['birth_settlement'],
  settlement_id: ['residence_address.settlement_id', 'addresses.settlement_id'],
  care_plan_id: ['based_on'],
  activity_id: ['based_on'],
  encounter_id: ['context'],
  code: ['code', 'device_code', 'parameter_code'],
  system: ['system', 'device_code_system', 'parameter_system'],
};

/** Part of these names is enough. */
const PARTLY: Places = {
  name: ['name', 'edr.name'],
  legal_entity_name: ['legal_entity_name', 'legal_entity.name'],
};

/** Where the moments stand that a parameter bounds. */
const MOMENTS: Readonly<Record<string, string>> = {
  created: 'created_at',
  dispensed: 'dispensed_at',
};

const PAGING = new Set(['page', 'page_size']);

/** Does a document fit all that a query asks for? */
export function fits(
  document: Json,
  query: Readonly<Record<string, unknown>>,
  world: World,
  own: Places = {},
): boolean {
  return Object.entries(query).every(
    ([name, wanted]) =>
      wanted === undefined ||
      wanted === '' ||
      PAGING.has(name) ||
      fitsOne(document, name, wanted, world, own),
  );
}

function fitsOne(document: Json, name: string, wanted: unknown, world: World, own: Places) {
  const word = textOf(wanted);
  if (name === 'ids') return word.toLowerCase().split(',').includes(textOf(document.id));
  if (name === 'episode_id') return says(episodeOf(document, world), word);
  if (name === 'is_expired') return isPast(document.active_to, world.now) === wanted;
  const bound = boundOf(name);
  if (bound) {
    const found = valuesAt(document, [bound.field]);
    return found.some((moment) => isBounded(textOf(moment), bound.from, word));
  }
  const partly = own[name] ? undefined : PARTLY[name];
  if (partly) return allAt(document, partly).some((value) => includes(value, word));
  return allAt(document, own[name] ?? PLACES[name] ?? [name]).some((value) => says(value, word));
}

/** `inserted_at_from`, `dispense_valid_to_start`: which moment, and from there on or up to there. */
function boundOf(name: string): { field: string; from: boolean } | undefined {
  const [, inner, edge] = /^(dispense_valid_(?:from|to))_(start|end)$/.exec(name) ?? [];
  if (inner) return { field: inner, from: edge === 'start' };
  const [, base, way] = /^(.+)_(from|to)$/.exec(name) ?? [];
  return base ? { field: MOMENTS[base] ?? base, from: way === 'from' } : undefined;
}

function allAt(document: Json, places: readonly string[]): unknown[] {
  return places.flatMap((place) => valuesAt(document, place.split('.')));
}

function includes(value: unknown, word: string): boolean {
  return textOf(value).toLowerCase().includes(word.toLowerCase());
}

/** The episode of the encounter at which something was prescribed. */
function episodeOf(document: Json, world: World): unknown {
  const [encounter] = valuesAt(document, ['context', 'identifier', 'value']);
  return world.find('encounter', textOf(encounter ?? ''))?.facts.episode ?? '';
}
