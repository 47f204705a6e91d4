import { describe, expect, it } from 'vitest';
import { judge } from '../../src/audit/judge.js';
import { replyOf } from '../../src/audit/reply.js';
import { evidence, failed, poll, START, submission } from '../support/evidence.js';
import { ruleOf } from './play.js';

/** What becomes of a client that asks again one second after a 503 with Retry-After: 2, which met a fault. */
const insistedAfter = (
  fault: 'truncated-body' | 'wrong-content-length' | 'malformed-json' | undefined,
) =>
  ruleOf(
    judge(
      evidence([
        submission('job', { eta: START + 3000 }),
        poll('job', {
          at: 3000,
          status: 503,
          reportedOutcome: undefined,
          responseHeaders: { 'Retry-After': '2' },
          fault,
        }),
        poll('job', { at: 4001, ...failed }),
      ]),
      {},
    ),
    'retry-after-honoured',
  ).outcome;

describe('Retry-After', () => {
  it('binds a client whose answer came whole, whatever its body is', () => {
    expect(insistedAfter(undefined)).toBe('failed');
    expect(insistedAfter('malformed-json')).toBe('failed');
  });

  it('binds nobody whose answer was cut on its way', () => {
    expect(insistedAfter('truncated-body')).toBe('not exercised');
    expect(insistedAfter('wrong-content-length')).toBe('not exercised');
  });
});

describe('the answer that has scheduled a job', () => {
  const told = (responseBody: string, status = 200) => {
    const exchanges = [{ ...submission('job'), responseBody, status, reportedOutcome: undefined }];
    const {
      exchanges: [exchange],
      api,
    } = evidence(exchanges);
    if (!exchange) throw new Error('there is no exchange');
    return replyOf(exchange, api);
  };

  it.each([
    ['{"data":{"id":"job","status":"PENDING"}}', 'open'],
    ['{"data":{"id":"job","state":["DONE","PENDING"]}}', 'done'],
    ['{"PENDING":1,"FAILED":{"status":"PENDING"}}', 'open'],
    ['{"FAILED":1}', 'unknown'],
    ['{"data":{"id":"PENDINGS"}}', 'unknown'],
    // A text may hold what looks like another one.
    ['{"note":"he said \\"FAILED\\", and","status":"PENDING"}', 'open'],
    ['{"status":"\\u0050ENDING"}', 'open'],
    ['["PENDING"]', 'open'],
    ['it is "PENDING",', 'unreadable'],
  ])('names a state by a value, whether or not it has to be read for that: %s', (body, reply) => {
    expect(told(body)).toBe(reply);
  });

  it('says that the job runs where its status does', () => {
    expect([told('{}', 202), told('{"s":"FAILED"}', 202), told('{}')]).toEqual([
      'open',
      'failed',
      'unknown',
    ]);
  });
});
