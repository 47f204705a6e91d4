import { at, type Json } from '../../contract/json.js';
import type { World } from '../../sandbox/pack.js';
import { findPatient } from './known-world.js';
import { target } from './reference.js';
import { itemsOf } from './references.js';
import type { Owned } from './resource.js';

/** Forms of documents that lists show in place of the whole: these fields, as far as they are there. */
const FIELDS = {
  episode: ['id', 'name', 'status', 'period', 'inserted_at', 'updated_at'],
  encounter: ['id', 'status', 'period', 'episode', 'class', 'type'],
  diagnostic_report: [
    'id',
    'status',
    'code',
    'category',
    'effective_period',
    'effective_date_time',
    'issued',
    'managing_organization',
    'explanatory_letter',
    'used_references',
  ],
  procedure: [
    'id',
    'status',
    'status_reason',
    'code',
    'performed_date_time',
    'performed_period',
    'primary_source',
    'managing_organization',
    'category',
  ],
  composition: [
    'id',
    'status',
    'type',
    'category',
    'date',
    'title',
    'encounter',
    'custodian',
    'author',
    'attester',
    'context_episode_id',
  ],
  care_plan: [
    'id',
    'based_on',
    'requisition',
    'part_of',
    'period',
    'intent',
    'category',
    'encounter',
    'addresses',
    'author',
    'subject',
    'status',
    'managing_organization',
    'terms_of_service',
    'inform_with',
  ],
} as const;

export function short(form: keyof typeof FIELDS) {
  return ({ document }: Owned): Json =>
    Object.fromEntries(
      FIELDS[form].flatMap((field) =>
        document[field] === undefined ? [] : [[field, document[field]]],
      ),
    );
}

const GENERAL_PRACTICE = { system: 'SPECIALITY_TYPE', code: 'FAMILY_DOCTOR' };

/** A short encounter tells what its performer is. */
export function shortEncounter(one: Owned, world: World): Json {
  const employee = world.resources.get(target(one.document, 'performer'))?.document;
  const known =
    at(employee, 'speciality.speciality') ?? at(employee, 'doctor.specialities.0.speciality');
  const code = typeof known === 'string' ? known : GENERAL_PRACTICE.code;
  const performer_speciality = { coding: [{ ...GENERAL_PRACTICE, code }] };
  return { ...short('encounter')(one), performer_speciality };
}

export function shortEpisodeWithDiagnoses({ document, ...rest }: Owned): Json {
  const { managing_organization, current_diagnoses } = document;
  return {
    ...short('episode')({ document, ...rest }),
    managing_organization,
    diagnoses: current_diagnoses ?? [],
  };
}

/** Who a patient is, to somebody who knows no more than a number of a request. */
export function withIdentity(show: (one: Owned) => Json = ({ document }) => document) {
  return (one: Owned, world: World): Json => {
    const person = findPatient(world, one.facts.patient)?.document;
    const text = (field: string, otherwise: string) => {
      const value = at(person, field);
      return typeof value === 'string' ? value : otherwise;
    };
    const born = Date.parse(text('birth_date', '1985-05-05'));
    const year = 365.25 * 24 * 60 * 60_000;
    const identity = {
      first_name: text('first_name', 'Ім’я'),
      last_name: text('last_name', 'Прізвище'),
      second_name: text('second_name', 'По батькові'),
      gender: text('gender', 'FEMALE'),
      age: Math.max(0, Math.floor((world.now - born) / year)),
    };
    return { ...show(one), identity };
  };
}

/** The diagnoses of a patient's episodes that are active. */
export function activeDiagnoses(episodes: readonly Owned[]): Json[] {
  return episodes
    .filter(({ document }) => document.status === 'active')
    .flatMap(({ document }) => itemsOf(document, 'current_diagnoses'));
}
