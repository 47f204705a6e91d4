import type { FaultName, FaultSettings } from '../../../faults/index.js';
import { type Lesson, lacksBody, lacksEta, toTheEnd } from '../lesson.js';
import { isDone, mishap, openFor, openPolls } from '../steps.js';
import type { DeriveWords } from '../words.js';

/** A fault in the middle of a life. */
interface Mishap {
  name: string;
  fault: FaultName;
  settings?: Partial<FaultSettings>;
  group: 'broken' | 'odd' | 'slow';
  what: string;
  about: string;
  /** The eta that comes before it, and the one that its answer tells. */
  etas: readonly [before: number, during?: number];
  /** What is said breaks the contract. */
  breaks?: true;
  /** It happens to a body. */
  body?: true;
  /** Polls that meet it. */
  polls?: number;
  /** Further polls that a good client may need. */
  spare?: number;
  lacks?: Lesson['lacks'];
}

const MISHAPS: readonly Mishap[] = [
  {
    name: 'refused-connection',
    fault: 'refused',
    group: 'broken',
    what: 'Nobody listens for 3 seconds',
    about:
      'A server that restarts refuses every connection: the client waits longer each time, and asks again.',
    etas: [2700],
    spare: 6,
  },
  {
    name: 'empty-reply',
    fault: 'empty-reply',
    group: 'broken',
    what: 'The connection is closed without an answer',
    about:
      'A connection can end in peace and yet without a byte: the client takes that for no answer, and asks again.',
    etas: [1700],
  },
  {
    name: 'reset-after-headers',
    fault: 'reset-after-headers',
    group: 'broken',
    what: 'The connection breaks behind the headers',
    about:
      'A status of 200 is no answer yet: the client reads the body to its end before it believes anything.',
    etas: [1300],
    body: true,
  },
  {
    name: 'truncated-body',
    fault: 'truncated-body',
    group: 'broken',
    what: 'The body ends before its Content-Length',
    about:
      'A connection can end in the middle of a body: the client notices that bytes are missing, and asks again.',
    etas: [3400],
    body: true,
  },
  {
    name: 'chunked-cut-off',
    fault: 'chunked-cut-off',
    group: 'broken',
    what: 'A chunked body without its end',
    about:
      'A chunked body is whole only when its last, empty chunk has come: a client that takes less reads half a job.',
    etas: [3300],
    body: true,
  },
  {
    name: 'short-content-length',
    fault: 'wrong-content-length',
    settings: { offBy: -10 },
    group: 'broken',
    what: 'A Content-Length that is too short',
    about:
      'The client reads as many bytes as are promised and finds JSON that ends early: it asks again, on a new connection.',
    etas: [2100],
    body: true,
  },
  {
    name: 'broken-gzip',
    fault: 'broken-gzip',
    group: 'broken',
    what: 'A packed body that cannot be unpacked',
    about:
      'A body can be damaged where the client’s library unpacks it: that failure is one of the way, not of the job.',
    etas: [1800],
    body: true,
  },
  {
    name: 'slow-headers',
    fault: 'slow-headers',
    settings: { rate: 25 },
    group: 'slow',
    what: 'Headers that take seconds',
    about:
      'Bytes that come are a sign of life: a limit on silence is kept, and a limit on the whole answer is longer than this.',
    etas: [2300, 9300],
  },
  {
    name: 'slow-body',
    fault: 'slow-body',
    settings: { rate: 40 },
    group: 'slow',
    what: 'A body that takes seconds',
    about:
      'The status is there at once and the job is not: the client reads on, with a limit, before it asks again.',
    etas: [1700, 8400],
    body: true,
  },
  {
    name: 'huge-body',
    fault: 'huge-body',
    group: 'odd',
    what: '10 megabytes around one answer',
    about:
      'A body can be far larger than what it says: the client takes it or refuses it by a limit, and is not taken down.',
    etas: [2600, 7400],
    body: true,
  },
  {
    name: 'interim-answer',
    fault: 'interim',
    group: 'odd',
    what: '103 before the answer',
    about:
      'An answer can have an answer before it: the client, or its HTTP library, waits for the one that counts.',
    etas: [2800, 3800],
  },
  {
    name: 'redirected-303',
    fault: 'redirect',
    settings: { http: 303 },
    group: 'odd',
    what: '303 to the job itself',
    about:
      'See Other means a GET of another address: the client follows with its headers, a few times at most, or asks again.',
    etas: [2200],
    breaks: true,
    lacks: lacksRedirect,
  },
  {
    name: 'redirected-307',
    fault: 'redirect',
    settings: { http: 307 },
    group: 'odd',
    what: '307 to the job itself',
    about:
      'A temporary redirect keeps method and headers: the client follows with its token, a few times at most, or asks again.',
    etas: [1600],
    breaks: true,
    lacks: lacksRedirect,
  },
  {
    name: 'gateway-timeout',
    fault: 'gateway-html',
    settings: { http: 504 },
    group: 'broken',
    what: '504 with an HTML page',
    about:
      'The gateway was tired of waiting: a poll changes nothing, so the client can simply repeat it.',
    etas: [3600],
    breaks: true,
    lacks: ({ endStatuses }) => {
      const told = endStatuses.find((status) => status >= 500);
      return told === undefined
        ? undefined
        : `a 5xx (${told}) is how this API tells that a job has failed`;
    },
  },
  {
    name: 'wrong-content-type',
    fault: 'wrong-content-type',
    group: 'broken',
    what: 'JSON that is said to be HTML',
    about:
      'A server in front can mislabel what it passes on: the client reads it or asks again, and does not break.',
    etas: [1900, 3600],
    breaks: true,
    body: true,
  },
  {
    name: 'malformed-json',
    fault: 'malformed-json',
    group: 'broken',
    what: 'JSON without its last brace',
    about:
      'The headers are right and so is the length, and still it is no JSON: the client survives its own parser.',
    etas: [3700],
    breaks: true,
    body: true,
  },
  {
    name: 'contract-broken',
    fault: 'breaks-contract',
    group: 'broken',
    what: 'A field of another type',
    about:
      'JSON can be well formed and mean nothing: the client checks what it reads, and asks again.',
    etas: [1400],
    breaks: true,
    body: true,
  },
  {
    name: 'duplicate-keys',
    fault: 'duplicate-keys',
    group: 'odd',
    what: 'A field that stands twice',
    about:
      'JSON with a key twice is read in many ways: the client takes the last or asks again, and does not break.',
    etas: [2400, 4600],
    body: true,
  },
  {
    name: 'byte-order-mark',
    fault: 'bom',
    group: 'odd',
    what: 'JSON behind a byte order mark',
    about:
      'Three bytes before the brace make some parsers fail: the client skips them, or asks again.',
    etas: [2600, 4300],
    breaks: true,
    body: true,
  },
  {
    name: 'clock-ahead',
    fault: 'clock-skew',
    settings: { skew: 3_600_000 },
    group: 'odd',
    what: 'The server’s Date is an hour ahead',
    about:
      'Date and eta can come from two clocks: the client waits by its own clock, and makes nothing of Date.',
    etas: [2300, 4600],
    polls: 2,
  },
  {
    name: 'clock-behind',
    fault: 'clock-skew',
    settings: { skew: -3_600_000 },
    group: 'odd',
    what: 'The server’s Date is an hour behind',
    about:
      'A Date in the past makes an eta look far away: a client that counts from it would wait an hour for nothing.',
    etas: [1700, 3400],
    polls: 2,
  },
  {
    name: 'eta-without-zone',
    fault: 'eta-without-zone',
    group: 'odd',
    what: 'An eta without a time zone',
    about:
      'Nobody knows which hour is meant: the client asks again after a pause of its own, not at once and not in hours.',
    etas: [2700, 3800],
    breaks: true,
    polls: 2,
    spare: 3,
    lacks: lacksEta,
  },
  {
    name: 'eta-in-local-time',
    fault: 'eta-local',
    group: 'odd',
    what: 'An eta by the clock of another zone',
    about:
      'The offset behind the time counts: a client that leaves it out comes hours too early or too late.',
    etas: [2600, 4300],
    polls: 2,
    lacks: lacksEta,
  },
  {
    name: 'eta-as-number',
    fault: 'eta-epoch',
    group: 'odd',
    what: 'An eta in seconds since 1970',
    about:
      'A number is no date-time: the client does not take it for one in 1970, and asks again after a pause of its own.',
    etas: [1800, 3600],
    breaks: true,
    polls: 2,
    spare: 3,
    lacks: lacksEta,
  },
  {
    name: 'eta-missing',
    fault: 'eta-missing',
    group: 'odd',
    what: 'No eta',
    about: 'Without an eta the client is left to itself: it asks again after a pause of its own.',
    etas: [2400],
    breaks: true,
    polls: 2,
    spare: 3,
    lacks: lacksEta,
  },
  {
    name: 'eta-null',
    fault: 'eta-null',
    group: 'odd',
    what: 'An eta that is null',
    about:
      'An eta of null is not now: the client asks again after a pause of its own, and does not break.',
    etas: [3300],
    breaks: true,
    polls: 2,
    spare: 3,
    lacks: lacksEta,
  },
];

