import type { Conclusion } from '../conclusion.js';
import { wordsOf } from './apply.js';
import { authorPosition } from './author-position.js';
import { birthEnd } from './birth-end.js';
import { birthFocus, birthSubject } from './birth-parties.js';
import { birthStart } from './birth-start.js';
import type { BusinessRule } from './business-rule.js';
import { cancelFinalOnly } from './cancel-final-only.js';
import { cancellationReason } from './cancellation-reason.js';
import { cancellationWindow } from './cancellation-window.js';
import type { Cancelling } from './cancelling.js';
import { categoryKnown, categorySystem } from './category-dictionary.js';
import { categorySuitsType } from './category-suits-type.js';
import { continuationStart } from './continuation-start.js';
import { disabilityEnd, disabilityStart } from './disability-period.js';
import { encounterWithoutFinal } from './encounter-without-final.js';
import { endNotBeforeStart } from './end-not-before-start.js';
import { focusIsActive, informWith } from './focus-in-world.js';
import { foreignTreatment } from './foreign-treatment.js';
import { noRunningTask } from './no-running-task.js';
import { oneConclusionASubject } from './one-conclusion-a-subject.js';
import { focusIsFound, subjectIsFound } from './parties-in-world.js';
import { pregnancyDays } from './pregnancy-days.js';
import { prepersonCategories } from './preperson-categories.js';
import { refinementNeedsPerson } from './refinement-needs-person.js';
import { relatedNotInError } from './related-not-in-error.js';
import { replacedIsAmended, replacedIsFound } from './replaced-conclusion.js';
import {
  replacedBirthIsCancelled,
  replacedIsLast,
  replacedSameType,
  replacementArgument,
  replacementFlow,
} from './replacement.js';
import { signedWhatWasRead } from './signed-what-was-read.js';
import { signerIsAuthor } from './signer-is-author.js';
import type { Signing } from './signing.js';
import { startNotBeforePrevious } from './start-not-before-previous.js';
import { subjectIsFocus } from './subject-is-focus.js';
import { treatmentViolation } from './treatment-violation.js';
import { treatmentViolationDate } from './treatment-violation-date.js';
import { typeSystem } from './type-system.js';

/** What the body of a create request shows by itself: refused at once, with 422 and every broken rule. */
export const OF_THE_BODY: readonly BusinessRule<Conclusion>[] = [
  typeSystem,
  categorySystem,
  categoryKnown,
  categorySuitsType,
  prepersonCategories,
  subjectIsFocus,
  disabilityStart,
  disabilityEnd,
  birthStart,
  birthEnd,
  endNotBeforeStart,
  pregnancyDays,
];

/** The job of a create request becomes FAILED with the first that is broken; so with all that follow. */
export const OF_CREATION: readonly BusinessRule<Conclusion>[] = [
  birthSubject,
  birthFocus,
  foreignTreatment,
  focusIsFound,
  subjectIsFound,
  focusIsActive,
  informWith,
  authorPosition,
  encounterWithoutFinal,
  replacementFlow,
  refinementNeedsPerson,
  replacedSameType,
  replacementArgument,
  replacedIsLast,
  replacedBirthIsCancelled,
  oneConclusionASubject,
  startNotBeforePrevious,
  continuationStart,
  treatmentViolation,
  treatmentViolationDate,
];

export const OF_SIGNING: readonly BusinessRule<Signing>[] = [
  signedWhatWasRead,
  signerIsAuthor,
  relatedNotInError,
];

export const OF_CANCELLATION: readonly BusinessRule<Cancelling>[] = [
  cancelFinalOnly,
  cancellationReason,
  cancellationWindow,
  noRunningTask,
  replacedIsFound,
  replacedIsAmended,
];

/** What RULES_OFF may name: each rule, and each code. */
export const RULE_WORDS: readonly string[] = [
  ...new Set(
    [...OF_THE_BODY, ...OF_CREATION, ...OF_SIGNING, ...OF_CANCELLATION].flatMap(
      ({ name, code }) => [name, ...wordsOf(code)],
    ),
  ),
];
