import type { JobVerdict } from './verdict.js';

/**
 * Which findings they are: a rule's name, or the beginning of the message of one of `expectations`. With
 * `about` only those about such a job.
 */
export interface CauseKind {
  id: string;
  title: string;
  /** The rule whose page is shown; left out: that of the finding which shows the cause best. */
  rule?: string;
  advice?: string;
  /** These findings are this cause; the first ones show it best. */
  shows: readonly string[];
  /** These follow from it, in the same scenario and of the same job, whatever comes further down. */
  explains: readonly string[];
  /** These too, of a job that was not asked for any more after it: who asks on has not lost the job by it. */
  losesBy?: readonly string[];
  /** What else has to be seen in the exchanges of the job. */
  about?: (job: JobVerdict) => boolean;
}

/** What comes of leaving before the end. */
const LEFT_EARLY = [
  'reaches-the-end',
  'reads-the-result',
  'expect.reaches_end',
  'expect.result_read',
  'expect.polls.at_least',
  'expect.exit',
  'expect.output',
];

/** What comes of asking on. */
const ASKED_ON = [
  'gives-up',
  'expect.gives_up',
  'expect.reaches_end',
  'expect.polls.at_most',
  'expect.within',
  'expect.exit',
];

/**
 * What there is to change in a client, the deeper before the shallower: a finding belongs to the first
 * entry that it shows, and is folded under the first that explains it.
 */
