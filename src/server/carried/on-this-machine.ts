import type { Fact } from '../../sandbox/facts/fact.js';
import type { Setup } from '../../sandbox/setup.js';

/**
 * Facts of a session that was on another machine, or in another process, as if it had been on this one: by the clock
 * that nobody can set its exchanges lie as far back as by the machine's time, and never ahead.
 */
export function onThisMachine(
  facts: readonly Fact[],
  { wall, steady }: Pick<Setup, 'wall' | 'steady'>,
): readonly Fact[] {
  const exchanges = facts.flatMap((fact) => (fact.k === 'exchange' ? [fact.exchange] : []));
  const last = exchanges.at(-1);
  if (!last) return facts;
  const here = steady();
  const ends = exchanges.map(({ startedMono, durationMs = 0 }) => startedMono + durationMs);
  const latest = ends.reduce((most, end) => Math.max(most, end), Number.NEGATIVE_INFINITY);
  const shift = Math.min(here - (wall() - last.wall) - last.startedMono, here - latest);
  return facts.map((fact) =>
    fact.k === 'exchange' ? { k: 'exchange', exchange: moved(fact.exchange, shift) } : fact,
  );
}

function moved<T extends { startedMono: number }>(exchange: T, shift: number): T {
  return { ...exchange, startedMono: exchange.startedMono + shift };
}
