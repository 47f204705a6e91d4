import type { Operation } from '../contract/operation.js';

/** What requests may say of themselves, as far as the parameters of their operations show it. */
interface RequestHabits {
  /** The header by which a request is known when it comes again. */
  idempotency: string | undefined;
  /** Where a request says that it would rather wait: `header.Prefer`. */
  wait: string | undefined;
}

const KEY = /^(x-)?idempotency-key$/i;

/** @param operations those that schedule and the one that reports */
export function habitsOf(operations: readonly Operation[]): RequestHabits {
  const headers = operations.flatMap(({ parameters }) =>
    parameters.filter((p) => p.in === 'header'),
  );
  const prefer = headers.find(({ name }) => name.toLowerCase() === 'prefer');
  // Prefer says many things (RFC 7240 §4): only what the document shows of it tells which.
  const waits = prefer && /\bwait\b/.test(JSON.stringify([prefer.schema, prefer.example]));
  return {
    idempotency: headers.find(({ name }) => KEY.test(name))?.name,
    wait: waits ? 'header.Prefer' : undefined,
  };
}

/** The same as lines of a binding file; none where nothing is known. */
export function habitLines({ idempotency, wait }: RequestHabits): string[] {
  return [
    ...(idempotency === undefined
      ? []
      : [
          '',
          '# With the same key a request gets the job of the first one again: the document has the header.',
          `idempotency: header.${idempotency}`,
        ]),
    ...(wait === undefined
      ? []
      : [
          '',
          '# A request may wait for its job (`Prefer: wait=10`): the document has the header.',
          `wait: ${wait}`,
        ]),
  ];
}
