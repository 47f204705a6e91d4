import { readTolerance } from '../../audit/tolerance.js';
import type { Tolerances } from '../../audit/verdict.js';
import { type Millis, parseDuration } from '../../scenario/duration.js';
import { UsageError } from '../../server/load.js';

/** @throws UsageError */
export function readTolerances(texts: readonly string[]): Tolerances {
  const tolerances: Record<string, number | 'off'> = {};
  for (const text of texts) {
    const read = readTolerance(text);
    if ('problem' in read) throw new UsageError(`--tolerance: ${read.problem}`);
    tolerances[read.rule] = read.value;
  }
  return tolerances;
}

/** @throws UsageError */
export function readTimeout(text: string | undefined): Millis | undefined {
  if (text === undefined) return undefined;
  const time = parseDuration(text);
  if (time !== undefined && time > 0) return time;
  throw new UsageError(`--timeout ${text} is no length of time; write 30s or 2min`);
}
