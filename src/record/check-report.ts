import { inContext, t } from '../texts/spoken.js';
import type { Check, Departure } from './check.js';

/** What departs from the contract, for people. */
export function checkReport(check: Check, title: string): string {
  const { departures, strangers, checked } = check;
  const of = (by: Departure['by']) => departures.filter((departure) => departure.by === by);
  const [answers, requests] = [of('answer'), of('request')];
  const exchanges = `${checked} ${checked === 1 ? 'exchange' : 'exchanges'}`;
  const counted = t`${exchanges} held against ${title}`;
  return [
    departures.length === 0 ? `${counted}: ${t('none departs from it')}` : `${counted}:`,
    ...chapter(t('Answers of the upstream that depart from it'), answers),
    ...chapter(t('Requests of the client that depart from it'), requests),
    ...(strangers.length === 0 ? [] : ['', t('Not in the contract:')]),
    ...strangers.map(({ method, path, count }) => `  ${method} ${path}  ${times(count)}`),
    '',
  ].join('\n');
}

function chapter(title: string, departures: readonly Departure[]): string[] {
  if (departures.length === 0) return [];
  return ['', `${title}:`, ...departures.map((departure) => `  ${tell(departure)}`)];
}

function tell({ operation, status, at, what, count, seq, first }: Departure): string {
  const place = status === undefined ? operation : `${operation} ${status}`;
  const when = new Date(first).toISOString();
  return `${place}  ${sayPlace(at)}: ${t(what)}  (${t`${times(count)}, first #${seq} at ${when}`})`;
}

/** `header Authorization`, `query page`, or a place in the body: `$.data[*].id`. */
function sayPlace(at: string): string {
  const [, part, name] = /^(header|path|query|cookie) (.+)$/.exec(at) ?? [];
  return part === undefined ? at : `${inContext('place', part)} ${name}`;
}

function times(count: number): string {
  return count === 1 ? t('once') : t`${count} times`;
}
