import { expect, it } from 'vitest';
import { jobOf } from '../../src/board/sessions/job-of.js';
import type { Judged } from '../../src/board/sessions/judgement.js';
import type { JobState, LightExchange } from '../../src/sandbox/control/views.js';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const JOB = { id: 'a', operation: 'render', scenario: 's', start: at(0) } as JobState;
const NOTHING: Judged = { breaks: new Map(), replies: new Map(), broken: [] };

const exchange = (seq: number, what: Partial<LightExchange>) =>
  ({
    seq,
    at: at(seq),
    until: at(seq),
    job: 'a',
    method: 'POST',
    status: 200,
    ...what,
  }) as LightExchange;
const WEBHOOK = { id: 'm', event: 'finished', attempt: 1, copy: 1, signed: true };
const hook = (status: number, made?: 'forged') =>
  exchange(2, {
    status,
    state: 'done',
    told: 'done',
    webhook: { ...WEBHOOK, ...(made === undefined ? {} : { made }) },
  });

it.each([
  ['was taken', hook(204), 'done'],
  ['was refused', hook(500), 'open'],
  ['had a wrong signature', hook(204, 'forged'), 'open'],
])('knows the end of a job by a webhook that %s', (_, sent, outcome) => {
  const scheduled = exchange(1, { operation: 'render', status: 202 });
  expect(jobOf(JOB, [scheduled, sent], NOTHING).outcome).toBe(outcome);
});
