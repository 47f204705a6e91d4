import { readTolerances } from '../../audit/tolerance.js';
import type { Tolerances } from '../../audit/verdict.js';
import { UsageError } from '../../sandbox-error.js';
import { parseDuration } from '../../time/duration.js';
import type { Duration } from '../../time/moments.js';

/** @throws UsageError */
export function readToleranceOptions(texts: readonly string[]): Tolerances {
  return readTolerances(
    texts,
    (code, what, hint) => new UsageError(code, `--tolerance: ${what}`, hint),
  );
}

/** @throws UsageError */
export function readTimeout(text: string | undefined): Duration | undefined {
  if (text === undefined) return undefined;
  const time = parseDuration(text);
  if (time !== undefined && time > 0) return time;
  const what = `--timeout ${text} is no length of time`;
  throw new UsageError('USAGE_WRONG_OPTION', what, 'write 30s or 2min');
}
