import { at, isObject, type Json } from '../../contract/json.js';
import type { Duration, Moment } from '../../time/moments.js';
import { type Relation, readRelations } from './relations.js';

export const DAY: Duration = 86_400_000;

/** What the rules want to know of a conclusion, of one to be created as of one that is kept. */
export interface Conclusion {
  /** `TEMP_DISABILITY`, `NEWBORN`. */
  type: string;
  category: string;
  subject: { kind: string; id: string };
  /** As it was written; empty when it is not there. */
  start: string;
  end: string;
  relations: readonly Relation[];
  /** Values by their codes. */
  extension: ReadonlyMap<string, unknown>;
}

export function readConclusion(document: unknown): Conclusion {
  const text = (path: string) => String(at(document, path) ?? '');
  return {
    type: text('type.coding.0.code'),
    category: text('category.coding.0.code'),
    subject: { kind: text('subject.type.coding.0.code'), id: text('subject.value').toLowerCase() },
    start: text('event.0.period.start'),
    end: text('event.0.period.end'),
    relations: readRelations(at(document, 'relatesTo')),
    extension: readExtension(at(document, 'extension')),
  };
}

/** The day that a moment is on, as it is written in UTC: periods mean their days so. */
export function dayOf(moment: string): string {
  const time = Date.parse(moment);
  return Number.isNaN(time) ? '' : new Date(time).toISOString().slice(0, 10);
}

/** Made once, when first needed: making it takes as long as answering a request. */
let days: Intl.DateTimeFormat | undefined;

/** The day that a moment is on in Ukraine. */
export function dayInUkraine(moment: Moment): string {
  days ??= new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Kyiv' });
  return days.format(moment);
}

function readExtension(extension: unknown): Map<string, unknown> {
  const list = Array.isArray(extension) ? extension.filter(isObject) : [];
  return new Map(list.map((entry) => [String(entry.valueCode), readValue(entry)]));
}

function readValue({ valueBoolean, valueDate, valueString, valueUuid }: Json): unknown {
  return valueBoolean ?? valueDate ?? valueString ?? valueUuid;
}
