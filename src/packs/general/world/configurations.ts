import type { Json } from '../../../contract/json.js';
import { BEFORE } from './stamps.js';

function concept(system: string, code: string): Json {
  return { coding: [{ system, code }] };
}

function row(id: string, known: Json): Json {
  return { id, ...known, is_active: true, ...BEFORE };
}

function ofComposition(id: string, type: string, category: string, settings: Json): Json {
  return row(id, {
    type: concept('COMPOSITION_TYPES', type),
    category: concept('COMPOSITION_CATEGORIES', category),
    settings: JSON.stringify(settings),
  });
}

const DISABILITY = {
  EMAL_FILTER_CANCEL_TIMEOUT_DISABILITY: 7,
  EMAL_FILTER_REPLACEMENT_CANCEL_TIMEOUT_DISABILITY: 365,
};

/** What the platform is set to, by kind; `settings`, `config` and `content` are texts of JSON there. */
export const CONFIGURATIONS: Readonly<Record<string, readonly Json[]>> = {
  composition_configuration: [
    ofComposition('51d8f0c7-e3b6-4a29-9f14-7c0e8d5b6a31', 'NEWBORN', 'LIVE_BIRTH', {
      EMAL_FILTER_CANCEL_TIMEOUT_NEWBORN: 180,
      EMAL_FILTER_REPLACEMENT_CANCEL_TIMEOUT_NEWBORN: 365,
    }),
    ofComposition(
      '8c3b7e0f-5d92-4186-b0a4-f1e6c9d7a528',
      'TEMP_DISABILITY',
      'SICKNESS',
      DISABILITY,
    ),
    ofComposition('b7a5d9e1-0c4f-4863-8e27-d9f0b6c8a143', 'TEMP_DISABILITY', 'PREGNANCY', {
      ...DISABILITY,
      PREGNANCY_DAYS: [126, 140],
      PREGNANCY_DAYS_APPENDED: [14, 16, 30, 56, 70],
    }),
    ofComposition('e0d6c8b4-91a7-4f35-a2d8-6b7e0f9c5d12', 'DRIVERS', 'DRIVERS_GROUP1', {}),
  ],
  device_configuration: [
    row('3f9e7d0a-c5b8-4216-8d9f-e0a4b7c6f185', {
      device_code: '12_18_06',
      device_code_system: 'device_definition_classification_type',
      config: '{}',
    }),
  ],
  device_parameter_configuration: [
    row('a6c0f8d5-7e1b-4932-9c84-b5d7e9f0a263', {
      parameter_code: 'default',
      parameter_system: 'device_properties',
      config: '{}',
    }),
  ],
  dictionary_configuration: [
    row('d4b9e6f0-38a7-4c51-b9d2-0e7f5c8a6d94', { name: 'assistive_devices', content: '{}' }),
  ],
  observation_configuration: [
    row('90e5a7c3-d8f6-4b14-8a0e-c7b9f5d1e638', {
      code: '8310-5',
      system: 'eHealth/LOINC/observation_codes',
      settings: '{"value":"value_quantity","unit":"Cel"}',
    }),
  ],
};
