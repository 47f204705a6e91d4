import { FAULT_NAMES, FAULTS, type FaultName } from '../../faults/index.js';

/** Keys of what an answer says. */
export const ANSWER_KEYS = ['http', 'retry_after', 'headers', 'body'] as const;

/** Keys that measure a fault, with the faults that they measure. */
export function faultsByMeasure(): Map<string, FaultName[]> {
  const found = new Map<string, FaultName[]>();
  for (const name of FAULT_NAMES) {
    for (const key of FAULTS[name].settings) found.set(key, [...(found.get(key) ?? []), name]);
  }
  return found;
}

function faultsWhose(answer: (typeof FAULTS)[FaultName]['answer']): FaultName[] {
  return FAULT_NAMES.filter((name) => FAULTS[name].answer === answer);
}

/** What the checks of an answer say, for editors: the same table, in the words of JSON Schema. */
export function answerConditions(): Record<string, unknown> {
  const measured = [...faultsByMeasure()].map(([key, names]) => ({
    if: { required: [key] },
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it so
    then: { required: ['fault'], properties: { fault: { enum: names } } },
  }));
  return {
    anyOf: [{ required: ['http'] }, { required: ['fault'] }],
    allOf: [
      ...measured,
      withFault(faultsWhose('none'), forbidden(ANSWER_KEYS)),
      withFault(faultsWhose('own'), forbidden(ANSWER_KEYS.filter((key) => key !== 'http'))),
      ...faultsWhose('own').map((name) =>
        withFault([name], { properties: { http: { enum: FAULTS[name].statuses } } }),
      ),
      {
        if: {
          anyOf: ANSWER_KEYS.filter((key) => key !== 'http').map((key) => ({ required: [key] })),
        },
        // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it so
        then: { required: ['http'] },
      },
    ],
  };
}

/** A refusal has no state behind it that a fault could damage. */
export function refusalConditions(): Record<string, unknown> {
  return withFault(faultsWhose('damaged'), { required: ['http'] });
}

function withFault(names: readonly FaultName[], then: Record<string, unknown>) {
  return {
    if: { required: ['fault'], properties: { fault: { enum: names } } },
    then,
  };
}

function forbidden(keys: readonly string[]): Record<string, unknown> {
  return { properties: Object.fromEntries(keys.map((key) => [key, false])) };
}
