/**
 * Keys in the database, in the order of their bytes:
 *
 * - `calls`: how far what was written ahead is here by now (`Progress`)
 * - `f/ID/POSITION`: facts of a session, one a line, the last of which makes this position
 * - `gone/ID`: a session that has ended and whose keys are still to be cleared
 * - `life`: since when the store lives, and how often it was opened
 * - `r/ID/KEY`: a record of a session
 * - `s/NAME`: what is known of a session (`headText`)
 * - `w/NUMBER`: in a store of the first version alone, a call, written ahead (`call-text.ts`)
 */
export const CALLS = 'calls';
export const LIFE = 'life';

/** Keys behind one, or from one on, to before another. */
export interface Between {
  gt?: string;
  gte?: string;
  lt: string;
}

/** Wide enough for 31 years of a million a second. */
const padded = (number: number): string => String(number).padStart(15, '0');

export const CALL_PREFIX = 'w/';
export const callKey = (number: number): string => `w/${padded(number)}`;
export const callNumber = (key: string): number => Number(key.slice(2));
export const factsPrefix = (id: string): string => `f/${id}/`;
export const factsKey = (id: string, position: number): string => `f/${id}/${padded(position)}`;
export const factsPosition = (key: string): number => Number(key.slice(key.lastIndexOf('/') + 1));
export const recordKey = (id: string, key: string): string => `r/${id}/${key}`;
export const sessionKey = (name: string): string => `s/${name}`;
export const goneKey = (id: string): string => `gone/${id}`;

/** All keys that begin with a prefix, which ends in a slash. */
export function under(prefix: string): Between {
  return { gte: prefix, lt: `${prefix.slice(0, -1)}0` };
}

/** Facts behind a position, up to another. */
export function factsBetween(id: string, after: number, upTo: number): Between {
  return { gt: factsKey(id, after), lt: factsKey(id, upTo + 1) };
}
