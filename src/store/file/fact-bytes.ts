/** Facts as they are written, one a line, from one byte to before another. */
export interface FactBytes {
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

export function textsOf({ bytes, from, to }: FactBytes): string[] {
  return bytes.toString('utf8', from, to).split('\n');
}

const LINE_END = 10;

/** Where so many lines end: at their last line's end, which is not part of it. @returns -1 where there are fewer */
export function endOfLines(bytes: Buffer, from: number, to: number, count: number): number {
  let end = from - 1;
  for (let i = 0; i < count; i++) {
    if (end >= to) return -1;
    end = bytes.indexOf(LINE_END, end + 1);
    if (end < 0 || end > to) end = to;
  }
  return end;
}

/** Parts behind each other as one. */
export function joined(parts: readonly FactBytes[]): Buffer {
  const size = parts.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const all = Buffer.allocUnsafe(size);
  let at = 0;
  for (const { bytes, from, to } of parts) {
    at += bytes.copy(all, at, from, to);
    all[at++] = LINE_END;
  }
  return all.subarray(0, -1);
}
