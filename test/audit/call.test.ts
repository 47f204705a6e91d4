import { describe, expect, it } from 'vitest';
import { judge } from '../../src/audit/judge.js';
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
