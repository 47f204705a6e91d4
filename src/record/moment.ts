import { MOMENT_FORMS, type MomentForm } from '../contract/places.js';
import type { Duration, WallMoment } from '../time/moments.js';

/** Half of what a duration may be: such an eta cannot be written as one. */
const FAREST: Duration = 50 * 366 * 86_400_000;

/**
 * A date-time of RFC 3339 with its zone, as whole milliseconds since 1970; undefined for anything else,
 * and for what lies too far away to be written as a duration.
 * @param form how it is told: as a number since 1970, or as the date of RFC 9110
 */
export function momentOf(
  value: unknown,
  near: WallMoment,
  form: MomentForm = 'iso',
): WallMoment | undefined {
  const moment = readers[form](value);
  return moment !== undefined && Math.abs(moment - near) <= FAREST ? moment : undefined;
}

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/i;
/** RFC 9110 §5.6.7. */
const IMF_FIXDATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

const readers: Readonly<Record<MomentForm, (value: unknown) => WallMoment | undefined>> = {
  iso: (value) => parse(value, DATE_TIME),
  http: (value) => parse(value, IMF_FIXDATE),
  ms: numberOf,
  epoch: (value) => {
    const seconds = numberOf(value);
    return seconds === undefined ? undefined : Math.ceil(seconds * 1000);
  },
};

function parse(value: unknown, form: RegExp): WallMoment | undefined {
  return typeof value === 'string' && form.test(value) ? Date.parse(value) : undefined;
}

/** Within a text and in a header a number stands as its digits. */
function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** A place of a template that tells a moment, as its name says: `eta`, `eta.epoch`. */
export interface MomentName {
  name: string;
  form: MomentForm;
}

/** Every way to tell a moment, the most exact ones first. */
export function momentNames(place: string): MomentName[] {
  const named = MOMENT_FORMS.map((form) => ({ name: `${place}.${form}`, form }));
  return [{ name: place, form: 'iso' }, ...named];
}

/** What the places of an answer say of a moment; `told` where one of them stands for it, whatever it holds. */
export function readMoment(
  places: ReadonlyMap<string, unknown>,
  place: string,
  near: WallMoment,
): { told: boolean; moment: WallMoment | undefined } {
  const names = momentNames(place).filter(({ name }) => places.has(name));
  const moments = names.map(({ name, form }) => momentOf(places.get(name), near, form));
  return { told: names.length > 0, moment: moments.find((moment) => moment !== undefined) };
}
