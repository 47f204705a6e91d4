import type { Json } from '../../../contract/json.js';
import { CLINIC, DIVISION } from '../../people.js';
import { BEFORE } from './stamps.js';

const PHONES = [{ type: 'LAND_LINE', number: '+380442345678' }];

/** A place in Kyiv. */
export function addressIn(street: string, building: string): Json {
  return {
    type: 'RESIDENCE',
    country: 'UA',
    area: 'М.КИЇВ',
    settlement: 'КИЇВ',
    settlement_type: 'CITY',
    settlement_id: 'adaa4abf-f530-461c-bcbf-a0ac210d955b',
    street_type: 'STREET',
    street,
    building,
    zip: '01001',
  };
}

/** A pharmacy, which hands out what the doctors prescribe. */
export const PHARMACY = {
  id: 'e4b9d0c6-7f23-4a58-91e6-c0d5a8f7b312',
  name: 'Аптека «Пісочниця»',
  division: '0a7e5c8f-d3b1-4926-8f40-b9c6e1d7a253',
} as const;

interface Institution {
  id: string;
  name: string;
  edrpou: string;
  type: 'OUTPATIENT' | 'PHARMACY';
  license: 'MSP' | 'PHARMACY';
  email: string;
  address: Json;
}

/** The document of a legal entity as the second version of the API shows it, with what the first one asks for beside it. */
function legalEntity({ id, name, edrpou, type, license, email, address }: Institution): Json {
  const kved = license === 'MSP' ? '86.21' : '47.73';
  const kved_name = license === 'MSP' ? 'Загальна медична практика' : 'Роздрібна торгівля ліками';
  return {
    id,
    name,
    short_name: name,
    public_name: name,
    status: 'ACTIVE',
    is_active: true,
    nhs_verified: true,
    nhs_reviewed: true,
    mis_verified: 'VERIFIED',
    edrpou,
    type,
    legal_form: '240',
    owner_property_type: 'PRIVATE',
    kveds: [kved],
    edr: {
      id,
      name,
      short_name: name,
      public_name: name,
      legal_form: '240',
      edrpou,
      kveds: [{ name: kved_name, code: kved, is_primary: true }],
      registration_address: { zip: '01001', country: 'Україна', address: 'м. Київ' },
      state: 1,
    },
    residence_address: address,
    addresses: [address],
    phones: PHONES,
    email,
    license: {
      id,
      type: license,
      license_number: `${edrpou.slice(0, 6)}-1`,
      issued_by: 'МОЗ України',
      issued_date: '2023-06-01',
      active_from_date: '2023-06-01',
      order_no: '1001',
    },
    public_offer: { consent_text: 'Agreed', consent: true },
    ...BEFORE,
  };
}

export const LEGAL_ENTITIES = [
  legalEntity({
    id: CLINIC.id,
    name: CLINIC.name,
    edrpou: '43215678',
    type: 'OUTPATIENT',
    license: 'MSP',
    email: 'clinic@clinic.example',
    address: addressIn('Садова', '14'),
  }),
  legalEntity({
    id: PHARMACY.id,
    name: PHARMACY.name,
    edrpou: '43215789',
    type: 'PHARMACY',
    license: 'PHARMACY',
    email: 'pharmacy@pharmacy.example',
    address: addressIn('Лугова', '3'),
  }),
] as const;

function division(id: string, name: string, type: string, legal_entity_id: string, address: Json) {
  return {
    id,
    name,
    type,
    status: 'ACTIVE',
    is_active: true,
    mountain_group: false,
    dls_id: '2872985',
    dls_verified: true,
    legal_entity_id,
    addresses: [address],
    phones: PHONES,
    email: 'division@clinic.example',
    external_id: '1',
    location: { latitude: 50.4501, longitude: 30.5234 },
    ...BEFORE,
  };
}

export const DIVISIONS = [
  division(DIVISION.id, DIVISION.name, 'CLINIC', CLINIC.id, addressIn('Садова', '14')),
  division(PHARMACY.division, PHARMACY.name, 'DRUGSTORE', PHARMACY.id, addressIn('Лугова', '3')),
] as const;

export const HEALTHCARE_SERVICE = {
  id: 'c1f7d3e9-5a08-4b62-9e37-0d4b8a6f2c15',
  division_id: DIVISION.id,
  legal_entity_id: CLINIC.id,
  license_id: CLINIC.id,
  speciality_type: 'FAMILY_DOCTOR',
  providing_condition: 'OUTPATIENT',
  category: { coding: [{ system: 'HEALTHCARE_SERVICE_CATEGORIES', code: 'MSP' }] },
  status: 'ACTIVE',
  is_active: true,
  ...BEFORE,
} as const;
