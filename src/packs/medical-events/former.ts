import { at, isObject, type Json } from '../../contract/json.js';
import { reference } from './reference.js';
import { itemsOf } from './references.js';

/**
 * Signed content as an earlier description of this sandbox had it, in today's form: an encounter had a `date` in
 * place of its `period`, a service request needed neither institution nor moment. What is in today's form stays as
 * it is.
 */
export function inTodaysForm(operation: string, said: Json): Json {
  if (operation === 'submitEncounterPackage') return formerPackage(said) ?? said;
  if (operation === 'createServiceRequest') return formerRequest(said) ?? said;
  return said;
}

function formerPackage(said: Json): Json | undefined {
  const { encounter, conditions } = said;
  if (!isObject(encounter) || encounter.period !== undefined) return undefined;
  if (typeof encounter.date !== 'string') return undefined;
  const period = { start: encounter.date, end: encounter.date };
  const dated = itemsOf(said, 'conditions').map((condition) => ({
    asserted_date: condition.onset_date,
    ...condition,
  }));
  return {
    ...said,
    encounter: { diagnoses: [], ...encounter, period },
    ...(Array.isArray(conditions) ? { conditions: dated } : {}),
  };
}

function formerRequest(said: Json): Json | undefined {
  const today = ['priority', 'requester_legal_entity', 'occurrence_period', 'occurrence_date_time'];
  if (today.some((field) => said[field] !== undefined)) return undefined;
  const { authored_on } = said;
  if (typeof authored_on !== 'string') return undefined;
  return {
    ...said,
    priority: 'routine',
    requester_legal_entity: reference('legal_entity', FORMER_LEGAL_ENTITY),
    occurrence_date_time: authored_on,
  };
}

const FORMER_LEGAL_ENTITY = '2f1b0f7c-5d3e-4d0a-9c64-3a7f8b1e6d20';

/** A cancelled package that names its encounter and no more, as it was enough before. */
export function isShortCancel(said: Json): boolean {
  const fields = ['id', 'status', 'cancellation_reason', 'explanatory_letter'];
  const encounter = at(said, 'encounter');
  return isObject(encounter) && Object.keys(encounter).every((field) => fields.includes(field));
}
