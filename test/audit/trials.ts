import type { Habits } from '../clients/poller.js';

export interface Trial {
  /** Puts a client to the test. */
  scenario: string;
  /** What a client that breaks the rule does. */
  habits: Partial<Habits>;
  /** What the finding says. */
  says: RegExp;
  /** Rules that such a client cannot but break as well. */
  also?: string[];
  /** For the client that keeps the rule. */
  kept?: Partial<Habits>;
  /** Every request puts a client to this test. */
  always?: true;
}

/** A client that breaks each rule, and the scenario in which a good one keeps it. */
export const TRIALS: Record<string, Trial> = {
  'eta-respected': {
    scenario: 'done-after-eta',
    habits: { eta: 'none' },
    says: /^3 of 4 polls came before the newest eta, by up to 2.3 s$/,
  },
  'newest-eta-used': {
    scenario: 'eta-comes-closer',
    habits: { eta: 'first', least: 21_400 },
    says: /did not go by the newest eta/,
    // A pause that stays what it was at first follows no eta.
    also: ['eta-respected'],
  },
  spacing: {
    scenario: 'eta-already-past',
    habits: { least: 50 },
    says: /^3 of 3 pauses between polls were shorter than 1 s, down to 50 ms$/,
  },
  'single-flight': {
    scenario: 'slow-answer',
    habits: { overlaps: true },
    says: /came while an earlier one of the same job had no answer yet$/,
    // Two polls in the same instant: the second one follows no eta and no pause, and comes after the end.
    also: ['eta-respected', 'newest-eta-used', 'spacing', 'stops-when-final'],
  },
  'retry-after-honoured': {
    scenario: 'unavailable-503',
    habits: { heedsRetryAfter: false },
    says: /did not wait for Retry-After: the next request came up to 4 s too early/,
  },
  'backs-off': {
    scenario: 'outage',
    habits: { backoff: 1 },
    says: /^after 5 failures in a row the pauses did not grow: 1 s, 1 s, 1 s, 1 s, 1 s$/,
  },
  'survives-a-blip': {
    scenario: 'reset-once',
    habits: { failures: 1 },
    says: /^the client never asked again after one failure \(reset\)$/,
  },
  'tolerates-unknown-status': {
    scenario: 'unknown-status',
    habits: { unknownEnds: true },
    says: /^the client stopped when it was told SUSPENDED, after 1 poll$/,
  },
  'reaches-the-end': {
    scenario: 'done-after-five-polls',
    habits: { polls: 2 },
    says: /^the client stopped after 2 polls although the job was open; the newest eta was 12:00/,
  },
  'stops-when-final': {
    scenario: 'done-after-eta',
    habits: { pollsAfterEnd: 2 },
    says: /^2 polls came after the job had been told to be DONE$/,
  },
  'stops-on-404': {
    scenario: 'lost-after-pending',
    habits: { missing: 6 },
    says: /^the job was asked for 6 times in a row although it was not found \(404\)$/,
  },
  'stops-on-refusal': {
    scenario: 'forbidden',
    habits: { insists: 2 },
    says: /^2 polls came with the credentials that had just been refused \(403\)$/,
  },
  'gives-up': {
    scenario: 'never-ends',
    habits: { patience: 45 * 60_000 },
    says: /^the client was still polling after 44.9 min and 627 polls; 30 min are allowed$/,
  },
  'bounded-wait': {
    scenario: 'silent-server',
    habits: { timeout: 300_000 },
    says: /^1 request waited for a silent server for up to 5 min$/,
  },
  'reads-the-result': {
    scenario: 'done-rooted-href',
    habits: { reads: 'wrong path' },
    says: /^the result was asked for by a wrong path: .* answers 404$/,
  },
  'no-result-on-failure': {
    scenario: 'failed-error-list',
    habits: { readsAfterFailure: true },
    says: /^the job was FAILED, and yet a result was asked for: .* answers 404$/,
  },
  'no-duplicate-submission': {
    scenario: 'done-after-two-polls',
    habits: { resubmits: true },
    says: /^the same request was sent again while job .* was open$/,
    also: ['reaches-the-end'],
  },
  'only-known-jobs': {
    scenario: 'done-after-two-polls',
    habits: { strangeId: 'undefined' },
    says: /^"undefined" was polled \(1 time\), an id that no answer of this session has handed out$/,
  },
  'credentials-in-headers': {
    always: true,
    scenario: 'done-after-eta',
    habits: { tokenInUrl: true },
    says: /^3 requests had credentials in the URL$/,
  },
};
