/** Each item with the one before it. */
export function pairs<T>(items: readonly T[]): [T, T][] {
  return items.slice(1).map((item, i) => [items[i] as T, item]);
}

/** The wanted items, in runs of neighbours. */
export function runs<T>(items: readonly T[], wanted: (item: T) => boolean): T[][] {
  const found: T[][] = [];
  let open: T[] | undefined;
  for (const item of items) {
    if (!wanted(item)) {
      open = undefined;
      continue;
    }
    if (open) open.push(item);
    else {
      open = [item];
      found.push(open);
    }
  }
  return found;
}

/** Of a list of any length: `Math.max(...)` takes no more than a stack holds. */
export function greatest(numbers: readonly number[]): number {
  let found = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < numbers.length; i += 1) found = Math.max(found, numbers[i] as number);
  return found;
}

export function smallest(numbers: readonly number[]): number {
  let found = Number.POSITIVE_INFINITY;
  for (let i = 0; i < numbers.length; i += 1) found = Math.min(found, numbers[i] as number);
  return found;
}

/** In growing order, without a call for each pair that is compared. */
export function growing(numbers: readonly number[]): Float64Array {
  return Float64Array.from(numbers).sort();
}
