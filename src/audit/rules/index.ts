import type { ToleranceKind } from '../../scenario/vocabulary.js';
import type { Rule } from '../rule.js';
import { backsOff } from './backs-off.js';
import { boundedWait } from './bounded-wait.js';
import { credentialsInHeaders } from './credentials-in-headers.js';
import { etaRespected } from './eta-respected.js';
import { expectations } from './expectations.js';
import { fallsBackToPolling } from './falls-back-to-polling.js';
import { givesUp } from './gives-up.js';
import { keepsTheNewToken } from './keeps-the-new-token.js';
import { newestEtaUsed } from './newest-eta-used.js';
import { noDuplicateSubmission } from './no-duplicate-submission.js';
import { noHerd } from './no-herd.js';
import { noRefreshOn403 } from './no-refresh-on-403.js';
import { noResultOnFailure } from './no-result-on-failure.js';
import { onlyKnownJobs } from './only-known-jobs.js';
import { reachesTheEnd } from './reaches-the-end.js';
import { readsTheResult } from './reads-the-result.js';
import { refreshesOnce } from './refreshes-once.js';
import { retryAfterHonoured } from './retry-after-honoured.js';
import { singleFlight } from './single-flight.js';
import { singleRefresh } from './single-refresh.js';
import { spacing } from './spacing.js';
import { stopsAtRefusedRefresh } from './stops-at-refused-refresh.js';
import { stopsOn404 } from './stops-on-404.js';
import { stopsOnRefusal } from './stops-on-refusal.js';
import { stopsWhenFinal } from './stops-when-final.js';
import { survivesABlip } from './survives-a-blip.js';
import { toleratesUnknownStatus } from './tolerates-unknown-status.js';
import { webhookAnswered } from './webhook-answered.js';
import { webhookIdempotent } from './webhook-idempotent.js';
import { webhookVerified } from './webhook-verified.js';

/** Every rule, in the order in which reports list them: when to ask, when to stop, what to do then. */
export const RULES: readonly Rule[] = [
  etaRespected,
  newestEtaUsed,
  spacing,
  singleFlight,
  retryAfterHonoured,
  backsOff,
  survivesABlip,
  toleratesUnknownStatus,
  reachesTheEnd,
  stopsWhenFinal,
  stopsOn404,
  stopsOnRefusal,
  givesUp,
  boundedWait,
  readsTheResult,
  noResultOnFailure,
  noDuplicateSubmission,
  onlyKnownJobs,
  credentialsInHeaders,
  noHerd,
  expectations,
];

/** Rules for the receiver of webhooks; judged where an API sends any. */
export const WEBHOOK_RULES: readonly Rule[] = [
  webhookAnswered,
  webhookVerified,
  webhookIdempotent,
  fallsBackToPolling,
];

/** Rules for what a client does with its tokens; judged where an API hands any out. */
export const TOKEN_RULES: readonly Rule[] = [
  refreshesOnce,
  singleRefresh,
  stopsAtRefusedRefresh,
  noRefreshOn403,
  keepsTheNewToken,
];

/** All that there are, as listings have them. */
export const EVERY_RULE: readonly Rule[] = [...RULES, ...WEBHOOK_RULES, ...TOKEN_RULES];

/** What scenarios, suites and the command line may set: the kind of each rule's allowance. */
export const TOLERANCES: ReadonlyMap<string, ToleranceKind> = new Map(
  EVERY_RULE.map(({ name, allowance }) => [name, allowance?.kind ?? 'none']),
);
