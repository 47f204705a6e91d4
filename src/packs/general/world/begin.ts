import { type Json, textOf } from '../../../contract/json.js';
import type { Beginnings, World } from '../../../sandbox/pack.js';
import { DIVISION, DOCTORS, PATIENTS, PREPERSONS } from '../../people.js';
import { titleOf } from '../title.js';
import { CONFIGURATIONS } from './configurations.js';
import { EMPLOYEE_ROLE, EMPLOYEES } from './employees.js';
import { DIVISIONS, HEALTHCARE_SERVICE, LEGAL_ENTITIES } from './institutions.js';
import { DECLARATIONS, METHODS, PERSONS, PREPERSONS_KNOWN } from './persons.js';
import {
  MEDICAL_PROGRAM,
  MEDICATION_DISPENSE,
  MEDICATION_REQUEST,
  MEDICATION_REQUEST_REQUEST,
  PROGRAM_SERVICE,
  SERVICE_CATALOGUE,
} from './programs.js';

/** What stands in the world of a platform before anybody has done anything, by kind. */
const WORLD: Readonly<Record<string, readonly Json[]>> = {
  person: PERSONS,
  preperson: PREPERSONS_KNOWN,
  legal_entity: LEGAL_ENTITIES,
  division: DIVISIONS,
  employee: EMPLOYEES,
  healthcare_service: [HEALTHCARE_SERVICE],
  employee_role: [EMPLOYEE_ROLE],
  declaration: DECLARATIONS,
  medical_program: [MEDICAL_PROGRAM],
  program_service: [PROGRAM_SERVICE],
  service_group: [SERVICE_CATALOGUE],
  medication_request: [MEDICATION_REQUEST],
  medication_request_request: [MEDICATION_REQUEST_REQUEST],
  medication_dispense: [MEDICATION_DISPENSE],
  ...CONFIGURATIONS,
};

/** Made once, for all sessions: documents are values. */
const ENTRIES = Object.entries(WORLD).flatMap(([kind, documents]) =>
  documents.map((document) => ({
    kind,
    id: textOf(document.id),
    title: titleOf(document),
    document,
  })),
);

/** Puts them there: doctors, patients, and what belongs to them. */
export function begin(world: World): Beginnings {
  for (const entry of ENTRIES) world.keep(entry);
  for (const { patient, document } of METHODS) {
    const { id, type, phone_number } = document;
    const title = `${type} ${phone_number}`;
    world.keep({ kind: 'authentication_method', id, title, document, facts: { patient } });
  }
  const [{ employee }] = DOCTORS;
  return {
    employee_id: employee,
    division_id: DIVISION.id,
    patient_id: PATIENTS.sick.id,
    authentication_method_id: PATIENTS.sick.authentication_method,
    mother_id: PATIENTS.mother.id,
    newborn_id: PREPERSONS.newborn,
  };
}
