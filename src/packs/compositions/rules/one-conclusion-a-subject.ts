import { type Composition, signedOf } from '../composition.js';
import { type Conclusion, dayOf, readConclusion } from '../conclusion.js';
import { type BusinessRule, ERROR_TABLE } from './business-rule.js';

/**
 * COMPOSITION_ALREADY_EXISTS_FOR_SUBJECT. Counted are FINAL conclusions of the same type whose days
 * overlap; drafts bind nobody, and what the new one replaces or appends is meant to be there.
 */
export const oneConclusionASubject: BusinessRule<Conclusion> = {
  name: 'one-conclusion-a-subject',
  code: '1002',
  title: 'No FINAL conclusion of the same subject and type covers any of the same days',
  source: ERROR_TABLE,
  broken: (conclusion, world) => {
    const other = signedOf(world, conclusion.subject.id).find((kept) => clash(kept, conclusion));
    if (!other) return undefined;
    const what = `conclusion ${other.id} (FINAL, ${daysOf(readConclusion(other.document)).join(' to ')}) covers some of these days; cancel it, name it in relatesTo, or take other days, another patient, a fresh session, or rules off`;
    return { what };
  },
};

function clash(kept: Composition, conclusion: Conclusion): boolean {
  if (conclusion.relations.some(({ target }) => target === kept.id)) return false;
  const existing = readConclusion(kept.document);
  if (existing.type !== conclusion.type) return false;
  const [first, last] = daysOf(conclusion);
  const [from, until] = daysOf(existing);
  return first <= until && from <= last;
}

/** First and last day; without an end, as of a birth, it is the first day alone. */
function daysOf({ start, end }: Conclusion): [first: string, last: string] {
  const first = dayOf(start);
  return [first, dayOf(end) || first];
}
