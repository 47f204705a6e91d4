import type { Invalid, Refusal } from '../../sandbox/pack.js';
import { invalid } from '../invalid.js';

/** 422: these places are wrong. */
export function unprocessable(wrong: readonly Invalid[]): Refusal {
  return { status: 422, message: 'Validation failed', invalid: wrong };
}

/** 422: one place is wrong. */
export function wrongAt(entry: string, description: string): Refusal {
  return unprocessable([invalid(entry, 'invalid', description)]);
}

/** 422: something must be so beforehand and is not. */
export function unverified(message: string): Refusal {
  return { status: 422, type: 'unverified', message };
}

/** 409: what is there does not allow it. */
export function conflict(message: string): Refusal {
  return { status: 409, type: 'request_conflict', message };
}

/** 403 */
export function forbidden(message: string): Refusal {
  return { status: 403, type: 'forbidden', message };
}

/** What three operations say of a person of whom nobody knows. */
export const NO_PERSON = 'Such person not found';
