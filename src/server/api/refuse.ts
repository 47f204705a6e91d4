import type { Place } from '../../contract/binding.js';
import type { Breach } from '../../contract/operation.js';
import { MAX_BREACHES } from '../../contract/validator.js';
import type { ErrorCode } from '../../error-codes.js';
import type { Invalid, Refusal } from '../../sandbox/pack.js';
import type { BodyProblem } from '../http/read-text.js';

/** Codes of refusals, as docs/errors.md has them. */
export type RefusalCode = Extract<ErrorCode, `REQUEST_${string}` | 'SANDBOX_FAILED'>;

/** A refusal that names every rule that the request breaks. */
export function refuseBreaches(status: number, breaches: readonly Breach[]): Refusal {
  const byEntry = new Map<string, Invalid>();
  for (const { in: place, at, rule, description, params } of breaches) {
    const entry = byEntry.get(`${place} ${at}`) ?? {
      entry: at,
      entry_type: place,
      rules: [],
    };
    entry.rules.push({ rule, description, params });
    byEntry.set(`${place} ${at}`, entry);
  }
  const { length } = breaches;
  const number = length < MAX_BREACHES ? String(length) : `${length} or more`;
  const what = length === 1 ? '1 rule of the contract is' : `${number} rules of the contract are`;
  const message = `${what} not kept; see invalid`;
  return { status, code: 'REQUEST_BREAKS_CONTRACT', message, invalid: [...byEntry.values()] };
}

/** A refusal of one thing that is not a field of the body. */
export function refuse(
  status: number,
  code: RefusalCode,
  message: string,
  where?: { entry: string; type: Place; rule: string },
): Refusal {
  if (!where) return { status, code, message };
  const rules = [{ rule: where.rule, description: message, params: [] }];
  return {
    status,
    code,
    message,
    invalid: [{ entry: where.entry, entry_type: where.type, rules }],
  };
}

/** A body that could not be read at all. */
export function unreadable({ type, status, message }: BodyProblem): {
  refusal: Refusal;
  headers: Readonly<Record<string, string>>;
} {
  // What is left of the body would be read as the next request.
  const close = { Connection: 'close' };
  if (type === 'entity.too.large')
    return { refusal: refuse(413, 'REQUEST_TOO_LARGE', message), headers: close };
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') {
    const what = `${message}; send UTF-8, plain or with gzip, deflate or br`;
    return { refusal: refuse(415, 'REQUEST_MEDIA_TYPE', what), headers: {} };
  }
  // All of it has come, and nobody can tell what it says.
  if (type === 'charset.wrong') {
    const where = { entry: '$', type: 'body' as const, rule: 'charset' };
    const what = `the body could not be read: ${message}`;
    return { refusal: refuse(400, 'REQUEST_BODY_UNREADABLE', what, where), headers: {} };
  }
  if (status !== undefined && status >= 400 && status < 500) {
    return {
      refusal: refuse(400, 'REQUEST_BODY_UNREADABLE', `the body could not be read: ${message}`),
      headers: close,
    };
  }
  return {
    refusal: refuse(500, 'SANDBOX_FAILED', `The sandbox itself has failed: ${message}`),
    headers: close,
  };
}

/** An error of the sandbox itself, told to who asked and to the journal. */
export function failure(error: Error): { refusal: Refusal; journal: { note: string } } {
  return {
    refusal: refuse(500, 'SANDBOX_FAILED', `The sandbox itself has failed: ${error.message}`),
    journal: { note: String(error.stack) },
  };
}
