import { DOCTORS } from '../../people.js';

const [{ user }] = DOCTORS;

/** What the service writes into everything that was there before the session. */
export const BEFORE = {
  inserted_at: '2024-01-15T08:00:00.000Z',
  inserted_by: user,
  updated_at: '2024-01-15T08:00:00.000Z',
  updated_by: user,
} as const;
