import { isObject, type Json, textOf } from '../../../contract/json.js';
import type { World } from '../../../sandbox/pack.js';
import { VALUES } from './values.js';

/** A dictionary with its codes. */
export interface Dictionary {
  name: string;
  /** Every code is known: another one is none of it. */
  whole: boolean;
  is_active: boolean;
  codes: ReadonlyMap<string, string>;
}

let known: readonly Dictionary[] | undefined;

function own(): readonly Dictionary[] {
  known ??= VALUES.map(({ name, whole = false, codes }) => ({
    name,
    whole,
    is_active: true,
    codes: new Map(codes.split('; ').map(codeOf)),
  }));
  return known;
}

function codeOf(text: string): [code: string, words: string] {
  const blank = text.indexOf(' ');
  return [text.slice(0, blank), text.slice(blank + 1)];
}

/** Those of the package, and those that have been put there in their place: `{kind: dictionary, name, values}`. */
export function dictionaries(world: World): readonly Dictionary[] {
  const given = world.all('dictionary').map(({ document }) => readDictionary(document));
  const names = new Set(given.map(({ name }) => name));
  return [...own().filter(({ name }) => !names.has(name)), ...given];
}

/** `values` is an object of codes and words, as the first version shows it. */
function readDictionary({ name, values, is_active }: Json): Dictionary {
  const codes = Object.entries(isObject(values) ? values : {});
  return {
    name: textOf(name ?? ''),
    whole: true,
    is_active: is_active !== false,
    codes: new Map(codes.map(([code, words]) => [code, textOf(words)])),
  };
}
