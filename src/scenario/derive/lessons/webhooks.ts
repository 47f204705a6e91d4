import type { Duration } from '../../../time/moments.js';
import type { ScenarioWebhooks } from '../../scenario.js';
import type { Lesson } from '../lesson.js';
import { isDone, openFor } from '../steps.js';

/** So long a job takes; and so much later a webhook comes that is late. */
const WORK: Duration = 3000;
const LATE: Duration = 5000;

/** What a receiver meets, where an API sends webhooks: the client need not poll where it is told the end. */
export const WEBHOOKS: readonly Lesson[] = [
  lesson('webhook-done', 'A webhook tells that the job is done', {
    about: 'The client takes the webhook within 5 s, and works on what it tells afterwards.',
  }),
  lesson('webhook-late', 'The webhook comes 5 s after the end', {
    about: 'Until it comes the job may be done and nobody has said so: the client keeps calm.',
    webhooks: { late: LATE },
  }),
  lesson('webhook-twice', 'The webhook comes twice', {
    about: 'The same webhook-id is the same news: the client takes it again, and does nothing.',
    webhooks: { copies: 2 },
  }),
  {
    ...lesson('webhook-forged', 'Somebody else sends a webhook before', {
      about: 'A signature that is wrong shows it: the client refuses it, and works on nothing.',
      webhooks: { forged: true },
    }),
    lacks: ({ webhooks }) =>
      webhooks?.signed === true ? undefined : 'no webhook of the binding is signed',
  },
  {
    ...lesson('webhook-lost', 'No webhook comes', {
      about: 'What was lost does not come again: after a while the client asks for its job.',
      webhooks: { lost: true },
    }),
    meets: [1],
  },
];

function lesson(
  name: string,
  title: string,
  { about, webhooks }: { about: string; webhooks?: ScenarioWebhooks },
): Lesson {
  return {
    name,
    group: 'webhooks',
    title: () => title,
    about,
    life: (words) => [openFor(words, WORK), isDone(words)],
    expect: () => ({ reaches_end: true }),
    ...(webhooks ? { webhooks } : {}),
  };
}
