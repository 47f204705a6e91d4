import { at, isObject, type Json, textOf } from '../../contract/json.js';
import type { Resource } from '../../sandbox/resources.js';

/** Registers that a person is held against, as they stand where nothing has been said of them. */
const REGISTERS = [
  'drfo',
  'dracs_death',
  'nhs',
  'unzr',
  'dms_passport',
  'dracs_name_change',
  'legal_capacity',
];

/** How far a person is verified, and by which register. */
export function verificationOf({ document }: Resource): Json {
  const verification_status = textOf(document.verification_status ?? 'VERIFICATION_NEEDED');
  const known = isObject(document.verification_details) ? document.verification_details : {};
  const usual = { verification_status, verification_reason: 'AUTO' };
  const details = Object.fromEntries(
    REGISTERS.map((register) => [
      register,
      register === 'legal_capacity'
        ? {
            verification_status: 'VERIFICATION_NOT_NEEDED',
            verification_reason: 'AUTO_DATA_ABSENT',
          }
        : usual,
    ]),
  );
  const moments = { unverified_at: '', synced_at: '' };
  const all = Object.entries({ ...details, ...known }).map(([register, one]) => [
    register,
    { ...moments, ...(one as Json) },
  ]);
  return { verification_status, details: Object.fromEntries(all) };
}

/** What changes in a person's document when somebody has looked at what registers say. */
export function verificationWith(document: Json, said: Json): Json {
  const before = isObject(document.verification_details) ? document.verification_details : {};
  const verification_details: Json = { ...before, ...said };
  const statuses = Object.values(verification_details).map((one) => at(one, 'verification_status'));
  const whole = statuses.includes('NOT_VERIFIED') ? 'NOT_VERIFIED' : 'VERIFIED';
  const death_date = at(said, 'dracs_death.death_date');
  return {
    verification_details,
    verification_status: whole,
    ...(death_date === undefined ? {} : { death_date }),
  };
}
