import { type Lesson, lacksBody, lacksServerErrors, lacksStatus, toTheEnd } from '../lesson.js';
import { answers, asDate, isDone, mishap, openPolls, seconds, unknownPolls } from '../steps.js';
import type { DeriveWords } from '../words.js';

const GATEWAY_PAGE = `<html>
  <head><title>502 Bad Gateway</title></head>
  <body><center><h1>502 Bad Gateway</h1></center></body>
</html>
`;
const PAGE = `<html>
  <head><title>Maintenance</title></head>
  <body><h1>We will be back in a minute</h1></body>
</html>
`;
/** A state that no API is likely to have. */
const UNKNOWN = 'SUSPENDED';

const then =
  (what: string) =>
  ({ done: [end] }: DeriveWords) =>
    `${what}, then ${end.state}`;

/** What is neither an end nor a reason to stop. */
export const NO_END: readonly Lesson[] = [
  {
    name: 'reset-once',
    group: 'broken',
    title: then('The connection breaks once'),
    about:
      'A connection that breaks says nothing about the job: the client asks again for the same one.',
    life: (words) => [openPolls(words, { eta: 2300 }), mishap('reset'), isDone(words)],
    expect: toTheEnd(3),
  },
  {
    name: 'silent-server',
    group: 'broken',
    title: then('The first poll is never answered'),
    about:
      'An answer may never come: the client waits for a limited time only, leaves the request and sends another.',
    life: (words) => [mishap('hang', { eta: 2600 }), isDone(words)],
    expect: toTheEnd(2),
  },
  {
    name: 'outage',
    group: 'broken',
    title: then('503 five times without Retry-After'),
    about:
      'Nobody says how long the outage takes: the client waits longer after each failure and does not give up early.',
    lacks: (words) => lacksServerErrors(words) ?? lacksStatus(503)(words),
    life: (words) => [
      openPolls(words, { eta: 2400 }),
      answers(words, 503, { polls: 5 }),
      isDone(words),
    ],
    expect: toTheEnd(7),
  },
  {
    name: 'bad-gateway-html',
    group: 'broken',
    title: then('502 with an HTML page'),
    about:
      'The gateway does not reach the service for a moment: the job goes on, and so does the polling.',
    lacks: (words) => lacksServerErrors(words) ?? lacksStatus(502)(words),
    life: (words) => [
      answers(words, 502, { eta: 3400, body: GATEWAY_PAGE, breaks: true }),
      isDone(words),
    ],
    expect: toTheEnd(2),
  },
  {
    name: 'html-with-200',
    group: 'broken',
    title: then('200 with an HTML page'),
    about:
      'Not each 200 holds a job: the client looks at the Content-Type before it trusts the body.',
    lacks: needsBodies,
    life: (words) => [answers(words, 200, { eta: 4400, body: PAGE, breaks: true }), isDone(words)],
    expect: toTheEnd(2),
  },
  {
    name: 'cut-off-json',
    group: 'broken',
    title: then('200 with half of a JSON body'),
    about:
      'A body can break off in the middle: the client survives JSON that it cannot read, and asks again.',
    lacks: needsBodies,
    life: (words) => [
      answers(words, 200, {
        eta: 2700,
        headers: { 'Content-Type': 'application/json' },
        body: '{"id": "3b9d6c1a-52f4-4e07-8c1d-7a2e9f40b6d3", "sta',
        breaks: true,
      }),
      isDone(words),
    ],
    expect: toTheEnd(2),
  },
  {
    name: 'empty-answer',
    group: 'broken',
    title: then('200 without a body'),
    about: 'An answer can be empty: the client takes it for a fault that passes, and asks again.',
    lacks: needsBodies,
    life: (words) => [answers(words, 200, { eta: 1800, breaks: true }), isDone(words)],
    expect: toTheEnd(2),
  },
  {
    name: 'unavailable-503',
    group: 'throttled',
    title: () => '503 twice, then the job goes on',
    about:
      'The service has a pause and says how long: the client waits for Retry-After, then goes on with the same job.',
    lacks: lacksStatus(503),
    life: (words) => [
      answers(words, 503, { eta: 2600, retryAfter: seconds(4) }),
      answers(words, 503, { retryAfter: seconds(6) }),
      openPolls(words, { eta: 1400 }),
      isDone(words),
    ],
    expect: toTheEnd(4),
  },
  {
    name: 'throttled-429',
    group: 'throttled',
    title: () => '429 twice, then the job goes on',
    about:
      'Too many requests: the client waits as long as Retry-After says, then goes on with the same job.',
    lacks: lacksStatus(429),
    life: (words) => [
      answers(words, 429, { eta: 1700, retryAfter: seconds(3) }),
      answers(words, 429, { retryAfter: seconds(7) }),
      openPolls(words, { eta: 2300 }),
      isDone(words),
    ],
    expect: toTheEnd(4),
  },
  {
    name: 'retry-after-as-date',
    group: 'throttled',
    title: then('Retry-After as a date, once past already'),
    about:
      'Retry-After may be an HTTP date in place of seconds: the client reads both, and takes one that is past for no invitation to ask without a pause.',
    lacks: lacksStatus(503),
    life: (words) => [
      answers(words, 503, { eta: 2300, retryAfter: asDate(4) }),
      answers(words, 503, { retryAfter: asDate(-5) }),
      openPolls(words, { eta: 3400 }),
      isDone(words),
    ],
    expect: toTheEnd(4),
  },
  {
    name: 'not-yet-visible',
    group: 'lost',
    title: then('404 at first'),
    about:
      'A new job may not be visible at once: one 404 right after scheduling is no reason to give up.',
    lacks: lacksStatus(404),
    life: (words) => [
      answers(words, 404, { eta: 1400 }),
      openPolls(words, { eta: 4600 }),
      isDone(words),
    ],
    expect: toTheEnd(3),
  },
  {
    name: 'unauthorized-in-mid-poll',
    group: 'refused',
    title: then('A 401 in the middle'),
    about:
      'A token can run out while a job is running: the client takes a new token and goes on with the same job; one that has no token service says so and stops.',
    lacks: (words) =>
      words.credentials
        ? lacksStatus(401)(words)
        : 'the operation that reports asks for no credentials',
    life: (words) => [openPolls(words, { eta: 3700 }), answers(words, 401), isDone(words)],
    // Who cannot get a new token rightly stops at the 401.
    meets: [0, 1],
    expect: ({ tells }) => ({
      polls: { at_least: 2, ...(tells === 'nothing' ? {} : { at_most: 5 }) },
    }),
  },
  {
    name: 'unknown-status',
    group: 'odd',
    title: then(`${UNKNOWN} for two polls`),
    about:
      'A state that the client does not know is not an end: it goes on asking, and does not break.',
    lacks: ({ namesState }) =>
      namesState ? undefined : 'no answer of an open job names its state as {state}',
    life: (words) => [
      unknownPolls(UNKNOWN, { eta: 2300 }),
      unknownPolls(UNKNOWN, { eta: 5700 }),
      isDone(words),
    ],
    expect: toTheEnd(3),
  },
];

/** Where the end has no body, an answer without a good one may be the end. */
function needsBodies(words: DeriveWords): string | undefined {
  if (!words.bodies.done) return 'the answer of a job that is done has no body';
  return lacksBody(words);
}