/** Each mishap stands between an answer as usual and the end. */
export const NETWORK: readonly Lesson[] = MISHAPS.map(toLesson);

function toLesson({ what, fault, settings = {}, polls = 1, spare, ...one }: Mishap): Lesson {
  const [before, during] = one.etas;
  const { breaks = false } = one;
  return {
    name: one.name,
    group: one.group,
    title: ({ done: [end] }) => `${what}, then ${end.state}`,
    about: one.about,
    lacks: (words) => (one.body ? lacksBody(words) : undefined) ?? one.lacks?.(words),
    life: (words) => [
      // Who polls before it is met does so at once: with two polls to meet it, time may have gone on.
      polls > 1 ? openFor(words, before) : openPolls(words, { eta: before }),
      mishap(fault, { settings, breaks, polls, ...(during === undefined ? {} : { eta: during }) }),
      isDone(words),
    ],
    // While nobody listens, no poll can be seen.
    expect: toTheEnd(fault === 'refused' ? 2 : polls + (polls > 1 ? 1 : 2), {}, spare),
  };
}

function lacksRedirect({
  endStatuses,
  openStatuses,
  reportIsGet,
}: DeriveWords): string | undefined {
  if (!reportIsGet)
    return 'the operation that reports is no GET, which a redirect would not repeat as it is';
  const told = [...endStatuses, ...openStatuses].find((status) => status >= 300 && status < 400);
  return told === undefined
    ? undefined
    : `a redirect (${told}) is how this API tells a state of its jobs`;
}