export const CAUSE_KINDS: readonly CauseKind[] = [
  {
    id: 'waits-for-webhooks-only',
    title: 'Ask for a job whose webhook does not come',
    rule: 'falls-back-to-polling',
    shows: ['falls-back-to-polling'],
    explains: LEFT_EARLY,
  },
  {
    id: 'does-not-verify-webhooks',
    title: 'Verify the signature of each webhook, and refuse it with 401 when it is wrong',
    rule: 'webhook-verified',
    shows: ['webhook-verified'],
    explains: [],
  },
  {
    id: 'works-on-copies-of-webhooks',
    title: 'Take a webhook that comes again, and do nothing for it',
    rule: 'webhook-idempotent',
    shows: ['webhook-idempotent'],
    explains: ['no-duplicate-submission', 'stops-when-final', 'expect.submissions'],
  },
  {
    id: 'does-not-take-webhooks',
    title: 'Answer each webhook with 2xx within 5 s, and do the work afterwards',
    rule: 'webhook-answered',
    shows: ['webhook-answered'],
    explains: ['webhook-idempotent', ...LEFT_EARLY],
  },
  {
    id: 'submits-again',
    title: 'Submit once: poll the job that is there, and do not send the same request again',
    rule: 'no-duplicate-submission',
    shows: ['no-duplicate-submission', 'expect.submissions'],
    explains: ['expect.polls'],
    losesBy: [...LEFT_EARLY, 'survives-a-blip', 'tolerates-unknown-status'],
  },
  {
    id: 'polls-a-wrong-id',
    title: 'Poll the id that the answer has handed out, as it stands there',
    rule: 'only-known-jobs',
    shows: ['only-known-jobs'],
    explains: ASKED_ON,
    losesBy: [...LEFT_EARLY, 'stops-on-404'],
  },
  {
    id: 'credentials-out-of-place',
    title: 'Send credentials in the headers of every request, and never in a URL',
    rule: 'credentials-in-headers',
    shows: ['credentials-in-headers'],
    explains: [...LEFT_EARLY, 'stops-on-refusal'],
  },
  {
    id: 'asks-on-after-403',
    title: 'Stop at 403: the same credentials get the same answer',
    rule: 'stops-on-refusal',
    shows: ['stops-on-refusal: (403)'],
    explains: [...ASKED_ON, 'spacing', 'backs-off', 'eta-respected', 'newest-eta-used'],
  },
  {
    id: 'repeats-a-refused-refresh',
    title:
      'Sign in again, or stop, when a refresh is refused: the same refresh token stays refused',
    rule: 'stops-at-refused-refresh',
    shows: ['stops-at-refused-refresh'],
    explains: ['refreshes-once', 'single-refresh', 'stops-on-refusal', ...LEFT_EARLY, ...ASKED_ON],
  },
  {
    id: 'refreshes-in-a-herd',
    title: 'Let one request refresh the token, and the others wait for it',
    rule: 'single-refresh',
    shows: ['single-refresh'],
    explains: ['keeps-the-new-token', 'stops-on-refusal', ...LEFT_EARLY],
  },
  {
    id: 'refreshes-at-403',
    title: 'Stop at 403: a refreshed token may do no more',
    rule: 'no-refresh-on-403',
    shows: ['no-refresh-on-403'],
    explains: [...ASKED_ON, 'spacing', 'backs-off'],
  },
  {
    id: 'refreshes-for-ever',
    title: 'Stop when a token that was just refreshed is refused as well',
    rule: 'refreshes-once',
    shows: ['refreshes-once'],
    explains: [...ASKED_ON, 'spacing', 'backs-off', 'eta-respected', 'newest-eta-used'],
  },
  {
    id: 'goes-back-to-an-old-token',
    title: 'Read the token in one place for every request: never go back to an old one',
    rule: 'keeps-the-new-token',
    shows: ['keeps-the-new-token'],
    explains: ['stops-on-refusal', ...LEFT_EARLY, 'spacing'],
  },
  {
    id: 'keeps-an-old-token',
    title: 'Take a new token at 401: never ask again with the one that was refused',
    rule: 'stops-on-refusal',
    shows: ['stops-on-refusal'],
    explains: [
      ...ASKED_ON,
      ...LEFT_EARLY,
      ...['spacing', 'backs-off', 'eta-respected', 'newest-eta-used'],
    ],
  },
  {
    id: 'takes-failed-for-success',
    title: 'Tell a failed job from a done one: read no result, and report the failure',
    rule: 'no-result-on-failure',
    shows: ['no-result-on-failure', 'expect.result_read: a result'],
    explains: ['expect.output', 'expect.exit'],
  },
  {
    id: 'takes-failed-for-success',
    title: 'Tell a failed job from a done one: read no result, and report the failure',
    rule: 'no-result-on-failure',
    shows: ['expect.output', 'expect.exit'],
    explains: [],
    about: ({ outcome }) => outcome === 'failed' || outcome === 'cancelled',
  },
  {
    id: 'does-not-stop-at-the-end',
    title: 'Stop polling as soon as the job is done or failed',
    rule: 'stops-when-final',
    shows: ['stops-when-final'],
    explains: [...ASKED_ON, 'reads-the-result: never read'],
  },
  {
    id: 'asks-on-after-404',
    title: 'Give up a job that stays unknown (404) after a few tries',
    rule: 'stops-on-404',
    shows: ['stops-on-404'],
    explains: [...ASKED_ON, 'spacing', 'backs-off'],
  },
  {
    id: 'waits-for-ever-for-an-answer',
    title: 'Set a time-out for every request',
    rule: 'bounded-wait',
    shows: ['bounded-wait'],
    explains: [...LEFT_EARLY, ...ASKED_ON, 'survives-a-blip'],
  },
  {
    id: 'stops-at-an-unknown-status',
    title: 'Take a status that the client does not know as still running',
    rule: 'tolerates-unknown-status',
    shows: ['tolerates-unknown-status'],
    explains: LEFT_EARLY,
  },
  {
    id: 'gives-up-at-the-first-failure',
    title: 'Repeat a poll that fails: one bad answer is not the end of the job',
    rule: 'survives-a-blip',
    shows: ['survives-a-blip'],
    explains: LEFT_EARLY,
  },
  {
    id: 'ignores-eta',
    title: 'Wait until the newest eta before each poll',
    rule: 'eta-respected',
    shows: ['eta-respected', 'newest-eta-used'],
    explains: ['spacing', 'expect.polls.at_most', 'expect.within'],
  },
  {
    id: 'ignores-retry-after',
    title: 'Wait as long as Retry-After says',
    rule: 'retry-after-honoured',
    shows: ['retry-after-honoured'],
    explains: ['spacing', 'backs-off', 'expect.polls.at_most'],
  },
  {
    id: 'polls-overlap',
    title: 'Begin the wait for the next poll when the answer has come',
    rule: 'single-flight',
    shows: ['single-flight'],
    explains: ['spacing', 'expect.polls.at_most'],
  },
  {
    id: 'polls-without-a-pause',
    title: 'Keep a least pause between two polls, whatever eta says',
    rule: 'spacing',
    shows: ['spacing'],
    explains: ['backs-off', 'expect.polls.at_most'],
  },
  {
    id: 'does-not-back-off',
    title: 'Let the pauses grow while the service fails',
    rule: 'backs-off',
    shows: ['backs-off'],
    explains: ['expect.polls.at_most'],
  },
  {
    id: 'never-gives-up',
    title: 'Give up a job that never ends after a greatest time to wait',
    rule: 'gives-up',
    shows: ['gives-up', 'expect.gives_up'],
    explains: ['expect.polls.at_most', 'expect.within', 'expect.exit'],
  },
  {
    id: 'leaves-a-running-job',
    title: 'Poll until the job is done or failed',
    rule: 'reaches-the-end',
    shows: ['reaches-the-end', 'expect.reaches_end: the client never'],
    explains: LEFT_EARLY,
  },
  {
    id: 'leaves-a-running-job',
    title: 'Poll until the job is done or failed',
    rule: 'reaches-the-end',
    shows: ['expect.polls.at_least'],
    explains: LEFT_EARLY,
    about: ({ outcome }) => outcome === 'open' || outcome === 'no job',
  },
  {
    id: 'polls-too-seldom',
    title: 'Poll more often: the scenario needs more polls',
    rule: 'expectations',
    shows: ['expect.polls.at_least'],
    explains: ['expect.within'],
  },
  {
    id: 'does-not-read-the-result',
    title: 'Read the result of a job that is done, by the path that its link says',
    rule: 'reads-the-result',
    shows: ['reads-the-result', 'expect.result_read'],
    explains: ['expect.exit', 'expect.output'],
  },
  {
    id: 'polls-in-a-herd',
    title: 'Spread the polls of many jobs over time',
    rule: 'no-herd',
    shows: ['no-herd'],
    explains: [],
  },
  {
    id: 'polls-too-often',
    title: 'Poll less often: the scenario needs fewer polls',
    rule: 'expectations',
    shows: ['expect.polls.at_most'],
    explains: ['expect.within'],
  },
  {
    id: 'is-late',
    title: 'See the end of the job sooner',
    rule: 'expectations',
    shows: ['expect.within'],
    explains: [],
  },
  {
    id: 'hides-the-outcome',
    title: 'Let exit code and output tell what has become of the job',
    rule: 'expectations',
    shows: ['expect.exit', 'expect.output'],
    explains: [],
  },
  {
    id: 'departs-from-the-scenario',
    title: 'Do what the scenario expects of a good client',
    rule: 'expectations',
    shows: ['expectations'],
    explains: [],
  },
  {
    id: 'leaves-the-process',
    title: 'Go through the process step by step, each one when the one before is over',
    rule: 'follows-the-process',
    shows: ['follows-the-process'],
    explains: [],
  },
];
