/** How ids are formed: a UUID, or so many characters of an alphabet. */
export type IdForm = 'uuid' | { alphabet: string; length: number };

export const ID_FORM_HINT = 'write uuid, 24 hex digits, or 21 letters and digits';

const HEX = '0123456789abcdef';
const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Shorter ids would be given twice before long. */
const LEAST = 8;
const MOST = 64;

/** `uuid`, `24 hex digits`, `21 letters and digits`; undefined when it is none of these. */
export function parseIdForm(text: string): IdForm | undefined {
  if (text === 'uuid') return text;
  const [, digits, kind] = /^(\d{1,2}) (hex digits|letters and digits)$/.exec(text) ?? [];
  const length = Number(digits);
  if (kind === undefined || length < LEAST || length > MOST) return undefined;
  return { alphabet: kind === 'hex digits' ? HEX : ALPHANUMERIC, length };
}

/** An id of this form that nobody is ever given. */
export function sampleId(form: IdForm): string {
  return form === 'uuid' ? '00000000-0000-4000-8000-000000000000' : '0'.repeat(form.length);
}
