import { encounter } from '../around.js';
import { type Composition, KIND, statusOf } from '../composition.js';
import { type Conclusion, readConclusion } from '../conclusion.js';
import { type BusinessRule, CREATE_CHANGES } from './business-rule.js';

/** FINAL_COMPOSITION_FOR_ENCOUNTER_ALREADY_EXISTS, of encounters that are known. */
export const encounterWithoutFinal: BusinessRule<Conclusion> = {
  name: 'encounter-without-final',
  code: '1127',
  title: 'No FINAL conclusion of the same type and category is made at the same encounter',
  source: CREATE_CHANGES,
  broken: (conclusion, world) => {
    if (!encounter(world, conclusion.encounter)) return undefined;
    const other = world.all<Composition>(KIND).find((kept) => {
      const { type, category, encounter: at } = readConclusion(kept.document);
      return (
        statusOf(kept) === 'FINAL' &&
        at === conclusion.encounter &&
        type === conclusion.type &&
        category === conclusion.category
      );
    });
    return other && { what: `${other.id} is FINAL and of encounter ${conclusion.encounter} too` };
  },
};
