/** Bytes by their unit; KB is a thousand of them, KiB 1024 (IEC 80000-13). */
const UNITS: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
};

export const SIZE_HINT = 'write a number and a unit: 64KiB, 10MiB, 1GB';

/** `10MiB` → 10485760; a number alone is one of bytes. Undefined: it is no size. */
export function parseSize(text: string): number | undefined {
  const [, number, unit = 'b'] = /^(\d+(?:\.\d+)?)\s*([a-z]+)?$/i.exec(text.trim()) ?? [];
  const factor = UNITS[unit.toLowerCase()];
  if (number === undefined || factor === undefined) return undefined;
  const size = Math.floor(Number(number) * factor);
  return size > 0 && Number.isSafeInteger(size) ? size : undefined;
}

/** `10 MiB`, `1500 bytes`. */
export function formatSize(bytes: number): string {
  for (const [unit, factor] of [['MiB', 1024 ** 2] as const, ['KiB', 1024] as const]) {
    if (bytes >= factor && bytes % factor === 0) return `${bytes / factor} ${unit}`;
  }
  return `${bytes} bytes`;
}
