import type { Refuse } from '../sandbox-error.js';

/** How many requests a token may make in a minute of the session's clock, of each operation apart. */
export interface Quota {
  /** Undefined: as many as it likes. */
  perMinute: number | undefined;
  /** Of some operations another number, by operationId. */
  operations: Readonly<Record<string, number>>;
}

/** What a person gives: a number for every operation, or one for each. */
export type QuotaSetting =
  | number
  | { per_minute?: number | undefined; operations?: Readonly<Record<string, number>> | undefined };

/** What has been asked in a minute, by token and operation. */
export interface Counts {
  minute: number;
  asked: Map<string, number>;
}

/** @throws what `refuse` makes of a number that is none */
export function readQuota(given: QuotaSetting, refuse: Refuse): Quota {
  const { per_minute: perMinute, operations = {} } =
    typeof given === 'number' ? { per_minute: given } : given;
  for (const number of [perMinute, ...Object.values(operations)]) {
    if (number === undefined || (Number.isSafeInteger(number) && number > 0)) continue;
    const what = `a quota is ${JSON.stringify(number)} requests a minute`;
    throw refuse('SETTING_WRONG_QUOTA', what, 'give a whole number from 1');
  }
  return { perMinute, operations };
}
