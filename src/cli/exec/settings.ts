import { readTolerances } from '../../audit/tolerance.js';
import type { Tolerances } from '../../audit/verdict.js';
import { type Millis, parseDuration } from '../../scenario/duration.js';
import { UsageError } from '../../server/load.js';

/** @throws UsageError */
export function readToleranceOptions(texts: readonly string[]): Tolerances {
  return readTolerances(texts, (problem) => new UsageError(`--tolerance: ${problem}`));
}

/** @throws UsageError */
export function readTimeout(text: string | undefined): Millis | undefined {
  if (text === undefined) return undefined;
  const time = parseDuration(text);
  if (time !== undefined && time > 0) return time;
  throw new UsageError(`--timeout ${text} is no length of time; write 30s or 2min`);
}
