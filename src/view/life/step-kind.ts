/** A step of a life as the control API tells it, of whatever it may be. */
export type LifeStep = Partial<{
  [K in
    | 'state'
    | 'error'
    | 'fault'
    | 'fault_title'
    | 'retry_after'
    | 'token'
    | 'for'
    | 'eta'
    | 'delay']: string | undefined;
}> & {
  outcome?: string | undefined;
  http?: number | undefined;
  eta_from?: string | undefined;
  off_contract?: boolean | undefined;
};

/** The class that gives a step its colour: what it means for who asks. */
export function kindOf({ state, outcome, http, fault, token }: LifeStep): string {
  if (state !== undefined) return `k-${outcome ?? 'open'}`;
  if (token !== undefined) return 'k-refused';
  if (fault !== undefined) return 'k-lost';
  return http !== undefined && http >= 500 ? 'k-failure' : 'k-gone';
}

/** A mark in front of what a step says: states are told apart by more than their colours. */
export function markOf(step: LifeStep): string {
  const { state, outcome, fault, token } = step;
  if (state !== undefined) return MARKS[outcome ?? 'open'] ?? '…';
  return fault !== undefined ? '⚡' : token !== undefined ? '⚿' : '⊘';
}

const MARKS: Readonly<Record<string, string>> = {
  open: '…',
  done: '✓',
  failed: '✕',
  cancelled: '■',
};

/** How wide a step is drawn beside the others: a poll counts for three seconds, what never ends for a little. */
export function weightOf({ for: lasts }: LifeStep): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?) ?([a-z]+)/.exec(lasts ?? '') ?? [];
  const length = UNITS[unit];
  if (number === undefined || length === undefined) return 2;
  // Between a blink and a day a line as long as the time would show one step alone.
  return Math.min(6, 1 + Math.log10(1 + Number(number) * length) * 1.6);
}

/** In seconds. */
const UNITS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  min: 60,
  h: 3600,
  d: 86_400,
  poll: 3,
  polls: 3,
};
