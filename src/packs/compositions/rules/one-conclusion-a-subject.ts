import { bindingOf, type Composition, statusOf } from '../composition.js';
import { type Conclusion, dayOf, readConclusion } from '../conclusion.js';
import { type BusinessRule, ERROR_TABLE } from './business-rule.js';

/**
 * COMPOSITION_ALREADY_EXISTS_FOR_SUBJECT. Counted are FINAL disabilities whose days overlap, drafts of which bind
 * nobody, and every birth that has not been cancelled. What the new one replaces or appends is meant to be there.
 */
export const oneConclusionASubject: BusinessRule<Conclusion> = {
  name: 'one-conclusion-a-subject',
  code: '1002',
  title:
    'No FINAL disability of the same subject covers any of the same days, and a newborn has one birth',
  source: ERROR_TABLE,
  broken: (conclusion, world) => {
    const other = bindingOf(world, conclusion.subject.id).find((kept) => clash(kept, conclusion));
    if (!other) return undefined;
    const days = daysOf(readConclusion(other.document)).join(' to ');
    const overlaps = conclusion.type === 'NEWBORN' ? 'is there' : 'covers some of these days';
    const what = `conclusion ${other.id} (${statusOf(other)}, ${days}) ${overlaps}; cancel it, name it in relatesTo, or take other days, another patient, a fresh session, or rules off`;
    return { what };
  },
};

function clash(kept: Composition, conclusion: Conclusion): boolean {
  if (kept.id === conclusion.id) return false;
  if (conclusion.relations.some(({ target }) => target === kept.id)) return false;
  const existing = readConclusion(kept.document);
  if (existing.type !== conclusion.type) return false;
  if (conclusion.type === 'NEWBORN') return true;
  const [first, last] = daysOf(conclusion);
  const [from, until] = daysOf(existing);
  return first <= until && from <= last;
}

/** First and last day; without an end, as of a birth, it is the first day alone. */
function daysOf({ start, end }: Conclusion): [first: string, last: string] {
  const first = dayOf(start);
  return [first, dayOf(end) || first];
}
