import * as z from 'zod';
import { ANSWER_PLACES } from '../../contract/places.js';
import { EXPRESSION_HINT, parseExpression } from '../../contract/runtime-expression.js';
import {
  parseSecret,
  SECRET_HINT,
  WEBHOOK_EVENTS,
  WEBHOOK_METHODS,
} from '../../contract/webhook.js';
import {
  anything,
  declare,
  duration,
  flag,
  listOf,
  mapping,
  named,
  oneOf,
  text,
  textOf,
} from '../declare.js';

/** Places of what a webhook says. */
export const WEBHOOK_PLACES: readonly string[] = [...ANSWER_PLACES, 'event'];

const PLACES = `Names in braces are filled in: ${WEBHOOK_PLACES.map((name) => `{${name}}`).join(' ')}.`;
const FROM_REQUEST =
  'Filled in from the request that schedules: {body.callbackUrl}, {query.callback}, {header.X-Callback}, {path.id}, or a runtime expression of OpenAPI such as {$request.body#/callbackUrl} or {$response.body#/id}.';

const expression = (description: string, examples: readonly string[]) =>
  textOf(
    (said) => parseExpression(said) !== undefined,
    '^([^{}]|\\{[^{}]+\\})+$',
    { description, examples },
    { form: 'an address', hint: EXPRESSION_HINT },
  );

/** A webhook, as a binding has it. */
const WebhookFile = mapping(
  {
    to: expression(
      `Where it is sent: a URL. ${FROM_REQUEST} Where the request names none, nothing is sent. Left out: \`callback\` says so.`,
      ['{body.callbackUrl}', 'http://127.0.0.1:9000/hooks/{path.tenant}'],
    ).optional(),
    callback: text({
      description:
        "The name of a callback of the scheduling operation, as the OpenAPI document has it under `callbacks`: address and method are the document's, and what is sent is held to its schema. Left out: `to` says so.",
      examples: ['jobFinished'],
    }).optional(),
    on: listOf(
      text({
        description: `What is told: ${WEBHOOK_EVENTS.join(', ')}, or the name of a state.`,
        examples: [...WEBHOOK_EVENTS],
      }),
      {
        description:
          'What is told of a job: that it is scheduled, that it comes into a state with an outcome (open, done, failed, cancelled), or into one state by its name. Left out: its end, done, failed and cancelled.',
        examples: [['scheduled', 'done', 'failed']],
      },
    ).optional(),
    only: expression(
      `Which of them this client wants, by the words of \`names\`: a list in its request, or one word. ${FROM_REQUEST} Where the request names none, all.`,
      ['{body.webhook_events_filter}'],
    ).optional(),
    names: named(text({ description: 'The word of the API.' }), {
      description:
        'How the API calls what `on` lists: for `only`, and for {event}. Left out: each by its own name.',
      examples: [{ scheduled: 'start', done: 'completed', failed: 'completed' }],
    }).optional(),
    method: oneOf(WEBHOOK_METHODS, 'method', 'WRONG_VALUE', {
      description: 'The method of the request. Left out: that of the callback, else POST.',
    }).optional(),
    headers: named(text({ description: 'The value of the header.' }), {
      description: `Headers of the request. ${PLACES}`,
      examples: [{ 'X-Event': '{event}' }],
    }).optional(),
    data: anything({
      description: `The body of the request, without an envelope. ${PLACES} Left out: what the report would answer.`,
      examples: [{ type: 'job.{event}', timestamp: '{now}', data: { id: '{job}' } }],
    }).optional(),
    sign: oneOf(
      ['standard-webhooks'],
      'signature',
      'WRONG_VALUE',
      {
        description:
          'How the request is signed. Left out: not at all. The headers webhook-id and webhook-timestamp come in any case.',
      },
      {
        'standard-webhooks':
          'by Standard Webhooks 1.0.0: webhook-signature is v1 and HMAC-SHA256 of id, timestamp and body',
      },
    ).optional(),
    secret: textOf(
      (said) => parseSecret(said) !== undefined,
      '^whsec_[A-Za-z0-9+/]+={0,2}$',
      {
        description: 'The secret of the signature, which your receiver verifies it with.',
        examples: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
      },
      { form: 'a secret', hint: SECRET_HINT },
    ).optional(),
    retries: declare(
      z.union([
        z.literal('none'),
        listOf(duration({ description: 'The pause before one further attempt.' }), {
          description: 'One pause for each further attempt.',
        }),
      ]),
      {
        description:
          'The pauses before further attempts, as long as the receiver does not answer 2xx within 5 s; 410 ends them. none: there is one attempt. Left out: as Standard Webhooks suggests, 5s, 5min, 30min, 2h, 5h, 10h, 14h, 20h, 24h.',
        examples: [['5s', '1min', '10min'], 'none'],
      },
      { must: 'a list of pauses, or none', hint: 'write [5s, 1min, 10min], or none' },
    ).optional(),
    in_order: flag({
      description:
        'true: news of a job waits until the receiver has answered what was sent of it before, in at most 5 s. Left out: a slow receiver delays no other news, as with most senders; what is due at one moment goes in its order.',
    }).optional(),
  },
  { id: 'webhook', description: 'A request that the platform sends when a job changes.' },
  { wrong: () => 'a webhook is a mapping', hint: 'give it `to` or `callback`' },
);

/** The key `webhooks` of a binding. */
export const WebhooksFile = listOf(WebhookFile, {
  description:
    'Requests that the platform sends when a job changes. They go to addresses of this machine, unless `--webhooks` allows others.',
});
