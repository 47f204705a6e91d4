import { isObject } from './json.js';

/** `$.a[0]['b c']` → `['a', '0', 'b c']`; the notation of {@link Breach.at}. */
export function stepsTo(path: string): string[] {
  const found = path.matchAll(
    /\.(?<name>[\p{L}_$][\p{L}\p{N}_$-]*)|\[(?<index>\d+)\]|\['(?<quoted>(?:[^'\\]|\\.)*)'\]/gu,
  );
  return [...found].map(({ groups = {} }) => {
    const { name, index, quoted } = groups;
    return name ?? index ?? (quoted ?? '').replaceAll("\\'", "'");
  });
}

/** Orders places of a value: those of a list by their number. */
export function byPlace(a: readonly string[], b: readonly string[]): number {
  const i = a.findIndex((step, index) => step !== b[index]);
  if (i === -1) return a.length - b.length;
  const [left = '', right = ''] = [a[i], b[i]];
  return Number(left) - Number(right) || left.localeCompare(right);
}

/** A value without what stands at a place; the value itself where nothing does. */
export function without(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return value;
  if (Array.isArray(value)) {
    const index = Number(step);
    if (rest.length === 0) return value.filter((_, i) => i !== index);
    return value.map((item, i) => (i === index ? without(item, rest) : item));
  }
  if (!isObject(value) || !Object.hasOwn(value, step)) return value;
  if (rest.length > 0) return { ...value, [step]: without(value[step], rest) };
  const { [step]: _, ...others } = value;
  return others;
}
