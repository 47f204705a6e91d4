import type { Severity } from './rule.js';

const GRAVITY = { error: 0, warning: 1, note: 2 } as const;

/** The gravest first. */
export const SEVERITIES = ['error', 'warning', 'note'] as const;

/** The lower, the graver. */
export function gravity(severity: Severity): number {
  return GRAVITY[severity];
}

/** The gravest of some findings; a note when there are none. */
export function worst(findings: readonly { severity: Severity }[]): Severity {
  return findings.reduce<Severity>(
    (most, { severity }) => (gravity(severity) < gravity(most) ? severity : most),
    'note',
  );
}
