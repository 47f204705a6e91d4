import type { Refusal, World } from '../../../sandbox/pack.js';
import { formatMoment } from '../../../time/format-moment.js';
import type { Moment } from '../../../time/moments.js';
import { NO_CODE, NO_MORE_ATTEMPTS, OLD_CODE, WRONG_CODE } from './refusals.js';
import { lengthOf, numberOf } from './settings.js';

/** A code that a person was sent, and what has become of it. */
export interface Otp {
  id: string;
  code: number;
  sent_at: Moment;
  expires_at: Moment;
  attempts: number;
  status: 'NEW' | 'VERIFIED' | 'UNVERIFIED';
}

export function sendOtp(world: World): Otp {
  return {
    id: world.ids.uuid(),
    code: numberOf(world, 'OTP_CODE'),
    sent_at: world.now,
    expires_at: world.now + lengthOf(world, 'OTP_SECONDS'),
    attempts: 0,
    status: 'NEW',
  };
}

/** Is it too early for another one? */
export function isTooSoon({ sent_at }: Otp, world: World): boolean {
  return world.now < sent_at + lengthOf(world, 'OTP_RESEND_SECONDS');
}

/**
 * Holds what somebody says against the code. Each try counts, one that comes too late as well; after the last of them
 * the code is good for nothing (public source, `Core.Verification.Verifications`).
 */
export function tryCode(
  otp: Otp,
  said: unknown,
  world: World,
): { otp: Otp; refused: Refusal | undefined } {
  if (said === undefined || said === null) return { otp, refused: NO_CODE };
  if (otp.status !== 'NEW') return { otp, refused: NO_MORE_ATTEMPTS };
  const attempts = otp.attempts + 1;
  const isOld = world.now >= otp.expires_at;
  if (!isOld && Number(said) === otp.code) {
    return { otp: { ...otp, attempts, status: 'VERIFIED' }, refused: undefined };
  }
  const status = attempts < numberOf(world, 'OTP_ATTEMPTS') ? 'NEW' : 'UNVERIFIED';
  return { otp: { ...otp, attempts, status }, refused: isOld ? OLD_CODE : WRONG_CODE };
}

/** As the answer to who asks for another one tells it. */
export function showOtp({ id, status, expires_at }: Otp) {
  const code_expired_at = formatMoment(expires_at);
  return { id, status, code_expired_at, active: status === 'NEW' };
}
