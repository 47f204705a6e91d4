import { nearest } from '../problem.js';

export type SettingValue = boolean | number | string | readonly number[];

/** Values by the names that the pack has declared. */
export type Settings = Readonly<Record<string, SettingValue>>;

/** What a person gives: a value, the text of one, or null for the value that the server began with. */
export type SettingChanges = Readonly<Record<string, SettingValue | null>>;

/** A value that a pack goes by and that a person may change. */
export interface Setting {
  /** In capitals, as the settings of services are spelt. */
  name: string;
  /** `numbers` is a list; numbers are whole, from 0 on. */
  type: 'boolean' | 'number' | 'numbers' | 'choice';
  /** Of the type `choice`. */
  choices?: readonly string[];
  default: SettingValue;
  /** One sentence for people. */
  about: string;
}

/** Whether the pack applies its business rules, or leaves the course of things to scenarios alone. */
export type Rules = 'on' | 'off';

export const RULES: readonly Rules[] = ['on', 'off'];

export function defaultsOf(declared: readonly Setting[]): Settings {
  return Object.fromEntries(declared.map((setting) => [setting.name, setting.default]));
}

/**
 * Settings with changes made to them.
 * @param began what null goes back to
 * @returns a text when a name or a value is none, and then nothing is changed
 */
export function changeSettings(
  declared: readonly Setting[],
  before: Settings,
  changes: SettingChanges,
  began: Settings,
): Settings | string {
  const after = new Map(Object.entries(before));
  for (const [name, given] of Object.entries(changes)) {
    const setting = declared.find((known) => known.name === name);
    if (!setting) {
      const names = declared.map((known) => known.name);
      return `unknown setting "${name}"; ${nearest(name, names)}`;
    }
    const value = given === null ? began[name] : readValue(setting, given);
    if (value === undefined) {
      const said = JSON.stringify(given);
      return `setting ${name} cannot be ${said}; give ${formOf(setting)}`;
    }
    after.set(name, value);
  }
  return Object.fromEntries(after);
}

function readValue({ type, choices }: Setting, given: unknown): SettingValue | undefined {
  if (type === 'boolean') return readBoolean(given);
  if (type === 'number') return readNumber(given);
  if (type === 'choice') return choices?.find((choice) => choice === given);
  const list = typeof given === 'string' ? given.split(',') : [given].flat();
  const numbers = list.map(readNumber).filter((number) => number !== undefined);
  return numbers.length === list.length && list.length > 0 ? numbers : undefined;
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
  return type === 'number'
    ? 'a whole number from 0'
    : `whole numbers from 0, such as ${String(usual)}`;
}
