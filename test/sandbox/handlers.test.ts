import { describe, expect, it } from 'vitest';
import { toldValue } from '../../src/contract/message.js';
import { handlePoll } from '../../src/sandbox/handle-poll.js';
import { handleSchedule } from '../../src/sandbox/handle-schedule.js';
import type { Handled } from '../../src/sandbox/handled.js';
import type { Session } from '../../src/sandbox/session.js';
import { creation, openSession, requestFor, START } from './world.js';

const TWO_POLLS = `
scenario: two-polls
life:
  - state: PENDING
    for: 2 polls
  - state: DONE
`;
const THREE_SECONDS = `
scenario: three-seconds
life:
  - state: PENDING
    for: 3s
  - state: DONE
`;

/** Schedules a job and keeps it; its id. */
function begin(session: Session): string {
  const draft = session.draft();
  const handled = handleSchedule(draft, creation());
  expect(session.keep(draft)).toBe(true);
  return handled.journal.job ?? '';
}

const pollOf = (job: string) => requestFor('getAsyncJobStatus', { params: { asyncJobId: job } });

function statusOf(handled: Handled): unknown {
  if (handled.outcome.kind === 'refusal') return handled.outcome.refusal.status;
  return (toldValue(handled.outcome.answer) as { data: { status: string } }).data.status;
}

describe('handlers', () => {
  it('decide what a request comes to and leave the session as it is', async () => {
    const session = await openSession([TWO_POLLS]);
    const draft = session.draft();
    const handled = handleSchedule(draft, creation());
    expect(statusOf(handled)).toBe('PENDING');
    expect(draft.changes.map(({ kind }) => kind)).toContain('scheduled');
    expect(session.jobs.size).toBe(0);
  });

  it('decide the same again when a decision is thrown away', async () => {
    const session = await openSession([TWO_POLLS]);
    const [first, second] = [session.draft(), session.draft()].map((draft) => ({
      handled: handleSchedule(draft, creation()),
      draft,
    }));
    expect(first?.handled.journal).toEqual(second?.handled.journal);
    expect(session.keep(first?.draft as never)).toBe(true);
    expect(session.keep(second?.draft as never)).toBe(false);
    expect(session.jobs.size).toBe(1);
  });

  it('count a poll once the session keeps it, and no poll that was thrown away', async () => {
    const session = await openSession([TWO_POLLS]);
    const job = begin(session);
    for (let i = 0; i < 5; i += 1) handlePoll(session.draft(), pollOf(job));
    expect(session.jobs.get(job)?.polls).toBe(0);
    const told = [];
    for (let i = 0; i < 3; i += 1) {
      const draft = session.draft();
      told.push(statusOf(handlePoll(draft, pollOf(job))));
      session.keep(draft);
    }
    expect(told).toEqual(['PENDING', 'PENDING', 'DONE']);
  });

  it('make what a job changes at its end, once, whoever looks first', async () => {
    const session = await openSession([THREE_SECONDS]);
    const job = begin(session);
    session.advance(2999);
    expect(session.resources.size).toBe(0);
    session.advance(1);
    expect(session.resources.size).toBe(1);
    const draft = session.draft();
    expect(statusOf(handlePoll(draft, pollOf(job)))).toBe('DONE');
    expect(draft.changes.map(({ kind }) => kind)).toEqual(['polled']);
  });

  it('see in one decision what jobs that are due have made', async () => {
    const session = await openSession([THREE_SECONDS]);
    const job = begin(session);
    const state = session.draft().state;
    state.clock = { ...state.clock, now: () => START + 3000 };
    const draft = session.draft();
    const handled = handlePoll(draft, pollOf(job));
    expect(statusOf(handled)).toBe('DONE');
    expect(draft.changes.map(({ kind }) => kind)).toEqual([
      'moved',
      'stream',
      'resource',
      'settled',
      'polled',
    ]);
    expect(session.resources.size).toBe(0);
  });

  it('settle jobs in the order of their ends, not of their ids or beginnings', async () => {
    const slow = THREE_SECONDS;
    const fast = THREE_SECONDS.replaceAll('three-seconds', 'one-second').replace('3s', '1s');
    const session = await openSession([slow, fast]);
    const first = begin(session);
    session.enqueue({ scenario: 'one-second', operation: undefined, times: 1 });
    const second = begin(session);
    session.advance(60_000);
    const made = [...session.resources.all()].map(({ id }) => id);
    const resourceOf = (job: string) => session.jobs.get(job)?.resource;
    expect(made).toEqual([resourceOf(second), resourceOf(first)]);
  });

  it('say 404 for a job of another session, and count nothing', async () => {
    const session = await openSession([TWO_POLLS]);
    const draft = session.draft();
    expect(statusOf(handlePoll(draft, pollOf('00000000-0000-4000-8000-000000000000')))).toBe(404);
    expect(draft.changes).toEqual([]);
  });

  it('leave the queue to the next request when the pack refuses this one', async () => {
    const session = await openSession([TWO_POLLS, THREE_SECONDS]);
    session.enqueue({ scenario: 'three-seconds', operation: undefined, times: 1 });
    const wrong = creation();
    const body = structuredClone(wrong.body) as { category: { coding: { code: string }[] } };
    (body.category.coding[0] as { code: string }).code = 'LIVE_BIRTH';
    const draft = session.draft();
    expect(statusOf(handleSchedule(draft, { ...wrong, body }))).toBe(422);
    session.keep(draft);
    expect(session.queue).toHaveLength(1);
    const job = session.jobs.get(begin(session));
    expect(job?.scenario.name).toBe('three-seconds');
    expect(session.queue).toHaveLength(0);
  });

  it('fill {state} in an answer that stands in the place of a state', async () => {
    const scenario = `
scenario: told-otherwise
off_contract: true
life:
  - state: PENDING
    for: 1 poll
  - answer:
      http: 200
      body: { status: "{state}" }
`;
    const session = await openSession([scenario]);
    const job = begin(session);
    const values = [];
    for (let i = 0; i < 2; i += 1) {
      const draft = session.draft();
      const { outcome } = handlePoll(draft, pollOf(job));
      if (outcome.kind === 'answer') values.push(toldValue(outcome.answer));
      session.keep(draft);
    }
    expect(values[1]).toEqual({ status: 'PENDING' });
  });
});

describe('chaos', () => {
  it('draws the same faults for the same seed, whatever the session is called', async () => {
    const chaos = { rate: 0.5, seed: 7, faults: ['reset', 'bom'] as const, operations: undefined };
    const draws = [];
    for (let i = 0; i < 2; i += 1) {
      const session = await openSession([TWO_POLLS], { chaos, seed: i });
      const faults = [];
      for (let poll = 0; poll < 20; poll += 1) {
        const draft = session.draft();
        faults.push(draft.drawFault('getAsyncJobStatus')?.name);
        session.keep(draft);
      }
      draws.push(faults);
    }
    expect(draws[0]).toEqual(draws[1]);
    expect(new Set(draws[0]).size).toBe(3);
  });

  it('draws nothing for good while a decision is not kept', async () => {
    const chaos = { rate: 0.5, seed: 7, faults: ['reset', 'bom'] as const, operations: undefined };
    const session = await openSession([TWO_POLLS], { chaos });
    const once = session.draft().drawFault('getAsyncJobStatus')?.name;
    const again = session.draft().drawFault('getAsyncJobStatus')?.name;
    expect(again).toBe(once);
  });
});
