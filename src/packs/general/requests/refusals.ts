import type { Refusal } from '../../../sandbox/pack.js';

/*
 * What the platform says when a request cannot go on: in the words of the operator's public description where that has
 * an example, else in those of the services' public source (ehealth.api and otp_verification.api, 2019).
 */

/** 422 for one place of the body. */
export function invalid(
  entry: string,
  description: string,
  rule = 'invalid',
  params: unknown[] = [],
): Refusal {
  return {
    status: 422,
    type: 'validation_failed',
    message: description,
    invalid: [{ entry, entry_type: 'body', rules: [{ rule, description, params }] }],
  };
}

/** 422: what is asked for is well formed, and something it rests on is not so. */
export function unverified(message: string): Refusal {
  return { status: 422, type: 'unverified', message };
}

/** 422: there would be too many. */
export function overLimit(message: string): Refusal {
  return { status: 422, type: 'request_malformed', message };
}

export function conflict(message: string): Refusal {
  return { status: 409, type: 'request_conflict', message };
}

export function forbidden(message: string): Refusal {
  return { status: 403, type: 'forbidden', message };
}

export const NOT_FOUND: Refusal = { status: 404, type: 'not_found', message: 'Not found' };
export const WRONG_TRANSITION = conflict('Invalid transition');
export const WRONG_STATUS = invalid('$.status', 'incorrect status');
export const NO_CODE = invalid(
  '$.verification_code',
  'required property verification_code was not present',
  'required',
);
/** Documented with this status and type. */
export const WRONG_CODE: Refusal = {
  status: 422,
  type: 'forbidden',
  message: 'Invalid verification code',
};
export const OLD_CODE = forbidden('Verification code expired');
export const NO_MORE_ATTEMPTS = forbidden('Maximum attempts exceed');
export const TOO_SOON: Refusal = { status: 429, message: 'too many requests' };
export const NO_OTP = invalid('$.authentication_method_current', 'Auth method is not OTP');
export const NOT_SIGNED_BY_PATIENT = 'Patient must sign declaration form';
export const OTHER_CONTENT = invalid(
  '$.content',
  'Signed content does not match the previously created content',
);
