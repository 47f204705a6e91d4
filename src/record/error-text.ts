import type { Binding } from '../contract/binding.js';
import { at } from '../contract/json.js';
import type { Masker } from './mask.js';
import type { Read } from './recognise.js';

const DETAILS = 'error.details.';

/** The key `error` of a step. */
export interface ErrorWords {
  code?: string;
  name?: string;
  message?: string;
}

/**
 * The error of a failed state, from the places of its template.
 * @returns `none of ours` when no error of a scenario would fill the places so
 */
export function readErrorText(
  binding: Binding,
  masker: Masker,
  places: Read['places'],
): ErrorWords | undefined | 'none of ours' {
  const code =
    places.get('error.code') ??
    spelled(places.get('error.status')) ??
    codeOfDetails(binding, places);
  const [text, message, name] = ['text', 'message', 'name'].map((part) =>
    places.get(`error.${part}`),
  );
  const asked = [...places.keys()].filter((name) => name === 'error' || name.startsWith('error.'));
  if (asked.length === 0) return undefined;
  const said = [text, code, message, name];
  const strings = said.every((value) => value === undefined || typeof value === 'string');
  // What a scenario cannot say of an error, it has not where it is not there.
  const missing = asked.some(
    (place) => places.get(place) === undefined && !place.startsWith('error.details.'),
  );
  if (!strings || missing || asked.includes('error')) return 'none of ours';
  return tellError(binding, masker, said as (string | undefined)[]);
}

/** The code of the error whose details are told, such as `number: 1167`; undefined: of none, or of several. */
function codeOfDetails({ errors }: Binding, places: Read['places']): string | undefined {
  const told = [...places].filter(
    ([place, value]) => place.startsWith(DETAILS) && value !== undefined,
  );
  if (told.length === 0) return undefined;
  const fit = [...errors.values()].filter(({ details }) =>
    told.every(([place, value]) => at(details, place.slice(DETAILS.length)) === value),
  );
  const codes = new Set(fit.map(({ code }) => code));
  return codes.size === 1 ? [...codes][0] : undefined;
}

/** @param said text, code, message and name, as far as the answer tells them */
function tellError(
  binding: Binding,
  masker: Masker,
  [text, code, message, name]: readonly (string | undefined)[],
): ErrorWords | 'none of ours' {
  const split = splitText(text, code);
  if (!split || (message !== undefined && text !== undefined && message !== split.message)) {
    return 'none of ours';
  }
  const words = wordsOf(binding, masker, split.code, message ?? split.message);
  return name === undefined || words === 'none of ours' ? words : { ...words, name };
}

/** A code that is told as a number. */
function spelled(status: unknown): unknown {
  return typeof status === 'number' ? String(status) : status;
}

/** `CODE: message` in its two parts; a text without a code is all message. */
function splitText(
  text: string | undefined,
  code: string | undefined,
): { code: string; message: string } | undefined {
  if (text === undefined) return { code: code ?? '', message: '' };
  const match = /^([A-Z0-9_]{1,80}): (.*)$/s.exec(text);
  if (match && (code === undefined || code === match[1])) {
    return { code: match[1] as string, message: match[2] as string };
  }
  return code === undefined || code === '' ? { code: '', message: text } : undefined;
}

function wordsOf(
  binding: Binding,
  masker: Masker,
  code: string,
  message: string,
): ErrorWords | 'none of ours' {
  const same = [...binding.errors].find(([, e]) => e.code === code && e.message === message);
  if (same) return { code: same[0] };
  if (code === '') return { message: masker.text(message) };
  // The key of another code would be taken for it.
  if ((binding.errors.get(code)?.code ?? code) !== code) return 'none of ours';
  return { code: masker.text(code), message: masker.text(message) };
}
