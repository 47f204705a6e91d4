import type * as z from 'zod';
import type { ScenarioWebhooks } from '../../scenario/scenario.js';
import type { Vocabulary } from '../../scenario/vocabulary.js';
import { duration, flag, mapping, oneOf, whole } from '../declare.js';
import type { FormatDocument } from '../document.js';
import { millis } from './lengths.js';

/** More copies teach no client anything new. */
const MOST_COPIES = 10;

/** What a scenario does to the webhooks of its jobs, as the file has it. */
export const ScenarioWebhooksFile = mapping(
  {
    late: duration({
      description: 'Each is sent so much later than the job has changed.\n\nExample: 5s',
      examples: ['5s', '1min'],
    }).optional(),
    twice: flag({
      description:
        'true: each is sent once more when the client has taken it, with the same webhook-id: a platform that has not read the first answer does so. The same as copies: 2.',
    }).optional(),
    copies: whole(1, MOST_COPIES, {
      description: 'How many times each is sent in all, with the same webhook-id. Left out: once.',
    }).optional(),
    order: oneOf(
      ['reversed'],
      'order',
      'WRONG_VALUE',
      { description: 'In which order they come. Left out: as the job changes.' },
      { reversed: 'all of them when the job has come to its end, the last one first' },
    ).optional(),
    before_answer: flag({
      description:
        'true: what is to be sent when the job is scheduled is sent before the answer to the request, so that the client hears of a job whose id it does not know yet.',
    }).optional(),
    lost: flag({
      description:
        'true: none is sent. A client that only waits for them never hears of its job: it has to ask.',
    }).optional(),
    forged: flag({
      description:
        'true: before each there comes one with a wrong signature, as from somebody else. A client that verifies refuses it with a 4xx status. For webhooks that the binding signs.',
    }).optional(),
  },
  {
    description:
      'What happens to the webhooks of the job, where the binding has any. Left out: each is sent at once and once, and again only when the client does not take it.\n\nExample: { late: 5s, twice: true }',
    examples: [{ late: '5s' }, { twice: true }, { lost: true }],
  },
);

type ScenarioWebhooksFile = z.input<typeof ScenarioWebhooksFile>;

/** What the key asks of the API and of itself. */
export function checkScenarioWebhooks(
  document: FormatDocument,
  file: ScenarioWebhooksFile | undefined,
  { webhooks }: Vocabulary,
): void {
  if (!file) return;
  if (!webhooks) {
    const message = 'this API sends no webhooks, so nothing can happen to them';
    const hint = 'name them in the binding, under `webhooks`, or leave the key out';
    document.wrongKey(['webhooks'], 'SCENARIO_KEY_CONFLICT', message, hint);
    return;
  }
  if (file.forged && !webhooks.signed) {
    const message = 'no webhook of the binding is signed, so no signature can be wrong';
    const hint = 'give the webhook `sign: standard-webhooks` and a secret, or leave `forged` out';
    document.wrong(['webhooks', 'forged'], 'SCENARIO_KEY_CONFLICT', message, hint);
  }
  if (file.twice && file.copies !== undefined) {
    const message = '`twice` means two copies, and `copies` says how many there are';
    document.wrong(
      ['webhooks', 'twice'],
      'SCENARIO_KEY_CONFLICT',
      message,
      'leave one of them out',
    );
  }
}

export function buildScenarioWebhooks(file: ScenarioWebhooksFile): ScenarioWebhooks {
  const { late, twice, copies = twice ? 2 : undefined, ...rest } = file;
  const pause = millis(late);
  return {
    ...rest,
    ...(pause === undefined ? {} : { late: pause }),
    ...(copies === undefined ? {} : { copies }),
  } as ScenarioWebhooks;
}
