import { plainName } from '../../contract/find-place.js';
import type { Json } from '../../contract/json.js';
import { typesOf } from '../../contract/schema-parts.js';
import { formatMoment } from '../../time/format-moment.js';
import type { Moment } from '../../time/moments.js';

const END = '(at|on|date|time|timestamp|datetime|datetimeutc|utc|ms|millis)?$';
const CREATED = new RegExp(`^(date)?(created?|creation|inserted|added|registered|submitted)${END}`);
const UPDATED = new RegExp(`^(date|last)?(updated?|modified|modification|changed|edited)${END}`);

/** Names of fields that tell when something was made or changed, however they are spelt. */
export function isMomentOf(name: string, what: 'making' | 'changing'): boolean {
  const plain = plainName(name);
  return UPDATED.test(plain) || (what === 'making' && CREATED.test(plain));
}

/**
 * A moment as a schema wants it: RFC 3339, a date, or seconds or milliseconds since 1970. Undefined when it wants none.
 * @example momentFor('createdAt', [{ type: 'string', format: 'date-time' }], now) // '2026-02-02T12:00:00.000Z'
 */
export function momentFor(
  name: string,
  parts: readonly Json[],
  now: Moment,
): string | number | undefined {
  const types = typesOf(parts);
  const format = parts.map((part) => part.format).find((each) => typeof each === 'string');
  if (types.includes('string') || types.length === 0) {
    if (format === 'date') return formatMoment(now).slice(0, 10);
    const telling = /(at|on|date|time|timestamp)$/.test(plainName(name));
    const whole = format === 'date-time' || (format === undefined && types.length > 0 && telling);
    return whole && !isChoice(parts) ? formatMoment(now) : undefined;
  }
  if (!types.includes('integer') && !types.includes('number')) return undefined;
  return inMilliseconds(name, parts) ? Math.floor(now) : Math.floor(now / 1000);
}

function isChoice(parts: readonly Json[]): boolean {
  return parts.some((part) => part.enum !== undefined || part.pattern !== undefined);
}

/** Later than the year 5000 in seconds. */
const MILLISECONDS = 1e11;

function inMilliseconds(name: string, parts: readonly Json[]): boolean {
  const shown = parts.flatMap(({ example, examples }) => [example, examples].flat());
  return (
    /(ms|millis)$/.test(plainName(name)) || shown.some((value) => Number(value) > MILLISECONDS)
  );
}
