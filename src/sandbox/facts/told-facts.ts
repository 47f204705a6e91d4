import type { Change } from '../change.js';
import type { Compressor } from '../compressed-text.js';
import type { Fact } from './fact.js';
import { writeScenario } from './scenario-book.js';
import { factOf } from './write-fact.js';

/**
 * A change as facts: before the first job of a scenario goes the scenario itself.
 * @param told hashes of those that have been told; a new one is added
 */
export function factsOf(change: Change, compressor: Compressor, told: Set<string>): Fact[] {
  const fact = factOf(change, compressor);
  if (change.kind !== 'scheduled') return [fact];
  const { scenario } = change.job;
  const { hash } = writeScenario(scenario);
  if (told.has(hash)) return [fact];
  told.add(hash);
  return [{ k: 'scenario', hash, scenario }, fact];
}
