import type { ErrorText } from '../../scenario.js';
import { givesUp, type Lesson, lacksStatus, toTheEnd } from '../lesson.js';
import {
  answers,
  endsWithout,
  isDone,
  isDoneFor,
  openFor,
  openForEver,
  openPolls,
} from '../steps.js';
import type { DeriveWords, EndWords } from '../words.js';

/** Ends for good: the job is gone, or its client may not ask. */
export const ENDS: readonly Lesson[] = [
  {
    name: 'lost-after-pending',
    group: 'lost',
    title: ({ open: [first] }) => `${first} for two polls, then 404 for ever`,
    about:
      'The job is gone and its outcome unknown: the client stops asking and says so, it does not go on for ever.',
    lacks: lacksStatus(404),
    life: (words) => [
      openPolls(words, { eta: 3400 }),
      openPolls(words, { eta: 1700 }),
      answers(words, 404, { ever: true }),
    ],
    expect: givesUp(3, 10),
  },
  {
    name: 'unknown-from-the-start',
    group: 'lost',
    title: () => '404 from the first poll, for ever',
    about:
      'The API does not know the job that it has scheduled: after a few tries the client gives up.',
    lacks: lacksStatus(404),
    life: (words) => [answers(words, 404, { eta: 2700, ever: true })],
    expect: givesUp(1, 10),
  },
  {
    name: 'expired-after-done',
    group: 'lost',
    title: ({ done: [end] }) => `${end.state} is told once, then 404`,
    about:
      'A finished job is forgotten: the client keeps what the last answer said and does not ask again.',
    lacks: lacksStatus(404),
    life: (words) => [
      openFor(words, 2700),
      isDoneFor(words, 1),
      answers(words, 404, { ever: true }),
    ],
    expect: toTheEnd(1),
  },
  {
    name: 'forbidden',
    group: 'refused',
    title: () => '403 at each poll',
    about: 'Access that is denied stays denied: the client stops and tells the user.',
    lacks: lacksStatus(403),
    life: (words) => [answers(words, 403, { eta: 2300, ever: true })],
    expect: givesUp(1, 3),
  },
  {
    name: 'unauthorized-for-ever',
    group: 'refused',
    title: () => '401 at each poll',
    about:
      'When a new token does not help either, the client stops and tells the user, it does not loop.',
    lacks: (words) =>
      words.credentials
        ? lacksStatus(401)(words)
        : 'the operation that reports asks for no credentials',
    life: (words) => [answers(words, 401, { eta: 2400, ever: true })],
    expect: givesUp(1, 5),
  },
  {
    name: 'never-ends',
    group: 'odd',
    title: ({ open: [first] }) => `${first} for ever`,
    about:
      'Some day the client must stop asking, tell the user that the outcome is unknown, and free what it holds.',
    life: (words) => [openForEver(words, { eta: 4300 })],
    expect: () => ({ gives_up: true, result_read: false }),
  },
];

/** Uneven, and none of them a usual pause. */
const TIMES = [2800, 3400, 2300, 4700, 1800, 3600] as const;

function timeOf(place: number): number {
  return TIMES[place % TIMES.length] as number;
}

/** Its first failure, which every client has to cope with. */
const FAILS: Lesson = {
  name: 'failed',
  group: 'failed',
  title: ({ failed: [end] }) => `It ends as ${end?.state}`,
  about:
    'A job that has failed will never be done: the client stops asking, shows the error and reads no result.',
  lacks: ({ failed }) =>
    failed.length > 0 ? undefined : 'no state of the binding has the outcome failed',
  life: (words) => fails(words, words.failed[0] as EndWords, 2800),
  expect: toTheEnd(1, { result_read: false }),
};

const FAILED_AT_ONCE: Lesson = {
  ...FAILS,
  name: 'failed-immediately',
  title: ({ failed: [end] }) => `${end?.state} at the first poll`,
  about: 'A job can fail before anyone asks: the first poll is already the last one.',
  life: ({ failed: [end] }) => [endsWithout(end as EndWords, 'failed')],
};

const CANCELLED: Lesson = {
  name: 'cancelled',
  group: 'failed',
  title: ({ cancelled: [end] }) => `It ends as ${end?.state}`,
  about:
    'A job that somebody has cancelled is over: the client stops asking, and takes it neither for done nor for lost.',
  lacks: ({ cancelled }) =>
    cancelled.length > 0 ? undefined : 'no state of the binding has the outcome cancelled',
  life: (words) => [openFor(words, 3300), endsWithout(words.cancelled[0] as EndWords, 'cancelled')],
  expect: toTheEnd(1, { result_read: false }),
};

/** The failures that every client meets first. */
export const FAILURES: readonly Lesson[] = [FAILS, FAILED_AT_ONCE, CANCELLED];

/** Every other way in which a binding ends its jobs: each error, each state, each form. */
export function otherEnds(words: DeriveWords): { failures: Lesson[]; results: Lesson[] } {
  const { failed, done, errors } = words;
  const [first] = failed;
  const failures = [
    ...[...errors].map(([key, error], i) => failing(`failed-${key}`, i, first, { error })),
    ...formsOf(failed).map(({ end, shape }, i) =>
      failing(`failed-${shape ?? end.state}`, errors.size + i, end, { shape }),
    ),
  ];
  const results = formsOf(done).map(({ end, shape }, i): Lesson => {
    const form = shape ?? end.state;
    return {
      name: nameOf(`done-${form}`),
      group: 'odd',
      title: () => `${end.state}${shape === undefined ? '' : `, in the form ${shape}`}`,
      about:
        'A job can be done in more than one form: the client finds what it looks for in each of them.',
      life: (all) => [openFor(all, timeOf(i)), isDone(all, end, shape)],
      expect: toTheEnd(1),
    };
  });
  return { failures: first ? failures : [], results };
}

function failing(
  name: string,
  place: number,
  end: EndWords | undefined,
  said: { shape?: string | undefined; error?: ErrorText },
): Lesson {
  const what = said.error ? said.error.text : said.shape;
  return {
    ...FAILS,
    name: nameOf(name),
    title: () => `${end?.state}${what ? `: ${what}` : ''}`,
    about: said.error
      ? 'The error says what was wrong with the request: the client shows it, and does not try again by itself.'
      : 'A failure can be told in more than one form: the client finds the reason in each of them.',
    life: (words) => fails(words, end as EndWords, timeOf(place), said),
  };
}

function fails(
  words: DeriveWords,
  end: EndWords,
  after: number,
  said: Parameters<typeof endsWithout>[2] = {},
) {
  return [openFor(words, after), endsWithout(end, 'failed', said)];
}

/** States after the usual one, and shapes after each one's first. */
function formsOf(ends: readonly EndWords[]): { end: EndWords; shape?: string }[] {
  return ends.flatMap((end, place) => [
    ...(place === 0 ? [] : [{ end }]),
    ...end.shapes.slice(1).map((shape) => ({ end, shape })),
  ]);
}

/** As scenarios may be named: small letters, digits, dots and dashes. */
function nameOf(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/-+$/, '');
  return plain.slice(0, 64);
}
