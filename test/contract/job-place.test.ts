import { describe, expect, it } from 'vitest';
import { jobOf, mergeBody, namingJob, parseJobPlace } from '../../src/contract/job-place.js';

const NOTHING = { params: {}, query: {}, headers: {}, body: undefined };

describe('the place of a job', () => {
  it.each([
    ['jobId', { params: { jobId: 'a' } }],
    ['path.jobId', { params: { jobId: 'a' } }],
    ['query.id', { query: { id: 'a' } }],
    ['header.X-Job', { headers: { 'x-job': 'a' } }],
    ['body.device_code', { body: { device_code: 'a' } }],
    ['body.jobs.0.id', { body: { jobs: [{ id: 'a' }] } }],
  ])('is read: %s', (text, parts) => {
    expect(jobOf({ job: parseJobPlace(text) }, { ...NOTHING, ...parts })).toBe('a');
    expect(jobOf({ job: parseJobPlace(text) }, NOTHING)).toBeUndefined();
  });

  it('holds a text or a number, the first one where there are several', () => {
    const query = { job: parseJobPlace('query.id') };
    const ask = (id: unknown) => jobOf(query, { ...NOTHING, query: { id } });
    expect([7, 7n, ['a', 'b'], '', null, true, {}].map(ask)).toEqual([
      '7',
      '7',
      'a',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each([
    'jobId',
    'query.id',
    'header.X-Job',
    'body.device_code',
    'body.job.id',
  ])('is written as it is read: %s', (text) => {
    const job = parseJobPlace(text);
    expect(jobOf({ job }, namingJob({ job }, 'x/1'))).toBe('x/1');
  });

  it('stands within what a body says else', () => {
    const { body } = namingJob({ job: parseJobPlace('body.job.id') }, 7);
    expect(mergeBody({ a: 1, job: { kind: 'k', id: 0 } }, body)).toEqual({
      a: 1,
      job: { kind: 'k', id: 7 },
    });
    expect(mergeBody(undefined, body)).toEqual({ job: { id: 7 } });
  });
});
