import { nearest } from '../problem.js';
import type { Refuse } from '../sandbox-error.js';

export type SettingValue = boolean | number | string | readonly number[] | readonly string[];

/** Values by the names that the pack has declared. */
export type Settings = Readonly<Record<string, SettingValue>>;

/** What a person gives: a value, the text of one, or null for the value that the server began with. */
export type SettingChanges = Readonly<Record<string, SettingValue | null>>;

/** A value that a pack goes by and that a person may change. */
export interface Setting {
  /** In capitals, as the settings of services are spelt. */
  name: string;
  /** `numbers` and `words` are lists; numbers are whole, from 0 on. A list of words may be empty. */
  type: 'boolean' | 'number' | 'numbers' | 'words' | 'choice';
  /** Of the type `choice`; of `words`, where not every word will do. */
  choices?: readonly string[];
  default: SettingValue;
  /** Other settings that take the same value: two names of one thing. */
  also?: readonly string[];
  /** One sentence for people. */
  about: string;
}

/** Whether the pack applies its business rules, or leaves the course of things to scenarios alone. */
export type Rules = 'on' | 'off';

export const RULES: readonly Rules[] = ['on', 'off'];

/** For callers whose values no contract has checked. @throws what `refuse` makes */
export function checkRules(rules: string, refuse: Refuse): void {
  if (RULES.some((known) => known === rules)) return;
  const hint = `give ${RULES.join(' or ')}`;
  throw refuse('SETTING_WRONG_RULES', `"rules" is ${JSON.stringify(rules)}`, hint);
}

/** `strict`: a request needs a token that has been handed out here and is still good; `open`: any will do. */
export type Auth = 'open' | 'strict';

export const AUTHS: readonly Auth[] = ['open', 'strict'];

export function defaultsOf(declared: readonly Setting[]): Settings {
  return Object.fromEntries(declared.map((setting) => [setting.name, setting.default]));
}

/** What is said of a value that a setting cannot have: what is wrong, and what to give. */
export function wrongValue(setting: Setting, given: unknown): [what: string, hint: string] {
  const said = JSON.stringify(given);
  const what = `setting ${setting.name} cannot be ${said}`;
  const { choices } = setting;
  const strange =
    setting.type === 'words' && wordsOf(given)?.find((word) => choices?.includes(word) === false);
  return [what, strange && choices ? nearest(strange, choices) : `give ${formOf(setting)}`];
}

/** The value that is given, or that a text spells; undefined when the setting cannot have it. */
export function readValue({ type, choices }: Setting, given: unknown): SettingValue | undefined {
  if (type === 'boolean') return readBoolean(given);
  if (type === 'number') return readNumber(given);
  if (type === 'choice') return choices?.find((choice) => choice === given);
  if (type === 'words') {
    const words = wordsOf(given);
    return words?.every((word) => choices?.includes(word) ?? true) ? words : undefined;
  }
  const list = typeof given === 'string' ? given.split(',') : [given].flat();
  const numbers = list.map(readNumber).filter((number) => number !== undefined);
  return numbers.length === list.length && list.length > 0 ? numbers : undefined;
}

/** A list of texts, or a text that commas divide. */
function wordsOf(given: unknown): string[] | undefined {
  const list = typeof given === 'string' ? given.split(',') : given;
  if (!Array.isArray(list) || list.some((word) => typeof word !== 'string')) return undefined;
  return list.map((word: string) => word.trim()).filter((word) => word !== '');
}

function readBoolean(given: unknown): boolean | undefined {
  if (given === true || given === 'true') return true;
  return given === false || given === 'false' ? false : undefined;
}

function readNumber(given: unknown): number | undefined {
  const digits = typeof given === 'string' && /^\s*\d{1,15}\s*$/.test(given);
  const number = typeof given === 'number' || digits ? Number(given) : Number.NaN;
  return Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

function formOf({ type, choices, default: usual }: Setting): string {
  if (type === 'boolean') return 'true or false';
  if (type === 'choice') return `one of ${choices?.join(', ')}`;
  if (type === 'words') return 'words divided by commas, or none of them';
  return type === 'number'
    ? 'a whole number from 0'
    : `whole numbers from 0, such as ${String(usual)}`;
}
