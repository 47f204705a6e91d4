import type { Conclusion } from '../conclusion.js';
import { birthEnd } from './birth-end.js';
import type { BusinessRule } from './business-rule.js';
import { cancelFinalOnly } from './cancel-final-only.js';
import { cancellationReason } from './cancellation-reason.js';
import { cancellationWindow } from './cancellation-window.js';
import type { Cancelling } from './cancelling.js';
import { categorySuitsType } from './category-suits-type.js';
import { disabilityEnd, disabilityStart } from './disability-period.js';
import { endNotBeforeStart } from './end-not-before-start.js';
import { noRunningTask } from './no-running-task.js';
import { oneConclusionASubject } from './one-conclusion-a-subject.js';
import { pregnancyDays } from './pregnancy-days.js';
import { prepersonCategories } from './preperson-categories.js';
import { refinementNeedsPerson } from './refinement-needs-person.js';
import { replacedIsAmended, replacedIsFound } from './replaced-conclusion.js';
import { signedWhatWasRead } from './signed-what-was-read.js';
import { signerIsAuthor } from './signer-is-author.js';
import type { Signing } from './signing.js';
import { startNotBeforePrevious } from './start-not-before-previous.js';
import { treatmentViolationDate } from './treatment-violation-date.js';

/** What the body of a create request shows by itself: refused at once, with 422 and every broken rule. */
export const OF_THE_BODY: readonly BusinessRule<Conclusion>[] = [
  categorySuitsType,
  prepersonCategories,
  disabilityStart,
  disabilityEnd,
  birthEnd,
  endNotBeforeStart,
  pregnancyDays,
];

/** The job of a create request becomes FAILED with the first that is broken; so with all that follow. */
export const OF_CREATION: readonly BusinessRule<Conclusion>[] = [
  refinementNeedsPerson,
  oneConclusionASubject,
  startNotBeforePrevious,
  treatmentViolationDate,
];

export const OF_SIGNING: readonly BusinessRule<Signing>[] = [signedWhatWasRead, signerIsAuthor];

export const OF_CANCELLATION: readonly BusinessRule<Cancelling>[] = [
  cancelFinalOnly,
  cancellationReason,
  cancellationWindow,
  noRunningTask,
  replacedIsFound,
  replacedIsAmended,
];
