import { isObject, type Json } from '../contract/json.js';
import type { Drafts } from './draft-answers.js';

/** Less is written as often as it is told. */
const LEAST = 3;

/** What all bodies of some answers have in common: keys with equal values. Undefined: too little to name it. */
export function commonPart({ scheduled, states }: Drafts): Json | undefined {
  const bodies = [...scheduled.values(), ...states].flatMap(({ data }) => data ?? []);
  const [first, ...others] = bodies.filter(isObject);
  if (!first || others.length + 1 < bodies.length || others.length === 0) return undefined;
  const same = Object.entries(first).filter(([key, value]) => {
    const text = JSON.stringify(value);
    return others.every((each) => JSON.stringify(each[key]) === text);
  });
  return same.length < LEAST ? undefined : Object.fromEntries(same);
}

/** Stands for an alias until the text is written. */
const ALIAS = '@alias ';

/** The body with an alias of the common part in it, and only what it has besides. */
export function withoutCommon(data: unknown, common: Json | undefined, anchor: string): unknown {
  if (!common || !isObject(data)) return data;
  const own = Object.entries(data).filter(([key]) => !Object.hasOwn(common, key));
  return { '<<': ALIAS + anchor, ...Object.fromEntries(own) };
}

/** The text of YAML with its aliases. */
export function asAliases(text: string): string {
  return text.replace(/["']?<<["']?: ["']?@alias ([\w-]+)["']?/g, '<<: *$1');
}
