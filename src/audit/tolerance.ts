import { nearest } from '../problem.js';
import type { Refuse } from '../sandbox-error.js';
import type { Tolerance } from '../scenario/scenario.js';
import { DURATION_HINT, parseDuration } from '../time/duration.js';
import { TOLERANCES } from './rules/index.js';
import type { Tolerances } from './verdict.js';

/**
 * Several tolerances, each as a command line or a query says it; of one rule the last one counts.
 * @throws what `refuse` makes
 */
export function readTolerances(texts: readonly string[], refuse: Refuse): Tolerances {
  return Object.fromEntries(texts.map((text) => readTolerance(text, refuse)));
}

/** Tolerances as a program gives them: milliseconds, numbers, `off`. @throws what `refuse` makes */
export function checkTolerances(given: Tolerances, refuse: Refuse): Tolerances {
  const texts = Object.entries(given).map(([rule, value]) => {
    const isTime = typeof value === 'number' && TOLERANCES.get(rule) === 'duration';
    return `${rule}=${value}${isTime ? 'ms' : ''}`;
  });
  return readTolerances(texts, refuse);
}

/** `eta-respected=1s` as a command line or a query says it: the rule and its allowance. */
function readTolerance(text: string, refuse: Refuse): [rule: string, allowance: Tolerance] {
  const equals = text.indexOf('=');
  if (equals === -1) {
    const hint = 'write RULE=VALUE, for example eta-respected=1s';
    throw refuse('USAGE_WRONG_TOLERANCE', `"${text}" is no tolerance`, hint);
  }
  const rule = text.slice(0, equals).trim();
  const said = text.slice(equals + 1).trim();
  const kind = TOLERANCES.get(rule);
  if (!kind) {
    const hint = nearest(rule, [...TOLERANCES.keys()]);
    throw refuse('USAGE_UNKNOWN_RULE', `unknown rule "${rule}"`, hint);
  }
  if (said === 'off') return [rule, 'off'];
  if (kind === 'none') {
    const hint = `write ${rule}=off to leave it out`;
    throw refuse('USAGE_WRONG_TOLERANCE', `the rule "${rule}" has no tolerance`, hint);
  }
  const value = kind === 'duration' ? parseDuration(said) : readCount(said);
  if (value !== undefined && value >= 0) return [rule, value];
  const hint = kind === 'duration' ? DURATION_HINT : 'write a whole number';
  throw refuse('USAGE_WRONG_TOLERANCE', `"${said}" is no tolerance for ${rule}`, `${hint}, or off`);
}

function readCount(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
