/** Bodies of createComposition. */

import { DOCTORS, PATIENTS } from '../../src/packs/people.js';

export const PATIENT = '7075e0e2-6b57-47fd-aff7-324806efa7e5';
export const ENCOUNTER = '63e5b4f5-1c9b-4ad6-8e2c-2a3c3c1f0d11';
export const MOTHER = 'a8f0c6d2-51b7-4e3c-9d84-2c7e60b19f35';
export const AUTHOR = '4b9d6c1e-8f3a-4c57-9d53-6f1a2b3c4d5e';

/** Who is who in the world of a platform, as changes of a conclusion. */
export function ofWorld(): Record<string, unknown> {
  const { sick } = PATIENTS;
  const [{ employee }] = DOCTORS;
  return {
    subject: reference('person', sick.id),
    section: { focus: reference('person', sick.id) },
    author: reference('employee', employee),
  };
}

function concept(system: string, code: string) {
  return { coding: [{ system, code }] };
}

/** A bare reference, as this API wants it. */
export function reference(kind: string, value: string) {
  return { type: concept('eHealth/resources', kind), value };
}

/** A temporary disability by sickness; `changes` replace top-level fields. */
export function disability(changes: Record<string, unknown> = {}) {
  return {
    type: concept('COMPOSITION_TYPES', 'TEMP_DISABILITY'),
    category: concept('COMPOSITION_CATEGORIES', 'SICKNESS'),
    event: [
      {
        code: concept('COMPOSITION_EVENTS', 'COMPOSITION_VALIDITY_PERIOD'),
        period: { start: '2026-01-12T00:00:01Z', end: '2026-01-16T20:59:59Z' },
      },
    ],
    subject: reference('person', PATIENT),
    encounter: reference('encounter', ENCOUNTER),
    author: reference('employee', AUTHOR),
    section: { focus: reference('person', PATIENT) },
    extension: [{ valueCode: 'IS_ACCIDENT', valueBoolean: false }],
    ...changes,
  };
}

/** The same, of another patient; a magic identifier chooses a scenario. */
export function disabilityOf(subject: string, changes: Record<string, unknown> = {}) {
  return disability({ subject: reference('person', subject), ...changes });
}

/** A live birth: the newborn is the subject, the mother the focus; `changes` replace top-level fields. */
export function birth(changes: Record<string, unknown> = {}) {
  return disability({
    subject: reference('preperson', PATIENT),
    section: { focus: reference('person', MOTHER) },
    type: concept('COMPOSITION_TYPES', 'NEWBORN'),
    category: concept('COMPOSITION_CATEGORIES', 'LIVE_BIRTH'),
    event: [
      {
        code: concept('COMPOSITION_EVENTS', 'COMPOSITION_VALIDITY_PERIOD'),
        period: { start: '2026-01-12T00:00:01Z', end: null },
      },
    ],
    extension: [
      { valueCode: 'NEWBORN_BIRTH_DATE', valueDate: '2026-01-12' },
      { valueCode: 'NEWBORN_SEX', valueString: 'FEMALE' },
    ],
    ...changes,
  });
}

/** Content of a cancellation. */
export function cancellation(id: string, code = 'INCORRECT_OTHER') {
  return {
    identifier: reference('composition', id),
    reason: concept('eHealth/COMPOSITION_CANCELLATION_REASONS_TEMP_DISABILITY', code),
  };
}
