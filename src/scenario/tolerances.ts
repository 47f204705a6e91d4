import { isScalar } from 'yaml';
import { DURATION_HINT } from './duration.js';
import type { Fields } from './fields.js';
import type { Tolerance } from './scenario.js';
import type { ToleranceKind, Vocabulary } from './vocabulary.js';

/**
 * Reads the key `tolerances`: how far each rule of the auditor gives way. Scenarios and suites have it.
 * @param fields those that the key stands among
 */
export function readTolerances(
  fields: Fields,
  words: Pick<Vocabulary, 'tolerances'>,
): Record<string, Tolerance> {
  const rules = fields.inner('tolerances', [...words.tolerances.keys()], 'rule');
  if (!rules) return {};
  const found: Record<string, Tolerance> = {};
  for (const [name, kind] of words.tolerances) {
    const tolerance = readTolerance(rules, name, kind);
    if (tolerance !== undefined) found[name] = tolerance;
  }
  return found;
}

function readTolerance(rules: Fields, name: string, kind: ToleranceKind): Tolerance | undefined {
  const node = rules.node(name);
  if (!node) return undefined;
  const value = isScalar(node) ? node.value : undefined;
  if (value === 'off') return value;
  if (kind === 'duration') return rules.duration(name, `${DURATION_HINT}; or off`);
  if (kind === 'none') {
    const hint = 'write off to switch the rule off, or leave it out';
    rules.wrong(node, `the rule "${name}" does not give way`, hint);
  } else if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  else rules.wrong(node, `"${name}" must be a whole number`, 'from 0 or more; or off');
  return undefined;
}
