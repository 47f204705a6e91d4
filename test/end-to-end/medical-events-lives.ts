/**
 * What a client gets to see of each scenario of the medical events API, as `catalogue-lives.ts` has it
 * of the other catalogue: it polls at once, then when it was told to.
 */
export const LIVES: Record<string, string[]> = {
  // happy
  'held-until-released': [
    'scheduled: 202 pending, eta +2.7s',
    'at 0s: 200 pending, eta +2.7s',
    'at 2.7s: 200 pending, eta +2.7s',
    'released',
    'at 5.4s: 200 processed encounter by address, eta +0s',
  ],
  'processed-after-eta': [
    'scheduled: 202 pending, eta +2.3s',
    'at 0s: 200 pending, eta +2.3s',
    'at 2.3s: 200 processed encounter by address, eta +0s',
    'at 3.3s: 200 processed encounter by address, eta -1s',
  ],
  'processed-after-two-polls': [
    'scheduled: 202 pending, eta +2.3s',
    'at 0s: 200 pending, eta +2.3s',
    'at 2.3s: 200 pending, eta +6.4s',
    'at 8.7s: 200 processed encounter by address, eta +0s',
    'at 9.7s: 200 processed encounter by address, eta -1s',
  ],
  'processed-at-once': [
    'scheduled: 202 pending, eta +0s',
    'at 0s: 200 processed encounter by address, eta +0s',
    'at 1s: 200 processed encounter by address, eta -1s',
  ],
  // slow
  'eta-moves': [
    'scheduled: 202 pending, eta +2.3s',
    'at 0s: 200 pending, eta +2.3s',
    'at 2.3s: 200 pending, eta +12.6s',
    'at 14.9s: 200 pending, eta +1.7s',
    'at 16.6s: 200 pending, eta +4.4s',
    'at 21s: 200 processed encounter by address, eta +0s',
    'at 22s: 200 processed encounter by address, eta -1s',
  ],
  slow: [
    'scheduled: 202 pending, eta +10min',
    'at 0s: 200 pending, eta +10min',
    'at 10min: 200 processed encounter by address, eta +0s',
    'at 601s: 200 processed encounter by address, eta -1s',
  ],
  'slow-answer': [
    'scheduled: 202 pending, eta +1.7s',
    'at 0s: 200 pending, eta +1.7s',
    'at 1.7s, after 5s: 200 pending, eta +3.3s',
    'at 10s, after 5s: 200 pending, eta +1.4s',
    'at 16.4s: 200 processed encounter by address, eta +0s',
    'at 17.4s: 200 processed encounter by address, eta -1s',
  ],
  // failed
  'failed-after-outage': [
    'scheduled: 202 pending, eta +2.3s',
    'at 0s: 200 pending, eta +2.3s',
    'at 2.3s: 200 pending, eta +4.6s',
    'at 6.9s: 503 service_unavailable, Retry-After 3, off contract',
    'at 9.9s: 200 failed 422 "The episode is closed"',
    'at 10.9s: 200 failed 422 "The episode is closed"',
  ],
  'failed-already-exists': [
    'scheduled: 202 pending, eta +2.4s',
    'at 0s: 200 pending, eta +2.4s',
    'at 2.4s: 200 failed 422 $.id',
    'at 3.4s: 200 failed 422 $.id',
  ],
  'failed-not-found': [
    'scheduled: 202 pending, eta +3.4s',
    'at 0s: 200 pending, eta +3.4s',
    'at 3.4s: 200 failed 404 "Encounter is not found"',
    'at 4.4s: 200 failed 404 "Encounter is not found"',
  ],
  'failed-validation': [
    'scheduled: 202 pending, eta +2.8s',
    'at 0s: 200 pending, eta +2.8s',
    'at 2.8s: 200 failed 422 $.encounter.date',
    'at 3.8s: 200 failed 422 $.encounter.date',
  ],
  'failed-visit-not-found': [
    'scheduled: 202 pending, eta +4.6s',
    'at 0s: 200 pending, eta +4.6s',
    'at 4.6s: 200 failed 422 $.encounter.visit.identifier.value',
    'at 5.6s: 200 failed 422 $.encounter.visit.identifier.value',
  ],
  'failed-without-list': [
    'scheduled: 202 pending, eta +1.8s',
    'at 0s: 200 pending, eta +1.8s',
    'at 1.8s: 200 failed 500 "Internal error"',
    'at 2.8s: 200 failed 500 "Internal error"',
  ],
  // lost
  'lost-after-pending': [
    'scheduled: 202 pending, eta +3.4s',
    'at 0s: 200 pending, eta +3.4s',
    'at 3.4s: 200 pending, eta +1.7s',
    'at 5.1s: 404 not_found',
    'at 6.1s: 404 not_found',
  ],
  'not-yet-visible': [
    'scheduled: 202 pending, eta +1.4s',
    'at 0s: 404 not_found',
    'at 1s: 200 pending, eta +4.6s',
    'at 5.6s: 200 processed encounter by address, eta +0s',
    'at 6.6s: 200 processed encounter by address, eta -1s',
  ],
  // refused
  forbidden: ['scheduled: 202 pending, eta +2.3s', 'at 0s: 403 forbidden', 'at 1s: 403 forbidden'],
  'refused-on-submit-409': ['refused: 409 request_conflict'],
  'unauthorized-then-renewed': [
    'scheduled: 202 pending, eta +2.4s',
    'at 0s: 200 pending, eta +2.4s',
    'at 2.4s: 401 access_denied',
    'at 3.4s: 200 processed encounter by address, eta +0s',
    'at 4.4s: 200 processed encounter by address, eta -1s',
  ],
  'unauthorized-in-mid-poll': [
    'scheduled: 202 pending, eta +3.7s',
    'at 0s: 200 pending, eta +3.7s',
    'at 3.7s: 401 access_denied',
    'at 4.7s: 200 processed encounter by address, eta +0s',
    'at 5.7s: 200 processed encounter by address, eta -1s',
  ],
  // throttled
  'overloaded-on-submit': ['refused: 429 too_many_requests, Retry-After 5'],
  'throttled-429': [
    'scheduled: 202 pending, eta +1.7s',
    'at 0s: 429 too_many_requests, Retry-After 3',
    'at 3s: 429 too_many_requests, Retry-After 7',
    'at 10s: 200 pending, eta +2.3s',
    'at 12.3s: 200 processed encounter by address, eta +0s',
    'at 13.3s: 200 processed encounter by address, eta -1s',
  ],
  'unavailable-503': [
    'scheduled: 202 pending, eta +2.6s',
    'at 0s: 503 service_unavailable, Retry-After 4, off contract',
    'at 4s: 503 service_unavailable, Retry-After 6, off contract',
    'at 10s: 200 pending, eta +1.4s',
    'at 11.4s: 200 processed encounter by address, eta +0s',
    'at 12.4s: 200 processed encounter by address, eta -1s',
  ],
  // broken
  'bad-gateway-html': [
    'scheduled: 202 pending, eta +3.4s',
    'at 0s: 502 text/html; charset=utf-8, off contract',
    'at 1s: 200 processed encounter by address, eta +0s',
    'at 2s: 200 processed encounter by address, eta -1s',
  ],
  'reset-once': [
    'scheduled: 202 pending, eta +2.3s',
    'at 0s: 200 pending, eta +2.3s',
    'at 2.3s: reset',
    'at 3.3s: 200 processed encounter by address, eta +0s',
    'at 4.3s: 200 processed encounter by address, eta -1s',
  ],
  'silent-server': [
    'scheduled: 202 pending, eta +2.6s',
    'at 0s: hang',
    'at 1s: 200 processed encounter by address, eta +0s',
    'at 2s: 200 processed encounter by address, eta -1s',
  ],
  // odd
  'never-ends': [
    'scheduled: 202 pending, eta +4.3s',
    'at 0s: 200 pending, eta +4.3s',
    'at 4.3s: 200 pending, eta +4.3s',
    'at 8.6s: 200 pending, eta +4.3s',
  ],
  'processed-no-links': [
    'scheduled: 202 pending, eta +3.7s',
    'at 0s: 200 pending, eta +3.7s',
    'at 3.7s: 200 processed without a link, eta +0s',
    'at 4.7s: 200 processed without a link, eta -1s',
  ],
  'processed-rooted-href': [
    'scheduled: 202 pending, eta +2.6s',
    'at 0s: 200 pending, eta +2.6s',
    'at 2.6s: 200 processed encounter by path, eta +0s',
    'at 3.6s: 200 processed encounter by path, eta -1s',
  ],
  'unknown-status': [
    'scheduled: 202 pending, eta +2.3s',
    'at 0s: 200 processing, eta +2.3s, off contract',
    'at 2.3s: 200 processing, eta +5.7s, off contract',
    'at 8s: 200 processed encounter by address, eta +0s',
    'at 9s: 200 processed encounter by address, eta -1s',
  ],
};
