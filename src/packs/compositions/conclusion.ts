import { at, isObject, type Json, textOf } from '../../contract/json.js';
import type { Duration, Moment } from '../../time/moments.js';
import { type Relation, readRelations } from './relations.js';

export const DAY: Duration = 86_400_000;

/** What the rules want to know of a conclusion, of one to be created as of one that is kept. */
export interface Conclusion {
  /** Of one that is kept; empty of one to be created. */
  id: string;
  /** `TEMP_DISABILITY`, `NEWBORN`. */
  type: string;
  /** The dictionary that the type is of. */
  typeSystem: string;
  category: string;
  categorySystem: string;
  subject: Party;
  /** Whom `section.focus` names; the subject when there is no section. */
  focus: Party;
  /** Ids, in small letters. */
  author: string;
  encounter: string;
  /** As it was written; empty when it is not there. */
  start: string;
  end: string;
  relations: readonly Relation[];
  /** Values by their codes. */
  extension: ReadonlyMap<string, unknown>;
}

/** A reference to somebody. */
export interface Party {
  /** `person`, `preperson`. */
  kind: string;
  id: string;
}

export function readConclusion(document: unknown): Conclusion {
  const text = (path: string) => textOf(at(document, path) ?? '');
  const party = (path: string): Party => ({
    kind: text(`${path}.type.coding.0.code`),
    id: text(`${path}.value`).toLowerCase(),
  });
  const subject = party('subject');
  return {
    id: text('identifier.value').toLowerCase(),
    type: text('type.coding.0.code'),
    typeSystem: text('type.coding.0.system'),
    category: text('category.coding.0.code'),
    categorySystem: text('category.coding.0.system'),
    subject,
    focus: at(document, 'section.focus') === undefined ? subject : party('section.focus'),
    author: text('author.value').toLowerCase(),
    encounter: text('encounter.value').toLowerCase(),
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

/** The time of day in UTC, however the moment is written; with a fraction only where there is one. */
export function timeOf(moment: string): string {
  const time = Date.parse(moment);
  return Number.isNaN(time) ? '' : new Date(time).toISOString().slice(11, -1).replace('.000', '');
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
  return new Map(list.map((entry) => [textOf(entry.valueCode), readValue(entry)]));
}

function readValue({ valueBoolean, valueDate, valueString, valueUuid }: Json): unknown {
  return valueBoolean ?? valueDate ?? valueString ?? valueUuid;
}
