import { say } from '../say.js';
import type { Phrasebook } from './phrasebook.js';

/** Undefined: English, which the code writes. */
let book: Phrasebook | undefined;

/** From here on this process speaks the language of a phrasebook; without one English. */
export function speak(phrasebook: Phrasebook | undefined): void {
  book = phrasebook;
}

/** What is written in the meantime is in the language of a phrasebook: the work takes no turn of the event loop. */
export function speaking<T>(phrasebook: Phrasebook | undefined, work: () => T): T {
  const before = book;
  book = phrasebook;
  try {
    return work();
  } finally {
    book = before;
  }
}

/** `en`, or that of the phrasebook in use: for `<html lang>`. */
export function spoken(): string {
  return book?.lang ?? 'en';
}

/**
 * A word that has another translation elsewhere: that of `rule: failed`, which is no phrase of English.
 * @example inContext('rule', 'failed')
 */
export function inContext(context: string, word: string): string {
  return book?.fill(`${context}: ${word}`, []) ?? word;
}

/**
 * A text for people in their language: a finished English text, whose phrase is found again, or a phrase with its
 * holes. What the phrasebook does not have stays as it is.
 * @example t('not exercised'); t`in ${2} of ${'8 scenarios'}`
 */
export function t(text: string): string;
export function t(texts: TemplateStringsArray, ...holes: (string | number)[]): string;
export function t(text: string | TemplateStringsArray, ...holes: (string | number)[]): string {
  if (typeof text === 'string') return book ? book.translate(text) : text;
  if (!book) return say(text, ...holes);
  const key = say(text, ...holes.map((_, i) => `{${i}}`));
  return book.fill(key, holes.map(String)) ?? book.translate(say(text, ...holes));
}
