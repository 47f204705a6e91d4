import { type JobPlace, parseJobPlace } from './job-place.js';
import { type PatternTree, parsePattern } from './pattern-tree.js';
import { countTexts, middleText } from './text-of-pattern.js';

/** How ids are formed: made by chance, counted, or chosen by who schedules. */
export type IdForm = MadeIdForm | CountedIdForm | ChosenIdForm;

/** A UUID, so many characters of an alphabet, perhaps behind a prefix, or a text that an expression takes. */
export type MadeIdForm =
  | 'uuid'
  | {
      alphabet: string;
      length: number;
      /** Stands in front of each: `batch_`. */
      prefix?: string;
      /** Told as a number of JSON where it stands alone. */
      number?: true;
    }
  | { pattern: PatternTree };

/** Whole numbers in a row, told as numbers of JSON where they stand alone. */
export interface CountedIdForm {
  from: number;
}

/** What stands at a place of the scheduling request. */
export interface ChosenIdForm {
  chosen: JobPlace;
  /** The form of those that no request names. */
  otherwise: MadeIdForm | CountedIdForm;
}

export const ID_FORM_HINT =
  'write uuid, number, 24 hex digits, 21 letters and digits, job_ and 24 hex digits, /^[A-Z]+-\\d+$/, integers from 1, or body.jobId for an id that the request names';

const OWN =
  '(uuid|number|integers from \\d{1,15}|/.+/|([\\w.-]{1,24} and )?\\d{1,2} (hex digits|letters and digits))';

/** For editors; see {@link parseIdForm}. */
export const ID_FORM_PATTERN = `^(${OWN}|(body|path|query|header)\\.\\S+( or ${OWN})?)$`;

const HEX = '0123456789abcdef';
const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Shorter ids would be given twice before long. */
const LEAST = 8;
const MOST = 64;

/** With fewer of them the same one is drawn again before long: of a million, once in some 1,200 jobs. */
const FEW_IDS = 1e6;

/** Whole numbers of nine digits: int32 holds them (OpenAPI 3.0.3, "Data Types"). */
const NUMBER: MadeIdForm = { alphabet: '123456789', length: 9, number: true };

/**
 * `uuid`, `number`, `24 hex digits`, `job_ and 21 letters and digits`, `/^[A-Z]{3}-\d{6}$/`, `integers from 1`,
 * `body.jobId`, `header.X-Id or number`; undefined when it is none of these.
 */
export function parseIdForm(text: string): IdForm | undefined {
  const [, place, otherwise = 'uuid'] =
    /^((?:body|path|query|header)\.\S+)(?: or (.+))?$/.exec(text) ?? [];
  if (place === undefined) return parseOwn(text);
  const form = parseOwn(otherwise);
  return form && { chosen: parseJobPlace(place), otherwise: form };
}

function parseOwn(text: string): MadeIdForm | CountedIdForm | undefined {
  if (text === 'uuid') return text;
  if (text === 'number') return NUMBER;
  const [, from] = /^integers from (\d{1,15})$/.exec(text) ?? [];
  if (from !== undefined) return { from: Number(from) };
  const [, pattern] = /^\/(.+)\/$/.exec(text) ?? [];
  if (pattern !== undefined) return parseIdPattern(pattern);
  const [, prefix, digits, kind] =
    /^(?:([\w.-]{1,24}) and )?(\d{1,2}) (hex digits|letters and digits)$/.exec(text) ?? [];
  const length = Number(digits);
  if (kind === undefined || length < LEAST || length > MOST) return undefined;
  const form = { alphabet: kind === 'hex digits' ? HEX : ALPHANUMERIC, length };
  return prefix === undefined ? form : { ...form, prefix };
}

/** Undefined for what no texts can be made of: lookarounds, backreferences, an expression that is none. */
function parseIdPattern(source: string): MadeIdForm | undefined {
  const pattern = parsePattern(source);
  if (!pattern) return undefined;
  const text = middleText(pattern);
  return text !== '' && isTaken(source, text) ? { pattern } : undefined;
}

function isTaken(source: string, text: string): boolean {
  try {
    return new RegExp(source).test(text);
  } catch {
    return false;
  }
}

export function isChosen(form: IdForm): form is ChosenIdForm {
  return form !== 'uuid' && 'chosen' in form;
}

/** The keys of the body that lead to the id which a request chooses; undefined where it chooses none there. */
export function chosenField(form: IdForm): readonly string[] | undefined {
  return isChosen(form) && form.chosen.in === 'body' ? form.chosen.name.split('.') : undefined;
}

export function isCounted(form: IdForm): form is CountedIdForm {
  return form !== 'uuid' && 'from' in form;
}

/** The form of the ids that the sandbox makes itself. */
export function ownForm(form: IdForm): MadeIdForm | CountedIdForm {
  return isChosen(form) ? form.otherwise : form;
}

/** How many ids a form has, at least; undefined: enough. */
export function fewIds(form: IdForm): number | undefined {
  const own = ownForm(form);
  if (own === 'uuid' || !('pattern' in own)) return undefined;
  const count = countTexts(own.pattern);
  return count < FEW_IDS ? count : undefined;
}

/** An id of this form, to hold against a contract. */
export function sampleId(form: IdForm): string {
  const own = ownForm(form);
  if (own === 'uuid') return '00000000-0000-4000-8000-000000000000';
  if ('from' in own) return String(own.from);
  if ('pattern' in own) return middleText(own.pattern);
  const zero = own.number ? '100000000' : '0'.repeat(own.length);
  return (own.prefix ?? '') + zero;
}

/** An id as answers tell it where it stands alone. */
export function tellId(form: IdForm, id: string): string | number {
  if (form === 'uuid') return id;
  return 'from' in form || ('number' in form && form.number) ? Number(id) : id;
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** UUIDs are the same in any case (RFC 9562 §4); other ids are taken as they are. */
export function canonicalId(id: string): string {
  const small = id.toLowerCase();
  // Most are written small already, and then it is no matter what they are.
  return small !== id && UUID.test(id) ? small : id;
}
