import { wholeHttpDate } from '../time/format-moment.js';
import type { Moment } from '../time/moments.js';

/** What an answer about a job may tell: names in braces, in bindings and in answers of scenarios. */
export const ANSWER_PLACES: readonly string[] = [
  'job', 'state', 'eta', 'retryAfter', 'now', 'createdAt', 'startedAt', 'endedAt', 'doneAt', 'expiresAt',
  'progress', 'polls',
  'resource', 'error', 'link', 'links', 'data', 'path', 'query', 'header', 'body', 'result', 'origin', 'api',
]; // biome-ignore format: reads as one list

/** What an answer may tell that is about no job at all: the request's own word for it, and what else it says. */
export const UNKNOWN_PLACES: readonly string[] = ['job', 'path', 'query', 'now', 'origin', 'api'];

/** Those that are moments; each is told in several forms: `{eta.epoch}`. */
export const MOMENT_PLACES: readonly string[] = [
  'eta',
  'now',
  'createdAt',
  'startedAt',
  'endedAt',
  'doneAt',
  'expiresAt',
];

/** RFC 3339 in UTC; milliseconds and whole seconds since 1970; the date of RFC 9110 §5.6.7. */
export const MOMENT_FORMS = ['iso', 'ms', 'epoch', 'http'] as const;
export type MomentForm = (typeof MOMENT_FORMS)[number];

export function isMomentForm(text: string): text is MomentForm {
  return (MOMENT_FORMS as readonly string[]).includes(text);
}

/** What may stand behind the dot of a place, where that is not for what a request or a job holds. */
export const PLACE_PARTS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(MOMENT_PLACES.map((place) => [place, MOMENT_FORMS])),
  progress: ['fraction'],
  links: ['absolute'],
  polls: [],
  retryAfter: ['ms'],
};

/**
 * The moment that a client reads where a place tells it: an eta in whole seconds is the first that is not before it, so
 * that nobody who obeys is early; of what has been, it is the last one.
 */
export function toldMoment(place: string, form: MomentForm, moment: Moment): Moment {
  if (form === 'iso' || form === 'ms') return moment;
  return (place === 'eta' ? Math.ceil(moment / 1000) : Math.floor(moment / 1000)) * 1000;
}

/** A moment in one of its forms. */
export function spellMoment(place: string, form: MomentForm, moment: Moment): string | number {
  const told = toldMoment(place, form, moment);
  if (form === 'http') return wholeHttpDate(told);
  if (form === 'iso') return new Date(told).toISOString();
  return form === 'epoch' ? told / 1000 : told;
}

/** What the document of a resource may be made from: names in braces, in `data` of a binding's resources. */
export const RESOURCE_PLACES: readonly string[] = ['id', 'body', 'path', 'query', 'now', 'job'];
