import type { Evidence } from '../../src/audit/evidence.js';
import { type Exchange, UNSAID } from '../../src/sandbox/journal.js';

/** When these sessions begin. */
export const START = Date.parse('2026-02-02T12:00:00.000Z');

/** An exchange as a journal holds it; its times are milliseconds since {@link START}, by every clock. */
function exchange({ at: since = 0, ...more }: Partial<Exchange> = {}): Exchange {
  const at: number = since;
  return {
    seq: 1,
    at: START + at,
    wall: START + at,
    startedMono: at,
    endedAt: START + at + 1,
    durationMs: 1,
    method: 'GET',
    path: '/api',
    ...UNSAID,
    status: 200,
    aborted: false,
    requestHeaders: '',
    requestBody: undefined,
    responseHeaders: {},
    responseBody: '',
    note: undefined,
    ...more,
  };
}

/** A request that schedules a job. */
export const submission = (job: string, more: Partial<Exchange> = {}): Exchange =>
  exchange({
    method: 'POST',
    path: '/api/things',
    operation: 'start',
    scenario: 'own',
    resource: `thing-of-${job}`,
    job,
    ...more,
  });

/** A poll that was told PENDING, unless it says otherwise. */
export const poll = (job: string, more: Partial<Exchange> = {}): Exchange =>
  exchange({
    path: `/api/jobs/${job}`,
    operation: 'report',
    scenario: 'own',
    step: 0,
    state: 'PENDING',
    reportedOutcome: 'open',
    job,
    ...more,
  });

/** A read of something that is no job. */
export const read = (path: string, more: Partial<Exchange> = {}): Exchange =>
  exchange({ path, operation: 'read', ...more });

export const done: Partial<Exchange> = { state: 'DONE', reportedOutcome: 'done', step: 1 };
export const failed: Partial<Exchange> = { state: 'FAILED', reportedOutcome: 'failed', step: 1 };

/** What a judge is given of a session with these exchanges, in the order in which they are written. */
export function evidence(exchanges: readonly Exchange[], more: Partial<Evidence> = {}): Evidence {
  return {
    session: 'default',
    clock: { mode: 'real', pace: 1 },
    now: START + 3_600_000,
    run: 'over',
    exchanges: exchanges.map((one, i) => ({ ...one, seq: i + 1 })),
    dropped: 0,
    api: {
      report: 'report',
      schedules: new Map([['start', { createsResource: true }]]),
      states: new Map([
        ['PENDING', 'open'],
        ['DONE', 'done'],
        ['FAILED', 'failed'],
      ]),
      eta: 'promise',
      result: undefined,
      credentials: [],
    },
    bodyOf: ({ requestBody }) => requestBody?.plain ?? '',
    scenarioOf: () => undefined,
    ...more,
  };
}
