import { type Lesson, noJob } from '../lesson.js';
import { answerOf, mishapOf, seconds } from '../steps.js';

/** What becomes of the request that schedules: there is no job. */
export const REQUESTS: readonly Lesson[] = [
  refused(422),
  refused(400),
  {
    name: 'internal-error-on-submit',
    group: 'refused',
    title: () => '500 at once, there is no job',
    about:
      'The API has failed before there was a job: the client does not poll, and schedules again only with care.',
    refuse: () => answerOf(500),
    offContract: ({ schedules }) => !schedules(500),
    expect: noJob,
  },
  {
    name: 'overloaded-on-submit',
    group: 'throttled',
    title: () => '503 at once, with Retry-After, there is no job',
    about:
      'The API takes no new jobs for now: the client waits for Retry-After before it schedules again.',
    refuse: () => answerOf(503, { retryAfter: seconds(5) }),
    offContract: ({ schedules }) => !schedules(503),
    expect: noJob,
  },
  {
    name: 'reset-on-submit',
    group: 'broken',
    title: () => 'The connection breaks at once, there is no job',
    about:
      'No answer came, so there is no id to poll: the client tells its user that the outcome is unknown and does not send the request again by itself.',
    refuse: () => mishapOf('reset'),
    expect: noJob,
  },
];

/** A refusal that the contract documents for every operation that schedules. */
function refused(status: number): Lesson {
  return {
    name: `refused-on-submit-${status}`,
    group: 'refused',
    title: () => `${status} at once, there is no job`,
    about:
      'The request itself breaks a rule: no job comes into being, so there is nothing to poll and an error to show.',
    lacks: ({ schedules }) =>
      schedules(status) ? undefined : `not every operation that schedules documents a ${status}`,
    refuse: () => answerOf(status),
    expect: noJob,
  };
}
