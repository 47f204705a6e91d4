import { nearest } from '../problem.js';
import type { Tolerance } from '../scenario/scenario.js';
import type { ToleranceKind, Vocabulary } from '../scenario/vocabulary.js';
import { DURATION_HINT, parseDuration } from '../time/duration.js';
import type { FormatDocument } from './document.js';

/** How far each rule of the auditor gives way: that there is such a rule, and that it counts like this. */
export function readTolerances(
  document: FormatDocument,
  given: Readonly<Record<string, unknown>> | undefined,
  words: Pick<Vocabulary, 'tolerances'>,
  prefix: 'SCENARIO' | 'SUITE',
): Record<string, Tolerance> {
  const found: Record<string, Tolerance> = {};
  for (const [name, value] of Object.entries(given ?? {})) {
    const kind = words.tolerances.get(name);
    const path = ['tolerances', name];
    if (document.isFaulty(path)) continue;
    if (kind === undefined) {
      const hint = nearest(name, [...words.tolerances.keys()]);
      document.wrongKey(path, `${prefix}_UNKNOWN_RULE`, `unknown rule "${name}"`, hint);
      continue;
    }
    const tolerance = readTolerance(kind, value);
    if (tolerance !== undefined) found[name] = tolerance;
    else {
      const { message, hint } = mistake(name, kind, value);
      document.wrong(path, `${prefix}_WRONG_TOLERANCE`, message, hint);
    }
  }
  return found;
}

export function readTolerance(kind: ToleranceKind, value: unknown): Tolerance | undefined {
  if (value === 'off') return value;
  if (kind === 'count')
    return Number.isInteger(value) && Number(value) >= 0 ? Number(value) : undefined;
  if (kind !== 'duration' || typeof value !== 'string') return undefined;
  const length = parseDuration(value);
  return length !== undefined && length >= 0 ? length : undefined;
}

function mistake(name: string, kind: ToleranceKind, value: unknown) {
  if (kind === 'none') {
    const hint = 'write off to switch the rule off, or leave it out';
    return { message: `the rule "${name}" does not give way`, hint };
  }
  if (kind === 'count') {
    return { message: `"${name}" must be a whole number`, hint: 'from 0 or more; or off' };
  }
  const single = ['string', 'number', 'boolean'].includes(typeof value);
  const message = single ? `"${name}: ${value}" is not a duration` : `"${name}" must be a text`;
  return { message, hint: `${DURATION_HINT}; or off` };
}
