/**
 * What a client gets to see of each scenario of the catalogue, written down by hand. The first line
 * is the answer to the request, each other one the answer to a poll: when it came since scheduling,
 * status, what the body is, and what it tells, counted from the moment of the answer.
 *
 * The client polls at once, then when it was told to: at the eta, after `Retry-After`, else a second
 * later. It goes on after an end, to see what comes then. It waits for an answer that is late (`after
 * 5s`) and leaves when none will come (`hang`).
 */
export const LIVES: Record<string, string[]> = {
  // happy
  'immediate-done': [
    'scheduled: 200 PENDING, eta +0s',
    'at 0s: 200 DONE relative, eta +0s, doneAt +0s',
    'at 1s: 200 DONE relative, eta -1s, doneAt -1s',
  ],
  'done-after-eta': [
    'scheduled: 200 PENDING, eta +2.3s',
    'at 0s: 200 PENDING, eta +2.3s',
    'at 2.3s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'done-after-two-polls': [
    'scheduled: 200 PENDING, eta +2.3s',
    'at 0s: 200 PENDING, eta +2.3s',
    'at 2.3s: 200 PENDING, eta +6.4s',
    'at 8.7s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'done-after-five-polls': [
    'scheduled: 200 PENDING, eta +1.4s',
    'at 0s: 200 PENDING, eta +1.4s',
    'at 1.4s: 200 PENDING, eta +3.6s',
    'at 5s: 200 PENDING, eta +2.3s',
    'at 7.3s: 200 PENDING, eta +5.7s',
    'at 13s: 200 PENDING, eta +4.6s',
    'at 17.6s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'held-until-released': [
    'scheduled: 200 PENDING, eta +2.7s',
    'at 0s: 200 PENDING, eta +2.7s',
    'at 2.7s: 200 PENDING, eta +2.7s',
    'released',
    'at 5.4s: 200 DONE relative, eta +0s, doneAt +0s',
  ],

  // slow
  slow: [
    'scheduled: 200 PENDING, eta +10min',
    'at 0s: 200 PENDING, eta +10min',
    'at 10min: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'eta-moves': [
    'scheduled: 200 PENDING, eta +2.3s',
    'at 0s: 200 PENDING, eta +2.3s',
    'at 2.3s: 200 PENDING, eta +12.6s',
    'at 14.9s: 200 PENDING, eta +1.7s',
    'at 16.6s: 200 PENDING, eta +4.4s',
    'at 21s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'eta-already-past': [
    'scheduled: 200 PENDING, eta -5s',
    'at 0s: 200 PENDING, eta -5s',
    'at 1s: 200 PENDING, eta -5s',
    'at 2s: 200 PENDING, eta -5s',
    'at 3s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'eta-in-two-stages': [
    'scheduled: 200 PENDING, eta +2.3s',
    'at 0s: 200 PENDING, eta +2.3s',
    'at 2.3s: 200 PENDING, eta +12.7s',
    'at 15s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'slow-answer': [
    'scheduled: 200 PENDING, eta +1.7s',
    'at 0s: 200 PENDING, eta +1.7s',
    'at 1.7s, after 5s: 200 PENDING, eta +3.3s',
    'at 10s, after 5s: 200 PENDING, eta +1.4s',
    'at 16.4s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'eta-comes-closer': [
    'scheduled: 200 PENDING, eta +21.4s',
    'at 0s: 200 PENDING, eta +21.4s',
    'at 21.4s: 200 PENDING, eta +2.3s',
    'at 23.7s: 200 PENDING, eta +3.6s',
    'at 27.3s: 200 DONE relative, eta +0s, doneAt +0s',
  ],

  // failed, by code
  'failed-1000': [
    'scheduled: 200 PENDING, eta +2.6s',
    'at 0s: 200 PENDING, eta +2.6s',
    'at 2.6s: 200 FAILED link-error "1000: Composition not found", eta +0s, doneAt +0s',
  ],
  'failed-1001': [
    'scheduled: 200 PENDING, eta +3.4s',
    'at 0s: 200 PENDING, eta +3.4s',
    'at 3.4s: 200 FAILED link-error "1001: Composition updates are only allowed for preperson->person", eta +0s, doneAt +0s',
  ],
  'failed-1002': [
    'scheduled: 200 PENDING, eta +2.3s',
    'at 0s: 200 PENDING, eta +2.3s',
    'at 2.3s: 200 FAILED link-error "1002: Composition for a given subject already exists", eta +0s, doneAt +0s',
  ],
  'failed-1003': [
    'scheduled: 200 PENDING, eta +2.4s',
    'at 0s: 200 PENDING, eta +2.4s',
    'at 2.4s: 200 FAILED link-error "1003: Can\'t cancel composition in non-FINAL state", eta +0s, doneAt +0s',
  ],
  'failed-1004': [
    'scheduled: 200 PENDING, eta +3.4s',
    'at 0s: 200 PENDING, eta +3.4s',
    'at 3.4s: 200 FAILED link-error "1004: Invalid cancellation coding", eta +0s, doneAt +0s',
  ],
  'failed-1005': [
    'scheduled: 200 PENDING, eta +2.7s',
    'at 0s: 200 PENDING, eta +2.7s',
    'at 2.7s: 200 FAILED link-error "1005: Can\'t cancel composition: too old", eta +0s, doneAt +0s',
  ],
  'failed-1006': [
    'scheduled: 200 PENDING, eta +6.4s',
    'at 0s: 200 PENDING, eta +6.4s',
    'at 6.4s: 200 FAILED link-error "1006: Can\'t cancel composition: integration tasks are already running", eta +0s, doneAt +0s',
  ],
  'failed-1136': [
    'scheduled: 200 PENDING, eta +1.7s',
    'at 0s: 200 PENDING, eta +1.7s',
    'at 1.7s: 200 FAILED link-error "1136: The replaced conclusion is not in status AMENDED", eta +0s, doneAt +0s',
  ],
  'failed-1137': [
    'scheduled: 200 PENDING, eta +4.3s',
    'at 0s: 200 PENDING, eta +4.3s',
    'at 4.3s: 200 FAILED link-error "1137: The replaced conclusion is not found", eta +0s, doneAt +0s',
  ],
  'failed-1143': [
    'scheduled: 200 PENDING, eta +2.6s',
    'at 0s: 200 PENDING, eta +2.6s',
    'at 2.6s: 200 FAILED link-error "1143: Existing composition has start date after suggested start date", eta +0s, doneAt +0s',
  ],
  'failed-1146': [
    'scheduled: 200 PENDING, eta +3.4s',
    'at 0s: 200 PENDING, eta +3.4s',
    'at 3.4s: 200 FAILED link-error "1146: The replaced conclusion is of another type", eta +0s, doneAt +0s',
  ],
  'failed-1154': [
    'scheduled: 200 PENDING, eta +2.4s',
    'at 0s: 200 PENDING, eta +2.4s',
    'at 2.4s: 200 FAILED link-error "1154: The subject is of the wrong kind", eta +0s, doneAt +0s',
  ],
  'failed-1167': [
    'scheduled: 200 PENDING, eta +1.7s',
    'at 0s: 200 PENDING, eta +1.7s',
    'at 1.7s: 200 FAILED link-error "1167: Illegal author position", eta +0s, doneAt +0s',
  ],
  'failed-1171': [
    'scheduled: 200 PENDING, eta +3.6s',
    'at 0s: 200 PENDING, eta +3.6s',
    'at 3.6s: 200 FAILED link-error "1171: The focus has no such authentication method", eta +0s, doneAt +0s',
  ],
  'failed-1172': [
    'scheduled: 200 PENDING, eta +2.8s',
    'at 0s: 200 PENDING, eta +2.8s',
    'at 2.8s: 200 FAILED link-error "1172: Treatment violation date should be >= composition start && <= now", eta +0s, doneAt +0s',
  ],
  'failed-1181': [
    'scheduled: 200 PENDING, eta +2.7s',
    'at 0s: 200 PENDING, eta +2.7s',
    'at 2.7s: 200 FAILED link-error "1181: The replacement flow is not enabled", eta +0s, doneAt +0s',
  ],
  'failed-1184': [
    'scheduled: 200 PENDING, eta +4.4s',
    'at 0s: 200 PENDING, eta +4.4s',
    'at 4.4s: 200 FAILED link-error "1184: The related conclusion is ENTERED_IN_ERROR", eta +0s, doneAt +0s',
  ],
  'failed-new-start-date': [
    'scheduled: 200 PENDING, eta +5.4s',
    'at 0s: 200 PENDING, eta +5.4s',
    'at 5.4s: 200 FAILED link-error "NEW_START_DATE_IS_BEFORE_PREVIOUS_START_DATE: An existing conclusion starts after the suggested start", eta +0s, doneAt +0s',
  ],
  'failed-unknown-code': [
    'scheduled: 200 PENDING, eta +2.6s',
    'at 0s: 200 PENDING, eta +2.6s',
    'at 2.6s: 200 FAILED link-error "9999: A rule that is new in this release", eta +0s, doneAt +0s',
  ],
  'failed-without-text': [
    'scheduled: 200 PENDING, eta +4.7s',
    'at 0s: 200 PENDING, eta +4.7s',
    'at 4.7s: 200 FAILED link-error "The job has failed", eta +0s, doneAt +0s',
  ],
  'failed-with-empty-text': [
    'scheduled: 200 PENDING, eta +1.6s',
    'at 0s: 200 PENDING, eta +1.6s',
    'at 1.6s: 200 FAILED link-error "", eta +0s, doneAt +0s',
  ],

  // failed, by form and by course
  'failed-link-error': [
    'scheduled: 200 PENDING, eta +2.8s',
    'at 0s: 200 PENDING, eta +2.8s',
    'at 2.8s: 200 FAILED link-error "1172: Treatment violation date should be >= composition start && <= now", eta +0s, doneAt +0s',
  ],
  'failed-link-error-object': [
    'scheduled: 200 PENDING, eta +2.6s',
    'at 0s: 200 PENDING, eta +2.6s',
    'at 2.6s: 200 FAILED link-error-object "1143: Existing composition has start date after suggested start date", eta +0s, doneAt +0s',
  ],
  'failed-response-data-code': [
    'scheduled: 200 PENDING, eta +3.7s',
    'at 0s: 200 PENDING, eta +3.7s',
    'at 3.7s: 200 FAILED response-data-code "1167: Illegal author position", eta +0s, doneAt +0s',
  ],
  'failed-error-list': [
    'scheduled: 200 PENDING, eta +2.8s',
    'at 0s: 200 PENDING, eta +2.8s',
    'at 2.8s: 200 FAILED error-list "1172: Treatment violation date should be >= composition start && <= now", eta +0s, doneAt +0s',
  ],
  'failed-error-object': [
    'scheduled: 200 PENDING, eta +5.8s',
    'at 0s: 200 PENDING, eta +5.8s',
    'at 5.8s: 200 FAILED error-object "1172: Treatment violation date should be >= composition start && <= now", eta +0s, doneAt +0s',
  ],
  'failed-response-data': [
    'scheduled: 200 PENDING, eta +2.4s',
    'at 0s: 200 PENDING, eta +2.4s',
    'at 2.4s: 200 FAILED response-data "1172: Treatment violation date should be >= composition start && <= now", eta +0s, doneAt +0s',
  ],
  'failed-error-rules': [
    'scheduled: 200 PENDING, eta +4.4s',
    'at 0s: 200 PENDING, eta +4.4s',
    'at 4.4s: 200 FAILED error-rules "1172: Treatment violation date should be >= composition start && <= now", eta +0s, doneAt +0s',
  ],
  'failed-immediately': [
    'scheduled: 200 PENDING, eta +0s',
    'at 0s: 200 FAILED link-error "1002: Composition for a given subject already exists", eta +0s, doneAt +0s',
  ],
  'failed-after-two-polls': [
    'scheduled: 200 PENDING, eta +2.3s',
    'at 0s: 200 PENDING, eta +2.3s',
    'at 2.3s: 200 PENDING, eta +4.6s',
    'at 6.9s: 503 service_unavailable, Retry-After 3, off contract',
    'at 9.9s: 200 FAILED link-error "1137: The replaced conclusion is not found", eta +0s, doneAt +0s',
  ],

  // lost
  'unknown-from-the-start': [
    'scheduled: 200 PENDING, eta +2.7s',
    'at 0s: 404 not_found',
    'at 1s: 404 not_found',
  ],
  'not-yet-visible': [
    'scheduled: 200 PENDING, eta +1.4s',
    'at 0s: 404 not_found',
    'at 1s: 200 PENDING, eta +4.6s',
    'at 5.6s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'lost-after-pending': [
    'scheduled: 200 PENDING, eta +3.4s',
    'at 0s: 200 PENDING, eta +3.4s',
    'at 3.4s: 200 PENDING, eta +1.7s',
    'at 5.1s: 404 not_found',
    'at 6.1s: 404 not_found',
  ],
  'expired-after-done': [
    'scheduled: 200 PENDING, eta +2.7s',
    'at 0s: 200 PENDING, eta +2.7s',
    'at 2.7s: 200 DONE relative, eta +0s, doneAt +0s',
    'at 3.7s: 404 not_found',
  ],

  // refused
  'malformed-id-answer': [
    'scheduled: 200 PENDING, eta +1.7s',
    'at 0s: 400 request_malformed',
    'at 1s: 400 request_malformed',
  ],
  'unauthorized-for-ever': [
    'scheduled: 200 PENDING, eta +2.4s',
    'at 0s: 401 access_denied',
    'at 1s: 401 access_denied',
  ],
  'token-expires': [
    'scheduled: 200 PENDING, eta +2.7s',
    'at 0s: 200 PENDING, eta +2.7s',
    'at 2.7s: 401 access_denied',
    'renewed',
    'at 3.7s: 200 PENDING, eta +3.3s',
    'at 7s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'token-expires-twice': [
    'scheduled: 200 PENDING, eta +1.9s',
    'at 0s: 401 access_denied',
    'renewed',
    'at 1s: 200 PENDING, eta +2.1s',
    'at 3.1s: 200 PENDING, eta +2.1s',
    'at 5.2s: 401 access_denied',
    'renewed',
    'at 6.2s: 200 PENDING, eta +4.3s',
    'at 10.5s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'token-revoked': [
    'scheduled: 200 PENDING, eta +2.3s',
    'at 0s: 200 PENDING, eta +2.3s',
    'at 2.3s: 401 access_denied',
    'at 3.3s: 401 access_denied',
    'renewed',
    'at 4.3s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'scope-missing': [
    'scheduled: 200 PENDING, eta +2.2s',
    'at 0s: 401 access_denied',
    'at 1s: 401 access_denied',
  ],
  'waf-page': [
    'scheduled: 200 PENDING, eta +2.4s',
    'at 0s: 200 PENDING, eta +2.4s',
    'at 2.4s: 406 text/html "Request rejected", off contract',
    'at 3.4s: 406 text/html "Request rejected", off contract',
  ],
  'waf-page-on-submit': ['refused: 403 text/html "Request rejected", off contract'],
  'unauthorized-then-renewed': [
    'scheduled: 200 PENDING, eta +2.4s',
    'at 0s: 200 PENDING, eta +2.4s',
    'at 2.4s: 401 access_denied',
    'at 3.4s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'unauthorized-in-mid-poll': [
    'scheduled: 200 PENDING, eta +3.7s',
    'at 0s: 200 PENDING, eta +3.7s',
    'at 3.7s: 401 access_denied',
    'at 4.7s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  forbidden: [
    'scheduled: 200 PENDING, eta +2.3s',
    'at 0s: 403 forbidden, off contract',
    'at 1s: 403 forbidden, off contract',
  ],
  'internal-error-on-submit': ['refused: 500 internal_error'],
  'refused-on-submit-422': ['refused: 422 validation_failed'],

  // throttled
  'throttled-plain': [
    'scheduled: 200 PENDING, eta +2.6s',
    'at 0s: 429 text/plain that cannot be read, off contract',
    'at 1s: 429 text/plain that cannot be read, off contract',
    'at 2s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'throttled-429': [
    'scheduled: 200 PENDING, eta +1.7s',
    'at 0s: 429 too_many_requests, Retry-After 3, off contract',
    'at 3s: 429 too_many_requests, Retry-After 7, off contract',
    'at 10s: 200 PENDING, eta +2.3s',
    'at 12.3s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'unavailable-503': [
    'scheduled: 200 PENDING, eta +2.6s',
    'at 0s: 503 service_unavailable, Retry-After 4, off contract',
    'at 4s: 503 service_unavailable, Retry-After 6, off contract',
    'at 10s: 200 PENDING, eta +1.4s',
    'at 11.4s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'retry-after-as-date': [
    'scheduled: 200 PENDING, eta +2.3s',
    'at 0s: 503 service_unavailable, Retry-After Mon, 02 Feb 2026 12:00:04 GMT, off contract',
    'at 4s: 503 service_unavailable, Retry-After Mon, 02 Feb 2026 11:59:59 GMT, off contract',
    'at 5s: 200 PENDING, eta +3.4s',
    'at 8.4s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'retry-after-as-epoch': [
    'scheduled: 200 PENDING, eta +1.7s',
    'at 0s: 429 too_many_requests, Retry-After 1770033603, off contract',
    'at 3s: 429 too_many_requests, Retry-After 1770033607000, off contract',
    'at 7s: 200 PENDING, eta +2.6s',
    'at 9.6s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'pending-with-etag': [
    'scheduled: 200 PENDING, eta +3.7s',
    'at 0s: 200 PENDING, eta +3.7s',
    'at 3.7s: 200 PENDING, eta +0s',
    'at 4.7s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'overloaded-on-submit': ['refused: 503 service_unavailable, Retry-After 5, off contract'],

  // broken
  'server-error-html': [
    'scheduled: 200 PENDING, eta +2.3s',
    'at 0s: 500 text/html "500 Internal Server Error", off contract',
    'at 1s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'bad-gateway-html': [
    'scheduled: 200 PENDING, eta +3.4s',
    'at 0s: 502 text/html "502 Bad Gateway", off contract',
    'at 1s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'gateway-timeout': [
    'scheduled: 200 PENDING, eta +3.6s',
    'at 0s: 504 text/html "504 Gateway Time-out", off contract',
    'at 1s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'html-with-200': [
    'scheduled: 200 PENDING, eta +4.4s',
    'at 0s: 200 text/html "Maintenance", off contract',
    'at 1s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'cut-off-json': [
    'scheduled: 200 PENDING, eta +2.7s',
    'at 0s: 200 application/json that cannot be read, off contract',
    'at 1s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'empty-answer': [
    'scheduled: 200 PENDING, eta +1.8s',
    'at 0s: 200 without a body, off contract',
    'at 1s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'reset-once': [
    'scheduled: 200 PENDING, eta +2.3s',
    'at 0s: 200 PENDING, eta +2.3s',
    'at 2.3s: reset',
    'at 3.3s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'silent-server': [
    'scheduled: 200 PENDING, eta +2.6s',
    'at 0s: hang',
    'at 1s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  outage: [
    'scheduled: 200 PENDING, eta +2.4s',
    'at 0s: 200 PENDING, eta +2.4s',
    'at 2.4s: 503 service_unavailable, off contract',
    'at 3.4s: 503 service_unavailable, off contract',
    'at 4.4s: 503 service_unavailable, off contract',
    'at 5.4s: 503 service_unavailable, off contract',
    'at 6.4s: 503 service_unavailable, off contract',
    'at 7.4s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'reset-on-submit': ['refused: reset'],

  // odd
  'done-relative-href': [
    'scheduled: 200 PENDING, eta +1.8s',
    'at 0s: 200 PENDING, eta +1.8s',
    'at 1.8s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'done-rooted-href': [
    'scheduled: 200 PENDING, eta +2.8s',
    'at 0s: 200 PENDING, eta +2.8s',
    'at 2.8s: 200 DONE rooted, eta +0s, doneAt +0s',
  ],
  'done-full-path-href': [
    'scheduled: 200 PENDING, eta +2.6s',
    'at 0s: 200 PENDING, eta +2.6s',
    'at 2.6s: 200 DONE full-path, eta +0s, doneAt +0s',
  ],
  'done-no-href': [
    'scheduled: 200 PENDING, eta +5.3s',
    'at 0s: 200 PENDING, eta +5.3s',
    'at 5.3s: 200 DONE no-href, eta +0s, doneAt +0s',
  ],
  'done-no-links': [
    'scheduled: 200 PENDING, eta +2.7s',
    'at 0s: 200 PENDING, eta +2.7s',
    'at 2.7s: 200 DONE no-links, eta +0s, doneAt +0s',
  ],
  'done-data-envelope': [
    'scheduled: 200 PENDING, eta +3.4s',
    'at 0s: 200 PENDING in data, eta +3.4s',
    'at 3.4s: 200 DONE relative in data, eta +0s, doneAt +0s',
  ],
  'done-bare-envelope': [
    'scheduled: 200 PENDING, eta +2.6s',
    'at 0s: 200 PENDING bare, eta +2.6s, off contract',
    'at 2.6s: 200 DONE relative bare, eta +0s, doneAt +0s, off contract',
  ],
  'unknown-status': [
    'scheduled: 200 PENDING, eta +2.3s',
    'at 0s: 200 SUSPENDED, eta +2.3s, off contract',
    'at 2.3s: 200 SUSPENDED, eta +5.7s, off contract',
    'at 8s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'lower-case-status': [
    'scheduled: 200 PENDING, eta +1.8s',
    'at 0s: 200 pending, eta +1.8s, off contract',
    'at 1.8s: 200 pending, eta +4.3s, off contract',
    'at 6.1s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'job-without-status': [
    'scheduled: 200 PENDING, eta +2.4s',
    'at 0s: 200 no status in data, eta +2.4s, off contract',
    'at 2.4s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'never-ends': [
    'scheduled: 200 PENDING, eta +4.3s',
    'at 0s: 200 PENDING, eta +4.3s',
    'at 4.3s: 200 PENDING, eta +4.3s',
    'at 8.6s: 200 PENDING, eta +4.3s',
  ],
  'pending-again-after-done': [
    'scheduled: 200 PENDING, eta +0s',
    'at 0s: 200 DONE relative, eta +0s, doneAt +0s',
    'at 1s: 200 PENDING, eta +2.3s',
    'at 3.3s: 200 DONE relative, eta +0s, doneAt -3.3s',
  ],
  'signed-then-erln-error': [
    'scheduled: 200 PENDING, eta +2.3s',
    'at 0s: 200 PENDING, eta +2.3s',
    'at 2.3s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'signed-then-erln-pending': [
    'scheduled: 200 PENDING, eta +2.7s',
    'at 0s: 200 PENDING, eta +2.7s',
    'at 2.7s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'signed-then-erln-later': [
    'scheduled: 200 PENDING, eta +2.3s',
    'at 0s: 200 PENDING, eta +2.3s',
    'at 2.3s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'signed-then-erln-fails-later': [
    'scheduled: 200 PENDING, eta +2.7s',
    'at 0s: 200 PENDING, eta +2.7s',
    'at 2.7s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'signed-then-dracs-later': [
    'scheduled: 200 PENDING, eta +2.6s',
    'at 0s: 200 PENDING, eta +2.6s',
    'at 2.6s: 200 DONE relative, eta +0s, doneAt +0s',
  ],

  // faults of the way, and of what is said
  'slow-headers': [
    'scheduled: 200 PENDING, eta +2.3s',
    'at 0s: 200 PENDING, eta +2.3s',
    'at 2.3s, after 6s: 200 PENDING, eta +3.3s, Date -6s',
    'at 11.6s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'slow-body': [
    'scheduled: 200 PENDING, eta +1.7s',
    'at 0s: 200 PENDING, eta +1.7s',
    'at 1.7s, after 5s: 200 PENDING, eta +3.4s, Date -5s',
    'at 10.1s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'refused-connection': [
    'scheduled: 200 PENDING, eta +2.7s',
    'at 0s: 200 PENDING, eta +2.7s',
    'at 2.7s: reset',
    'at 3.7s: refused',
    'at 4.7s: refused',
    'at 5.7s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'empty-reply': [
    'scheduled: 200 PENDING, eta +1.7s',
    'at 0s: 200 PENDING, eta +1.7s',
    'at 1.7s: closed',
    'at 2.7s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'reset-after-headers': [
    'scheduled: 200 PENDING, eta +1.3s',
    'at 0s: 200 PENDING, eta +1.3s',
    'at 1.3s: closed',
    'at 2.3s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'truncated-body': [
    'scheduled: 200 PENDING, eta +3.4s',
    'at 0s: 200 PENDING, eta +3.4s',
    'at 3.4s: of another length',
    'at 4.4s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'chunked-cut-off': [
    'scheduled: 200 PENDING, eta +3.3s',
    'at 0s: 200 PENDING, eta +3.3s',
    'at 3.3s: 200 application/json that cannot be read',
    'at 4.3s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'short-content-length': [
    'scheduled: 200 PENDING, eta +2.1s',
    'at 0s: 200 PENDING, eta +2.1s',
    'at 2.1s: 200 application/json that cannot be read',
    'at 3.1s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'broken-gzip': [
    'scheduled: 200 PENDING, eta +1.8s',
    'at 0s: 200 PENDING, eta +1.8s',
    'at 1.8s: cannot be unpacked',
    'at 2.8s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'malformed-json': [
    'scheduled: 200 PENDING, eta +3.7s',
    'at 0s: 200 PENDING, eta +3.7s',
    'at 3.7s: 200 application/json that cannot be read, off contract',
    'at 4.7s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'contract-broken': [
    'scheduled: 200 PENDING, eta +1.4s',
    'at 0s: 200 PENDING, eta +1.4s',
    'at 1.4s: 200 7, eta +3s, off contract',
    'at 4.4s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'wrong-content-type': [
    'scheduled: 200 PENDING, eta +1.9s',
    'at 0s: 200 PENDING, eta +1.9s',
    'at 1.9s: 200 PENDING, eta +3.6s, off contract',
    'at 5.5s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'byte-order-mark': [
    'scheduled: 200 PENDING, eta +2.6s',
    'at 0s: 200 PENDING, eta +2.6s',
    'at 2.6s: 200 application/json that cannot be read, off contract',
    'at 3.6s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'duplicate-keys': [
    'scheduled: 200 PENDING, eta +2.4s',
    'at 0s: 200 PENDING, eta +2.4s',
    'at 2.4s: 200 PENDING, eta +4.6s',
    'at 7s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'interim-answer': [
    'scheduled: 200 PENDING, eta +2.8s',
    'at 0s: 200 PENDING, eta +2.8s',
    'at 2.8s: 200 PENDING, eta +3.8s',
    'at 6.6s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'redirected-303': [
    'scheduled: 200 PENDING, eta +2.2s',
    'at 0s: 200 PENDING, eta +2.2s',
    'at 2.2s: 303 without a body, off contract',
    'at 3.2s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'redirected-307': [
    'scheduled: 200 PENDING, eta +1.6s',
    'at 0s: 200 PENDING, eta +1.6s',
    'at 1.6s: 307 without a body, off contract',
    'at 2.6s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'huge-body': [
    'scheduled: 200 PENDING, eta +2.6s',
    'at 0s: 200 PENDING, eta +2.6s',
    'at 2.6s: 200 PENDING, eta +7.4s',
    'at 10s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'clock-ahead': [
    'scheduled: 200 PENDING, eta +2.3s',
    'at 0s: 200 PENDING, eta +2.3s',
    'at 2.3s: 200 PENDING, eta +4.6s, Date +1h',
    'at 6.9s: 200 PENDING, eta +4.6s, Date +1h',
    'at 11.5s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'clock-behind': [
    'scheduled: 200 PENDING, eta +1.7s',
    'at 0s: 200 PENDING, eta +1.7s',
    'at 1.7s: 200 PENDING, eta +3.4s, Date -1h',
    'at 5.1s: 200 PENDING, eta +3.4s, Date -1h',
    'at 8.5s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'eta-without-zone': [
    'scheduled: 200 PENDING, eta +2.7s',
    'at 0s: 200 PENDING, eta +2.7s',
    'at 2.7s: 200 PENDING, eta without a zone, off contract',
    'at 6.5s: 200 PENDING, eta without a zone, off contract',
    'at 10.3s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'eta-in-local-time': [
    'scheduled: 200 PENDING, eta +2.6s',
    'at 0s: 200 PENDING, eta +2.6s',
    'at 2.6s: 200 PENDING, eta +4.3s in +02:00',
    'at 6.9s: 200 PENDING, eta +4.3s in +02:00',
    'at 11.2s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'eta-as-number': [
    'scheduled: 200 PENDING, eta +1.8s',
    'at 0s: 200 PENDING, eta +1.8s',
    'at 1.8s: 200 PENDING, eta of number, off contract',
    'at 2.8s: 200 PENDING, eta of number, off contract',
    'at 3.8s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'eta-missing': [
    'scheduled: 200 PENDING, eta +2.4s',
    'at 0s: 200 PENDING, eta +2.4s',
    'at 2.4s: 200 PENDING, off contract',
    'at 3.4s: 200 PENDING, off contract',
    'at 4.4s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
  'eta-null': [
    'scheduled: 200 PENDING, eta +3.3s',
    'at 0s: 200 PENDING, eta +3.3s',
    'at 3.3s: 200 PENDING, eta null, off contract',
    'at 4.3s: 200 PENDING, eta null, off contract',
    'at 5.3s: 200 DONE relative, eta +0s, doneAt +0s',
  ],
};
