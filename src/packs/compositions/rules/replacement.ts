import type { World } from '../../../sandbox/pack.js';
import { type Composition, find, KIND, statusOf } from '../composition.js';
import { type Conclusion, readConclusion } from '../conclusion.js';
import { setting } from '../settings.js';
import { type BusinessRule, CREATE_CHANGES, VALIDATION_TABLE } from './business-rule.js';

/**
 * A conclusion that replaces another is a refinement (the other is a FINAL disability of a preperson, this one of a
 * person), or it is made in place of one that has been cancelled.
 */
function replaced({ relations }: Conclusion, world: World): Composition[] {
  return relations.flatMap(({ code, target }) =>
    code === 'replaces' ? (find(world, target) ?? []) : [],
  );
}

export function isCancelled(composition: Composition): boolean {
  return statusOf(composition) === 'ENTERED_IN_ERROR';
}

/** REPLACEMENT_FLOW_NOT_IMPLEMENTED_YET */
export const replacementFlow: BusinessRule<Conclusion> = {
  name: 'replacement-flow',
  code: '1181',
  title:
    'In place of a cancelled conclusion, and of any birth, one is made only while the replacement flow is enabled',
  source: CREATE_CHANGES,
  broken: (conclusion, world) => {
    const name = 'EMAL_COMPOSITION_FLOW_REPLACE_ENABLED';
    if (setting(world, name)) return undefined;
    const other = replaced(conclusion, world).find(
      (kept) => conclusion.type === 'NEWBORN' || isCancelled(kept),
    );
    if (!other) return undefined;
    return {
      what: `it stands in place of ${other.id} (${statusOf(other)}), and ${name} is false as in the real service; set it to true to play this`,
    };
  },
};

/** INVALID_REPLACEMENT_ARGUMENT */
export const replacementArgument: BusinessRule<Conclusion> = {
  name: 'replacement-argument',
  code: '1160',
  title: 'What a disability replaces is a FINAL one of a preperson, or has been cancelled',
  source: CREATE_CHANGES,
  broken: (conclusion, world) => {
    if (conclusion.type !== 'TEMP_DISABILITY') return undefined;
    const other = replaced(conclusion, world).find((kept) => {
      const { subject } = readConclusion(kept.document);
      return (
        !isCancelled(kept) &&
        (statusOf(kept) !== 'FINAL' || subject.kind === conclusion.subject.kind)
      );
    });
    if (!other) return undefined;
    return {
      what: `it replaces ${other.id}, which is ${statusOf(other)} and of the same kind of patient; cancel that one first`,
    };
  },
};

/** CANT_REPLACE_DIFFERENT_TYPE */
export const replacedSameType: BusinessRule<Conclusion> = {
  name: 'replaced-same-type',
  code: '1146',
  title: 'The type does not change in a conclusion in place of another',
  source: VALIDATION_TABLE,
  broken: (conclusion, world) => {
    for (const { id, document } of replaced(conclusion, world)) {
      const { type } = readConclusion(document);
      if (type === conclusion.type) continue;
      return { what: `it replaces ${id}, which is ${type}; this one is ${conclusion.type}` };
    }
    return undefined;
  },
};

/** CANT_AMEND_IS_APPENDED */
export const replacedIsLast: BusinessRule<Conclusion> = {
  name: 'replaced-is-last',
  code: '1153',
  title: 'What is replaced is the last of its chain',
  source: CREATE_CHANGES,
  broken: (conclusion, world) => {
    const targets = replaced(conclusion, world).filter(isCancelled);
    if (targets.length === 0) return undefined;
    const signed = world.all<Composition>(KIND).filter((kept) => statusOf(kept) === 'FINAL');
    for (const { id } of targets) {
      const next = signed.find(({ facts }) => facts.relatesTo.some(({ target }) => target === id));
      if (next) return { what: `${next.id} relates to ${id} already; relate to that one` };
    }
    return undefined;
  },
};

/** CANT_REPLACE, of a birth that has not been cancelled */
export const replacedBirthIsCancelled: BusinessRule<Conclusion> = {
  name: 'replaced-birth-is-cancelled',
  code: '1148',
  title: 'A birth is made in place of one that has been cancelled',
  source: CREATE_CHANGES,
  broken: (conclusion, world) => {
    if (conclusion.type !== 'NEWBORN') return undefined;
    const other = replaced(conclusion, world).find((kept) => !isCancelled(kept));
    return other && { what: `it replaces ${other.id}, which is ${statusOf(other)}` };
  },
};
