import type { BriefFact } from './exchange-texts.js';

/** Keys of jobs that a fact is about, but for those that it brings. */
export function jobsIn(fact: BriefFact): string[] {
  if (fact.k === 'exchange' || fact.k === 'delivery') return [];
  return 'job' in fact && typeof fact.job === 'string' ? [fact.job] : [];
}
