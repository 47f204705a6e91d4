import { type Lesson, lacksEta, lacksPauses, toTheEnd } from '../lesson.js';
import { isDone, openFor, openPolls } from '../steps.js';

/** When a client asks again: no usual fixed pause of 1, 2, 3, 5 or 10 seconds meets all of these etas. */
export const WHEN_TO_ASK: readonly Lesson[] = [
  {
    name: 'immediate-done',
    group: 'happy',
    title: ({ done: [end] }) => `${end.state} at the first poll`,
    about: 'The job is over before anyone asks, so the first poll is already the last one.',
    life: (words) => [isDone(words)],
    expect: toTheEnd(1),
  },
  {
    name: 'done-after-eta',
    group: 'happy',
    title: ({ open: [first], done: [end] }) => `${first} for 2.3 seconds, then ${end.state}`,
    about: 'What answers say of the end is true: a client that waits as it is told needs one poll.',
    life: (words) => [openFor(words, 2300), isDone(words)],
    expect: toTheEnd(1),
  },
  {
    name: 'done-after-two-polls',
    group: 'happy',
    title: ({ open: [first], done: [end] }) => `${first} for two polls, then ${end.state}`,
    about: 'A job that goes on is no error: the client waits and asks again.',
    life: (words) => [
      openPolls(words, { eta: 2300 }),
      openPolls(words, { eta: 6400 }),
      isDone(words),
    ],
    expect: toTheEnd(3),
  },
  {
    name: 'states-in-turn',
    group: 'happy',
    title: ({ open, done: [end] }) => `${[...open, end.state].join(', ')}`,
    about:
      'Each state in which the job goes on is told once: none of them is an end, and none an error.',
    lacks: ({ open }) =>
      open.length > 1 ? undefined : `a job goes on in one state alone, ${open[0]}`,
    life: (words) => [
      ...words.open.map((name, i) => openPolls(words, { eta: 1700 + 900 * i }, name)),
      isDone(words),
    ],
    expect: (words) => toTheEnd(words.open.length + 1)(words),
  },
  {
    name: 'eta-moves',
    group: 'slow',
    title: ({ done: [end] }) => `Each answer moves the end, never by the same, then ${end.state}`,
    about: 'What the latest answer says counts, so the client reads it anew each time.',
    lacks: lacksPauses,
    life: (words) => [
      openFor(words, 2300),
      openPolls(words, { eta: 12_600 }),
      openPolls(words, { eta: 1700 }),
      openPolls(words, { eta: 4400 }),
      isDone(words),
    ],
    // Its waits come to 21 s: who takes three times as long does not go by them.
    expect: toTheEnd(4, { within: 60_000 }),
  },
  {
    name: 'eta-in-two-stages',
    group: 'slow',
    title: ({ done: [end] }) => `An end in 2.3 seconds, there one in 6.4 more, then ${end.state}`,
    about:
      'When the time that was told has come, the job goes on and tells a later one: the client waits for that too.',
    lacks: lacksPauses,
    life: (words) => [openFor(words, 2300), openPolls(words, { eta: 6400 }), isDone(words)],
    expect: toTheEnd(2, { within: 60_000 }),
  },
  {
    name: 'eta-already-past',
    group: 'slow',
    title: () => 'The eta is 5 seconds ago, yet the job goes on',
    about:
      'An eta in the past is no invitation to ask without a pause: the client keeps a least distance of its own.',
    lacks: lacksEta,
    life: (words) => [openPolls(words, { polls: 3, eta: -5000 }), isDone(words)],
    expect: toTheEnd(4),
  },
  {
    name: 'eta-comes-closer',
    group: 'slow',
    title: ({ done: [end] }) => `First an end in 21.4 seconds, then in 2.3, then ${end.state}`,
    about:
      'The work gets ahead faster than was said: a client that goes on waiting by an older word waits for nothing.',
    lacks: lacksEta,
    life: (words) => [
      openFor(words, 21_400),
      openPolls(words, { eta: 2300 }),
      openPolls(words, { eta: 3600 }),
      isDone(words),
    ],
    // By the newest eta it takes 28 s, with a least pause of 15 s it takes 52 s, by the first eta 64 s.
    expect: toTheEnd(3, { within: 55_000 }, 3),
  },
  {
    name: 'slow-answer',
    group: 'slow',
    title: ({ done: [end] }) => `Two answers take 5 seconds each, then ${end.state}`,
    about:
      'An answer that is slow to come is still on its way: the client waits for it before it asks again.',
    life: (words) => [
      openPolls(words, { eta: 1700 }),
      ...(words.tells === 'nothing'
        ? [openPolls(words, { delay: 5000 }), openPolls(words, { delay: 5000 })]
        : [openFor(words, 8300, { delay: 5000 }), openFor(words, 6400, { delay: 5000 })]),
      isDone(words),
    ],
    // Who asks less often comes when the second slow answer is over.
    meets: [0, 1, 3],
    expect: toTheEnd(3, {}, 3),
  },
];
