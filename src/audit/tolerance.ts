import { nearest } from '../problem.js';
import { DURATION_HINT, parseDuration } from '../scenario/duration.js';
import type { Tolerance } from '../scenario/scenario.js';
import { TOLERANCES } from './rules/index.js';
import type { Tolerances } from './verdict.js';

/**
 * Several tolerances, each as a command line or a query says it; of one rule the last one counts.
 * @param refuse makes the error for what is wrong
 */
export function readTolerances(
  texts: readonly string[],
  refuse: (problem: string) => Error,
): Tolerances {
  const tolerances: Record<string, Tolerance> = {};
  for (const text of texts) {
    const read = readTolerance(text);
    if ('problem' in read) throw refuse(read.problem);
    tolerances[read.rule] = read.value;
  }
  return tolerances;
}

/** `eta-respected=1s` as a command line or a query says it: the rule and its allowance, or what is wrong. */
function readTolerance(text: string): { rule: string; value: Tolerance } | { problem: string } {
  const equals = text.indexOf('=');
  if (equals === -1) {
    return { problem: `"${text}" is no tolerance; write RULE=VALUE, for example eta-respected=1s` };
  }
  const rule = text.slice(0, equals).trim();
  const said = text.slice(equals + 1).trim();
  const kind = TOLERANCES.get(rule);
  if (!kind) return { problem: `unknown rule "${rule}"; ${nearest(rule, [...TOLERANCES.keys()])}` };
  if (said === 'off') return { rule, value: 'off' };
  if (kind === 'none') {
    return { problem: `the rule "${rule}" has no tolerance; write ${rule}=off to leave it out` };
  }
  const value = kind === 'duration' ? parseDuration(said) : readCount(said);
  if (value !== undefined && value >= 0) return { rule, value };
  const hint = kind === 'duration' ? DURATION_HINT : 'write a whole number';
  return { problem: `"${said}" is no tolerance for ${rule}; ${hint}, or off` };
}

function readCount(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
