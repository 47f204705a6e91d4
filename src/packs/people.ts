/**
 * Who is there in the world that a platform begins with: ids that its packs share. The ids are fixed, so that a client
 * can be set up with them.
 */

/** The medical information system itself; its secret is also what clients send as API-key. */
export const MIS = {
  id: '0c8e5f2d-71b3-4a96-8d47-b9e1a6f3c052',
  name: 'Sandbox MIS',
  secret: 'sandbox-mis-secret',
} as const;

/** The legal entity that the doctors work for; its id is the client_id of their tokens. */
export const CLINIC = {
  id: '5b1d6c0a-37f4-4e0b-9a1d-64c2f8e07b19',
  name: 'Клініка «Пісочниця»',
} as const;

/** Somebody who signs in, and who they are at the clinic. */
export interface Doctor {
  user: string;
  employee: string;
  party: string;
  email: string;
  password: string;
  tax_id: string;
  last_name: string;
  first_name: string;
  second_name: string;
}

const PASSWORD = 'sandbox-password';

export const DOCTORS: readonly [Doctor, ...Doctor[]] = [
  {
    user: 'a3f2c7d8-5e10-4b69-8c3a-1d7e94f06b25',
    employee: 'e2c94a70-6b1d-4f83-a5d9-38f07c2e1b46',
    party: '9d4e1f60-2c8b-4a37-b5f1-70e6d3a8c914',
    email: 'o.koval@clinic.example',
    password: PASSWORD,
    tax_id: '2903104526',
    last_name: 'Коваль',
    first_name: 'Олена',
    second_name: 'Петрівна',
  },
  {
    user: 'c6b08e14-93da-4f57-a2e8-5f4d10c7b963',
    employee: '4f7a20d6-e81c-4b95-93a0-c2d86e5f1b70',
    party: '71c5d9e3-0b4f-4862-8e1d-a9f370b6c258',
    email: 'a.bondar@clinic.example',
    password: PASSWORD,
    tax_id: '3017502198',
    last_name: 'Бондар',
    first_name: 'Андрій',
    second_name: 'Миколайович',
  },
];

/** Somebody who is treated. */
export interface Patient {
  id: string;
  last_name: string;
  first_name: string;
  second_name: string;
  birth_date: string;
  gender: 'MALE' | 'FEMALE';
  tax_id: string;
  phone: string;
  /** The method by which they confirm what is done for them. */
  authentication_method: string;
}

/** Those that the examples of the contracts name. */
export const PATIENTS = {
  sick: {
    id: '1d4f0c2a-9b3e-4c57-8a61-e0f7d2b94c18',
    last_name: 'Шевчук',
    first_name: 'Іван',
    second_name: 'Петрович',
    birth_date: '1988-06-14',
    gender: 'MALE',
    tax_id: '3230712350',
    phone: '+380501112233',
    authentication_method: '8ad2f6b0-47c1-4e95-93da-60b8e5c7f124',
  },
  mother: {
    id: 'd31e7f60-52b8-4c94-a07d-6e1b9c48f235',
    last_name: 'Ткаченко',
    first_name: 'Марія',
    second_name: 'Олександрівна',
    birth_date: '1994-02-11',
    gender: 'FEMALE',
    tax_id: '3437512343',
    phone: '+380672223344',
    authentication_method: '64b9d2e7-f518-4c0a-9be3-d70c25a1f896',
  },
  carer: {
    id: '37c0e5b8-d94f-4a16-b283-ea60f19d7c54',
    last_name: 'Лисенко',
    first_name: 'Наталія',
    second_name: 'Ігорівна',
    birth_date: '1979-11-30',
    gender: 'FEMALE',
    tax_id: '2918812343',
    phone: '+380633334455',
    authentication_method: 'f47a0c3e-8d65-4b19-a2c7-5e0d9b6f1384',
  },
  chronic: {
    id: '7c3da506-804d-4550-8993-bf17f9ee0402',
    last_name: 'Мороз',
    first_name: 'Сергій',
    second_name: 'Васильович',
    birth_date: '1965-04-22',
    gender: 'MALE',
    tax_id: '2385312354',
    phone: '+380954445566',
    authentication_method: 'ba6d2f18-94e7-4c05-8f3b-6d9e1a7c0b52',
  },
} as const satisfies Record<string, Patient>;

/** Patients whom nobody has registered. */
export const PREPERSONS = {
  /** The child of the mother. */
  newborn: '9c7a1e54-3d28-4b0f-b6e1-5f8a2c0d7e39',
  /** Found without papers. */
  unidentified: 'b7f03c95-6e1a-4d28-8c47-15d9e2a0f6b3',
} as const;

/** The day on which the newborn was born; encounters of the world lie around it. */
export const BIRTH_DATE = '2025-03-05';

/** Where the doctors work. */
export const DIVISION = {
  id: '8a1d6c02-7be4-4f35-8d19-5c2e9f0b4a71',
  name: 'Амбулаторія на Садовій',
} as const;

export function fullName({
  last_name,
  first_name,
  second_name,
}: Pick<Doctor, 'last_name' | 'first_name' | 'second_name'>): string {
  return `${last_name} ${first_name} ${second_name}`;
}
