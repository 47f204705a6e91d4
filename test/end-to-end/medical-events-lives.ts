/**
 * What a client gets to see of each scenario of the medical events API, as `catalogue-lives.ts` has it
 * of the other catalogue: it polls at once, then when it was told to.
 */
export const LIVES: Record<string, string[]> = {
  // happy
  'held-until-released': [
    'scheduled: 202 pending, eta +3s',
    'at 0s: 200 pending, eta +3s',
    'at 3s: 200 pending, eta +3s',
    'released',
    'at 6s: 200 processed encounter by address, eta +0s',
  ],
  'processed-after-eta': [
    'scheduled: 202 pending, eta +3s',
    'at 0s: 200 pending, eta +3s',
    'at 3s: 200 processed encounter by address, eta +0s',
    'at 4s: 200 processed encounter by address, eta -1s',
  ],
  'processed-after-two-polls': [
    'scheduled: 202 pending, eta +3s',
    'at 0s: 200 pending, eta +3s',
    'at 3s: 200 pending, eta +3s',
    'at 6s: 200 processed encounter by address, eta +0s',
    'at 7s: 200 processed encounter by address, eta -1s',
  ],
  'processed-at-once': [
    'scheduled: 202 pending, eta +0s',
    'at 0s: 200 processed encounter by address, eta +0s',
    'at 1s: 200 processed encounter by address, eta -1s',
  ],
  // slow
  'eta-moves': [
    'scheduled: 202 pending, eta +5s',
    'at 0s: 200 pending, eta +5s',
    'at 5s: 200 pending, eta +5s',
    'at 10s: 200 pending, eta +5s',
    'at 15s: 200 pending, eta +5s',
    'at 20s: 200 processed encounter by address, eta +0s',
    'at 21s: 200 processed encounter by address, eta -1s',
  ],
  slow: [
    'scheduled: 202 pending, eta +10min',
    'at 0s: 200 pending, eta +10min',
    'at 10min: 200 processed encounter by address, eta +0s',
    'at 601s: 200 processed encounter by address, eta -1s',
  ],
  'slow-answer': [
    'scheduled: 202 pending, eta +3s',
    'at 0s: 200 pending, eta +3s',
    'at 3s, after 5s: 200 pending, eta +3s',
    'at 11s, after 5s: 200 pending, eta +3s',
    'at 19s: 200 processed encounter by address, eta +0s',
    'at 20s: 200 processed encounter by address, eta -1s',
  ],
  // failed
  'failed-after-outage': [
    'scheduled: 202 pending, eta +3s',
    'at 0s: 200 pending, eta +3s',
    'at 3s: 200 pending, eta +3s',
    'at 6s: 503 service_unavailable, Retry-After 2, off contract',
    'at 8s: 200 failed 422 "The episode is closed"',
    'at 9s: 200 failed 422 "The episode is closed"',
  ],
  'failed-already-exists': [
    'scheduled: 202 pending, eta +3s',
    'at 0s: 200 pending, eta +3s',
    'at 3s: 200 failed 422 $.id',
    'at 4s: 200 failed 422 $.id',
  ],
  'failed-not-found': [
    'scheduled: 202 pending, eta +3s',
    'at 0s: 200 pending, eta +3s',
    'at 3s: 200 failed 404 "Encounter is not found"',
    'at 4s: 200 failed 404 "Encounter is not found"',
  ],
  'failed-validation': [
    'scheduled: 202 pending, eta +3s',
    'at 0s: 200 pending, eta +3s',
    'at 3s: 200 failed 422 $.encounter.date',
    'at 4s: 200 failed 422 $.encounter.date',
  ],
  'failed-visit-not-found': [
    'scheduled: 202 pending, eta +3s',
    'at 0s: 200 pending, eta +3s',
    'at 3s: 200 failed 422 $.encounter.visit.identifier.value',
    'at 4s: 200 failed 422 $.encounter.visit.identifier.value',
  ],
  'failed-without-list': [
    'scheduled: 202 pending, eta +3s',
    'at 0s: 200 pending, eta +3s',
    'at 3s: 200 failed 500 "Internal error"',
    'at 4s: 200 failed 500 "Internal error"',
  ],
  // lost
  'lost-after-pending': [
    'scheduled: 202 pending, eta +3s',
    'at 0s: 200 pending, eta +3s',
    'at 3s: 200 pending, eta +3s',
    'at 6s: 404 not_found',
    'at 7s: 404 not_found',
  ],
  'not-yet-visible': [
    'scheduled: 202 pending, eta +3s',
    'at 0s: 404 not_found',
    'at 1s: 200 pending, eta +3s',
    'at 4s: 200 processed encounter by address, eta +0s',
    'at 5s: 200 processed encounter by address, eta -1s',
  ],
  // refused
  forbidden: ['scheduled: 202 pending, eta +3s', 'at 0s: 403 forbidden', 'at 1s: 403 forbidden'],
  'refused-on-submit-409': ['refused: 409 request_conflict'],
  'unauthorized-in-mid-poll': [
    'scheduled: 202 pending, eta +3s',
    'at 0s: 200 pending, eta +3s',
    'at 3s: 401 access_denied',
    'at 4s: 200 processed encounter by address, eta +0s',
    'at 5s: 200 processed encounter by address, eta -1s',
  ],
  // throttled
  'overloaded-on-submit': ['refused: 429 too_many_requests, Retry-After 5'],
  'throttled-429': [
    'scheduled: 202 pending, eta +3s',
    'at 0s: 429 too_many_requests, Retry-After 2, off contract',
    'at 2s: 429 too_many_requests, Retry-After 2, off contract',
    'at 4s: 200 pending, eta +3s',
    'at 7s: 200 processed encounter by address, eta +0s',
    'at 8s: 200 processed encounter by address, eta -1s',
  ],
  'unavailable-503': [
    'scheduled: 202 pending, eta +3s',
    'at 0s: 503 service_unavailable, Retry-After 2, off contract',
    'at 2s: 503 service_unavailable, Retry-After 2, off contract',
    'at 4s: 200 pending, eta +3s',
    'at 7s: 200 processed encounter by address, eta +0s',
    'at 8s: 200 processed encounter by address, eta -1s',
  ],
  // broken
  'bad-gateway-html': [
    'scheduled: 202 pending, eta +3s',
    'at 0s: 502 text/html; charset=utf-8, off contract',
    'at 1s: 200 processed encounter by address, eta +0s',
    'at 2s: 200 processed encounter by address, eta -1s',
  ],
  'reset-once': [
    'scheduled: 202 pending, eta +3s',
    'at 0s: 200 pending, eta +3s',
    'at 3s: reset',
    'at 4s: 200 processed encounter by address, eta +0s',
    'at 5s: 200 processed encounter by address, eta -1s',
  ],
  'silent-server': [
    'scheduled: 202 pending, eta +3s',
    'at 0s: hang',
    'at 1s: 200 processed encounter by address, eta +0s',
    'at 2s: 200 processed encounter by address, eta -1s',
  ],
  // odd
  'never-ends': [
    'scheduled: 202 pending, eta +3s',
    'at 0s: 200 pending, eta +3s',
    'at 3s: 200 pending, eta +3s',
    'at 6s: 200 pending, eta +3s',
  ],
  'processed-no-links': [
    'scheduled: 202 pending, eta +3s',
    'at 0s: 200 pending, eta +3s',
    'at 3s: 200 processed without a link, eta +0s',
    'at 4s: 200 processed without a link, eta -1s',
  ],
  'processed-rooted-href': [
    'scheduled: 202 pending, eta +3s',
    'at 0s: 200 pending, eta +3s',
    'at 3s: 200 processed encounter by path, eta +0s',
    'at 4s: 200 processed encounter by path, eta -1s',
  ],
  'unknown-status': [
    'scheduled: 202 pending, eta +3s',
    'at 0s: 200 processing, eta +3s, off contract',
    'at 3s: 200 processing, eta +3s, off contract',
    'at 6s: 200 processed encounter by address, eta +0s',
    'at 7s: 200 processed encounter by address, eta -1s',
  ],
};
