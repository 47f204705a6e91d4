import type { Json } from '../../contract/json.js';
import type { Beginnings, World } from '../../sandbox/pack.js';
import { BIRTH_DATE, CLINIC, DOCTORS, fullName, PATIENTS, PREPERSONS } from '../people.js';
import { reference } from './reference.js';
import { keep } from './resource.js';

const [FAMILY_DOCTOR, OTHER = FAMILY_DOCTOR] = DOCTORS;

/** An episode of care with the encounters in it; each has its visit. */
interface Care {
  patient: string;
  episode: string;
  name: string;
  doctor: typeof FAMILY_DOCTOR;
  class: string;
  encounters: readonly {
    id: string;
    visit: string;
    day: string;
    condition: string;
    code: string;
  }[];
}

/** What the examples of conclusions and of packages refer to. */
const CARE: readonly Care[] = [
  {
    patient: PATIENTS.sick.id,
    episode: '05d7b2e9-8c4a-4f16-9d30-a71e6c8f2b54',
    name: 'Гострий бронхіт',
    doctor: FAMILY_DOCTOR,
    class: 'PHC',
    encounters: [
      {
        id: 'a4e8d7c3-1f60-4b92-9e25-c83b6d10f7a5',
        visit: '1a7c5e90-d3b8-4f26-8e14-6b0d9f2a7c35',
        day: '2025-03-03',
        condition: '6b0e9d24-f7a1-4c58-93d6-0e8c5b1f7a42',
        code: 'R78',
      },
      {
        id: '2b61d8f4-e07a-4c39-9f52-8d1a5e7c30b6',
        visit: 'e5d08f3a-6c71-4b92-a0e7-3f9d1c8b5264',
        day: '2025-03-07',
        condition: 'c3f7a0d8-15e9-4b64-8d2a-9e0c7f4b1d86',
        code: 'R78',
      },
    ],
  },
  {
    patient: PATIENTS.mother.id,
    episode: '7d2f9c0b-e586-4a13-b7d4-0c9a6e1f3852',
    name: 'Пологи',
    doctor: OTHER,
    class: 'INPATIENT',
    encounters: [
      {
        id: '0f9b4d7e-a2c6-4135-8e70-d5b1f8c3a946',
        visit: '83c1e6f5-7b0a-4d92-9f48-e2a0d7c5b631',
        day: BIRTH_DATE,
        condition: 'a1d8f5c0-3e97-4b26-8c4d-f7e0b9a6d513',
        code: 'W90',
      },
    ],
  },
  {
    patient: PREPERSONS.newborn,
    episode: '40c8e1f5-7d2b-4963-b0ea-951fa6d3c87e',
    name: 'Народження',
    doctor: OTHER,
    class: 'INPATIENT',
    encounters: [
      {
        id: '7b25f9e0-c6d1-4a38-8f74-0e9d3a5c1b62',
        visit: 'd96a3c7f-0e5b-4182-b7c9-4f1e8d0a6b35',
        day: BIRTH_DATE,
        condition: '2c9f0e7b-d5a4-4836-91be-c8d7f0a3e614',
        code: 'A94',
      },
    ],
  },
  {
    patient: PREPERSONS.unidentified,
    episode: 'b8e4d1a7-3f0c-4962-8d5b-a7c9e0f6b241',
    name: 'Нагляд',
    doctor: FAMILY_DOCTOR,
    class: 'AMB',
    encounters: [
      {
        id: '58e1a9d6-0c73-4fb4-a2e8-6f94b0d7c315',
        visit: '97f0b5d3-c8a2-4e61-80d9-b3e7c1f5a026',
        day: '2025-03-03',
        condition: '5e7b0c9d-a8f3-4d12-b6e4-1c9f8a0d7b35',
        code: 'A07',
      },
    ],
  },
  {
    patient: PATIENTS.chronic.id,
    episode: 'f3c28d1e-8d5a-4e24-9d0b-1f3f0a5c7e11',
    name: 'Цукровий діабет',
    doctor: FAMILY_DOCTOR,
    class: 'PHC',
    encounters: [
      {
        id: 'c7a0e3d9-5b8f-4126-9e4c-0d7b1f6a8e53',
        visit: '30d6f9b8-e1c4-4a75-9b20-7f8e5d0c3a61',
        day: '2025-02-17',
        condition: '9d4e8b0f-7c61-4a35-b2f8-d0e9c6a5f174',
        code: 'T90',
      },
    ],
  },
];

/** Puts episodes there, with a finished encounter each or two, of the patients whom the platform begins with. */
export function begin(world: World): Beginnings {
  for (const care of CARE) keepCare(care, world);
  const [sick] = CARE;
  return { encounter_id: sick?.encounters[0]?.id ?? '', episode_id: sick?.episode ?? '' };
}

function keepCare(care: Care, world: World): void {
  const { patient, episode, encounters } = care;
  const [first] = encounters;
  const moment = `${first?.day}T08:00:00.000Z`;
  const diagnoses = first ? [diagnosisOf(first)] : [];
  keep(world, 'episode', patient, {
    id: episode,
    status: 'active',
    name: care.name,
    type: { system: 'eHealth/episode_types', code: care.class },
    period: { start: moment },
    managing_organization: named('legal_entity', CLINIC.id, CLINIC.name),
    care_manager: named('employee', care.doctor.employee, fullName(care.doctor)),
    current_diagnoses: diagnoses,
    diagnoses_history: [],
    status_history: [{ status: 'active', inserted_at: moment }],
    inserted_at: moment,
    updated_at: moment,
  });
  for (const encounter of encounters) keepEncounter(encounter, care, world);
}

function keepEncounter(
  { id, visit, day, condition, code }: Care['encounters'][number],
  { patient, episode, doctor, class: kind }: Care,
  world: World,
): void {
  const period = { start: `${day}T08:00:00.000Z`, end: `${day}T08:45:00.000Z` };
  const stamps = { inserted_at: period.end, updated_at: period.end };
  const performer = named('employee', doctor.employee, fullName(doctor));
  keep(world, 'visit', patient, { id: visit, period, ...stamps });
  keep(world, 'encounter', patient, {
    id,
    status: 'finished',
    date: period.end,
    period,
    visit: named('visit', visit),
    episode: named('episode', episode),
    class: { system: 'eHealth/encounter_classes', code: kind },
    type: concept('eHealth/encounter_types', 'service_delivery_location'),
    performer,
    reasons: [concept('eHealth/ICPC2/reasons', code)],
    diagnoses: [diagnosisOf({ condition, code })],
    actions: [],
    ...stamps,
  });
  keep(world, 'condition', patient, {
    id: condition,
    primary_source: true,
    context: named('encounter', id),
    code: concept('eHealth/ICPC2/condition_codes', code),
    clinical_status: 'active',
    verification_status: 'confirmed',
    onset_date: period.start,
    asserted_date: period.end,
    asserter: performer,
    ...stamps,
  });
}

function diagnosisOf({ condition, code }: { condition: string; code: string }): Json {
  return {
    condition: named('condition', condition),
    role: concept('eHealth/diagnosis_roles', 'primary'),
    rank: 1,
    code: concept('eHealth/ICPC2/condition_codes', code),
  };
}

function concept(system: string, code: string): Json {
  return { coding: [{ system, code }] };
}

/** A reference as the service shows it. */
function named(code: string, id: string, display_value: string | null = null): Json {
  return { ...reference(code, id), display_value };
}
