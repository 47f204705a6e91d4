import type { Json } from '../../contract/json.js';

/** A code of a dictionary. */
export function concept(system: string, code: string): Json {
  return { coding: [{ system, code }] };
}

/** A bare reference: the wrapper `{"identifier": …}` of the platform's other APIs is not used here. */
export function reference(kind: string, value: unknown): Json {
  return { type: concept('eHealth/resources', kind), value };
}
