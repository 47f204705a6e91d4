import { type Json, textOf } from '../../contract/json.js';
import { nearest } from '../../problem.js';
import type { World } from '../../sandbox/pack.js';
import type { Resource } from '../../sandbox/resources.js';
import { titleOf } from './title.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const EXAMPLE = '{"kind": "person", "id": "UUID", "first_name": "…"}';

/** What this API keeps. */
const KINDS = [
  'person',
  'preperson',
  'authentication_method',
  'authentication_method_request',
  'confidant_person_relationship',
  'confidant_person_relationship_request',
  'person_request',
  'declaration',
  'declaration_request',
  'merge_request',
  'legal_entity',
  'related_legal_entity',
  'division',
  'employee',
  'employee_request',
  'employee_role',
  'healthcare_service',
  'medical_program',
  'program_service',
  'service_group',
  'medication_request',
  'medication_request_request',
  'medication_dispense',
  'dictionary',
  'composition_configuration',
  'device_configuration',
  'device_parameter_configuration',
  'dictionary_configuration',
  'observation_configuration',
];

/** Puts something in by hand, or in the place of what stands under its id. A new one gets an id if it has none. */
export function seed({ kind, ...document }: Json, world: World): Resource | string {
  if (typeof kind !== 'string' || kind === '') return `kind is missing; give ${EXAMPLE}`;
  if (!KINDS.includes(kind)) return `unknown kind "${kind}"; ${nearest(kind, KINDS)}`;
  const { id = world.ids.uuid() } = document;
  if (!UUID.test(textOf(id))) return 'id is no UUID; leave it out to get one';
  const own = textOf(id).toLowerCase();
  const patient = document.person_id;
  return world.keep({
    kind,
    id: own,
    title: titleOf(document),
    document: { ...document, id: own },
    facts: typeof patient === 'string' ? { patient: patient.toLowerCase() } : {},
  });
}
