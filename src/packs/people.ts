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

export function fullName({ last_name, first_name, second_name }: Doctor): string {
  return `${last_name} ${first_name} ${second_name}`;
}
