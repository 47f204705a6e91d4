import { at, isObject, type Json } from '../contract/json.js';
import type { World } from '../sandbox/pack.js';

/**
 * How somebody confirms what is done for them: in their own document, or as resources of the kind
 * `authentication_method` that belong to them. Undefined: the session knows of none.
 * @param id in small letters
 */
export function methodsOf(world: World, id: string, document?: Json): Json[] | undefined {
  const listed = at(document, 'authentication_methods');
  if (Array.isArray(listed)) return listed.filter(isObject);
  const kept = world.all('authentication_method').filter(({ facts }) => facts.patient === id);
  return kept.length > 0 ? kept.map((one) => one.document) : undefined;
}

/** Those that have not ended. */
export function isInForce({ ended_at: end, is_active }: Json, { now }: World): boolean {
  if (is_active === false) return false;
  return typeof end !== 'string' || end === '' || Date.parse(end) > now;
}

/** A telephone number as the platform shows it: `+38093*****85`. */
export function hideNumber(number: string): string {
  return number.length < 9 ? number : `${number.slice(0, 6)}*****${number.slice(-2)}`;
}
