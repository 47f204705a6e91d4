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
];
