import type { Moment } from '../../time/moments.js';

/** Keys of what a session's facts come to, as its store has it. */

export const HEAD = 'head';

export const jobKeyOf = (key: string) => `job/${key}`;

export const bodyKeyOf = (key: string) => `body/${key}`;

export const scenarioKeyOf = (hash: string) => `scenario/${hash}`;

/** By it the newest jobs are found. */
export const numberKeyOf = (number: number) => `number/${padded(number)}`;

/** Clocks begin in the year 1: no moment lies so far before 1970 that this would be negative. */
const BEFORE_ALL = 1e14;

/** By it the next step is found that time alone ends. */
export const dueKeyOf = ({ at, order }: { at: Moment; order: number }) =>
  `due/${padded(at + BEFORE_ALL)}/${padded(order)}`;

export const RESOURCES = { from: 'resource/', before: 'resource0' };

export const resourceKeyOf = (world: string, key: string) =>
  `resource/${JSON.stringify([world, key])}`;

/** The moment of a key of {@link dueKeyOf}. */
export function momentOf(dueKey: string): Moment {
  return Number(dueKey.slice(4, 4 + DIGITS)) - BEFORE_ALL;
}

/** The order of the same. */
export function orderOf(dueKey: string): number {
  return Number(dueKey.slice(5 + DIGITS));
}

const DIGITS = 15;

function padded(number: number): string {
  return String(number).padStart(DIGITS, '0');
}
