import { ofRetries } from './common.mjs';

/** Debian's own, which sees Debian's packages; another one in front of it need not. */
const PYTHON = '/usr/bin/python3';
const DEBIAN = ['python3-requests', 'python3-urllib3'];

/** The readings of the two in Python; the clients are requests_retry.py and tenacity_loop.py. */
export const entries = [
  {
    name: 'requests with urllib3 Retry',
    kind: 'other',
    what: 'repeats a GET five times, after 0, 2, 4, 8, … s or as Retry-After says',
    debian: DEBIAN,
    command: [PYTHON, 'test/conformance/others/requests_retry.py'],
    plays: ofRetries(
      {
        finds: [],
        may: ['spacing'],
        why: 'Retry.sleep waits for Retry-After; get_backoff_time is 0 after one failure, so a reset is repeated at once, and once is enough',
      },
      {
        finds: [],
        may: ['spacing', 'backs-off'],
        why: 'total is 5, the outage lasts four answers; 0, 2, 4, 8 s grow, but the first is none',
      },
    ),
  },
  {
    name: 'tenacity',
    kind: 'other',
    what: 'as a waiting loop: asks at once, then after 0 to 1, 0 to 2, 0 to 4, … s by chance, 60 s long',
    debian: ['python3-tenacity', ...DEBIAN],
    command: [PYTHON, 'test/conformance/others/tenacity_loop.py'],
    plays: [
      {
        suite: 'polling-basics',
        finds: ['eta-respected'],
        may: [
          'newest-eta-used',
          'spacing',
          'retry-after-honoured',
          'backs-off',
          'expectations',
          'reaches-the-end',
          'reads-the-result',
        ],
        why: 'Retrying calls the function before any wait; wait_random_exponential knows no eta',
      },
    ],
  },
  {
    name: 'backoff',
    kind: 'other',
    what: 'as a waiting loop with backoff.runtime: waits for eta or Retry-After, else two seconds',
    debian: ['python3-backoff', ...DEBIAN],
    command: [PYTHON, 'test/conformance/others/backoff_runtime.py'],
    plays: ofRetries(
      {
        finds: [],
        why: 'runtime yields what `value` makes of each answer, and on_predicate sleeps as long; jitter is None',
      },
      {
        finds: ['backs-off'],
        why: 'without Retry-After `value` says two seconds after each of the four failures, so the pauses do not grow',
      },
    ),
  },
  {
    name: 'botocore',
    kind: 'other',
    what: 'a waiter: asks at once, then every five seconds, twenty times; ends at the first error',
    debian: ['python3-botocore', ...DEBIAN],
    command: [PYTHON, 'test/conformance/others/botocore_waiter.py'],
    plays: [
      {
        suite: 'polling-basics',
        finds: ['eta-respected', 'survives-a-blip'],
        may: ['newest-eta-used', 'expectations', 'reaches-the-end', 'reads-the-result'],
        why: 'wait() calls the operation before any sleep, and sleeps `delay`; an Error that no acceptor names is thrown, and so is a reset',
      },
    ],
  },
  {
    name: 'retrying',
    kind: 'other',
    what: 'as a waiting loop: asks at once, then after 2, 4, 8, 10, 10, … s, 60 s long',
    debian: ['python3-retrying', ...DEBIAN],
    command: [PYTHON, 'test/conformance/others/retrying_loop.py'],
    plays: [
      {
        suite: 'polling-basics',
        finds: ['eta-respected', 'retry-after-honoured'],
        may: [
          'newest-eta-used',
          'backs-off',
          'expectations',
          'reaches-the-end',
          'reads-the-result',
        ],
        why: 'call() runs the function before any wait; exponential_sleep is 2 s after the first 503, which asks for 4',
      },
    ],
  },
];
