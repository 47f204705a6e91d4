/** Headers of a request as the journal keeps them, names and values in turn, a line each: by their names in small letters. */
export function headersIn(lines: string): Record<string, string> {
  const all = lines.split('\n');
  const pairs = all.flatMap((name, i) =>
    i % 2 === 0 && name !== '' ? [[name.toLowerCase(), all[i + 1] ?? ''] as const] : [],
  );
  return Object.fromEntries(pairs);
}
