import { nearest } from '../problem.js';
import { DURATION_HINT, parseDuration } from '../scenario/duration.js';
import { TOLERANCES } from './rules/index.js';

/** `eta-respected=1s` as a command line or a query says it: the rule and its allowance, or what is wrong. */
export function readTolerance(
  text: string,
): { rule: string; value: number | 'off' } | { problem: string } {
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
