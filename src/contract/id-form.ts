/** How ids are formed: a UUID, or so many characters of an alphabet, perhaps behind a prefix. */
export type IdForm =
  | 'uuid'
  | {
      alphabet: string;
      length: number;
      /** Stands in front of each: `batch_`. */
      prefix?: string;
      /** Told as a number of JSON where it stands alone. */
      number?: true;
    };

export const ID_FORM_HINT =
  'write uuid, number, 24 hex digits, 21 letters and digits, or job_ and 24 hex digits';

/** For editors; see {@link parseIdForm}. */
export const ID_FORM_PATTERN =
  '^(uuid|number|([\\w.-]{1,24} and )?\\d{1,2} (hex digits|letters and digits))$';

const HEX = '0123456789abcdef';
const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Shorter ids would be given twice before long. */
const LEAST = 8;
const MOST = 64;

/** Whole numbers of nine digits: int32 holds them (OpenAPI 3.0.3, "Data Types"). */
const NUMBER: IdForm = { alphabet: '123456789', length: 9, number: true };

/** `uuid`, `number`, `24 hex digits`, `job_ and 21 letters and digits`; undefined when it is none of these. */
export function parseIdForm(text: string): IdForm | undefined {
  if (text === 'uuid') return text;
  if (text === 'number') return NUMBER;
  const [, prefix, digits, kind] =
    /^(?:([\w.-]{1,24}) and )?(\d{1,2}) (hex digits|letters and digits)$/.exec(text) ?? [];
  const length = Number(digits);
  if (kind === undefined || length < LEAST || length > MOST) return undefined;
  const form = { alphabet: kind === 'hex digits' ? HEX : ALPHANUMERIC, length };
  return prefix === undefined ? form : { ...form, prefix };
}

/** An id of this form that nobody is ever given. */
export function sampleId(form: IdForm): string {
  if (form === 'uuid') return '00000000-0000-4000-8000-000000000000';
  const zero = form.number ? '100000000' : '0'.repeat(form.length);
  return (form.prefix ?? '') + zero;
}

/** An id as answers tell it where it stands alone. */
export function tellId(form: IdForm, id: string): string | number {
  return form !== 'uuid' && form.number ? Number(id) : id;
}
