export function packInto(folder: string): string;
export function npm(
  args: readonly string[],
  options: { cwd: string; env?: Record<string, string | undefined> },
): string;
