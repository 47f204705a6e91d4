import * as z from 'zod';
import { RESULT_PLACES } from '../../contract/answer-template.js';
import { IDEMPOTENCY_HINT, parseIdempotency } from '../../contract/idempotency.js';
import { HINT_UNITS, POLL_HINT_HINT, parseHintPlace } from '../../contract/poll-hint.js';
import { parseWaitPlace, WAIT_HINT } from '../../contract/waiting.js';
import { declare, duration, listOf, mapping, oneOf, textOf } from '../declare.js';

const TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";
const FIELD = 'body(\\.[^.]+)+';

/** A status with which a request is refused. */
const refusing = (description: string) =>
  declare(
    z.union([z.int().min(400).max(599), z.string().regex(/^[45]\d\d$/)]),
    { description, examples: [409, 422] },
    { must: 'a status', hint: 'give a status from 400 to 599' },
  );

const waitPlace = (description: string) =>
  textOf(
    (said) => parseWaitPlace(said) !== undefined,
    `^(header\\.${TOKEN}|query\\..+|${FIELD})$`,
    { description, examples: ['header.Prefer', 'query.timeout'] },
    { form: 'a place in a request', hint: WAIT_HINT },
  );

const WAIT =
  'Where a request says how long its answer may be held: of `report`, until the state of the job changes; of an operation that schedules, until the job has come to its end, whose answer then stands in the place of `scheduled`.';

/** Long polls, and requests that would rather wait. */
export const wait = (more = '') =>
  declare(
    z.union([
      waitPlace('The place alone.'),
      mapping(
        {
          by: waitPlace(
            'The place: header.Prefer (`Prefer: wait=10`, RFC 7240), query.timeout (`?timeout=30`, `?timeout=30s`, `?timeout=true`), body.timeout.',
          ),
          unit: oneOf(['s', 'ms'], 'unit', 'WRONG_VALUE', {
            description: 'What a number alone counts. Left out: s.',
          }).optional(),
          at_most: duration({
            description: 'No answer is held for longer. Left out: as long as the request asks.',
            examples: ['30s', '60s'],
          }).optional(),
          usual: duration({
            description:
              'How long an answer is held whose request says only that it waits. Left out: at_most, else 60s.',
          }).optional(),
        },
        {
          description:
            'Where a request says how long its answer may be held, and how long that is at most.',
        },
      ),
    ]),
    {
      description: `${WAIT}${more}`,
      examples: ['header.Prefer', { by: 'query.timeout', at_most: '30s' }],
    },
    { must: 'a place in a request, or a mapping', form: 'a place in a request', hint: WAIT_HINT },
  ).optional();

const hintPlace = (description: string) =>
  textOf(
    (said) => parseHintPlace(said) !== undefined,
    `^(header\\.${TOKEN}|${FIELD})$`,
    { description, examples: ['header.openai-poll-after-ms', 'body.interval'] },
    { form: 'a place in an answer', hint: POLL_HINT_HINT },
  );

/** Other words for "come back then". */
export const pollHint = declare(
  z.union([
    hintPlace('The place alone.'),
    mapping(
      {
        at: hintPlace('The header, or the field of the whole body as it is sent.'),
        unit: oneOf(
          HINT_UNITS,
          'unit',
          'WRONG_VALUE',
          { description: 'What it says. Left out: ms where its name ends so, else s.' },
          {
            s: 'a number of seconds',
            ms: 'a number of milliseconds',
            duration: 'a text such as 5s or PT5S',
            date: 'a moment: a date-time, an HTTP date',
          },
        ).optional(),
        usual: duration({
          description:
            'What holds before any answer has said something. RFC 8628 has 5s. Left out: nothing.',
        }).optional(),
      },
      { description: 'Where the word stands, and what it means.' },
    ),
  ]),
  {
    description:
      'The word of this API for "come back then", in answers of operations that schedule and report. Rules hold a client to it as to Retry-After; it holds until an answer says something else. A template fills it with {retryAfter} or {retryAfter.ms}.',
    examples: ['header.openai-poll-after-ms', { at: 'body.interval', unit: 's', usual: '5s' }],
  },
  {
    must: 'a place in an answer, or a mapping',
    form: 'a place in an answer',
    hint: POLL_HINT_HINT,
  },
).optional();

/** RFC 8628 §3.5: slow_down. */
export const slower = duration({
  description:
    'Whoever is told this state waits so much longer between its polls from then on: 5s for slow_down of RFC 8628.',
  examples: ['5s'],
}).optional();

const key = (description: string) =>
  textOf(
    (said) => parseIdempotency(said) !== undefined,
    `^(${FIELD}|(?!body\\.)${TOKEN})$`,
    { description, examples: ['header.Idempotency-Key', 'body.clientRequestToken', 'body'] },
    { form: 'a header or a field of the body', hint: IDEMPOTENCY_HINT },
  );

/** What a repeated request is known by, and how it is answered. */
const IDEMPOTENCY = [
  key('The key alone.'),
  mapping(
    {
      by: key(
        'The key: header. and the name of a header (or that alone), body. and a field of the JSON body, or body for all of it.',
      ),
      again: oneOf(
        ['scheduled', 'report'],
        'again',
        'WRONG_VALUE',
        { description: 'What the same request is answered with. Left out: scheduled.' },
        {
          scheduled: 'with the answer of the scheduling operation, as the first one',
          report: 'with what the job has come to',
        },
      ).optional(),
      reused: refusing(
        'The status for a key that comes with another request. Left out: 422.',
      ).optional(),
      in_progress: refusing(
        'The status for the same request while its job is open. Left out: it gets that job again.',
      ).optional(),
    },
    { description: 'What a repeated request is known by, and how it is answered.' },
  ),
] as const;

export const idempotency = declare(
  z.union([
    ...IDEMPOTENCY,
    listOf(
      declare(
        z.union([...IDEMPOTENCY]),
        { description: 'One of them; the first that knows the request counts.' },
        {
          must: 'a text, or a mapping',
          form: 'a header or a field of the body',
          hint: IDEMPOTENCY_HINT,
        },
      ),
      { description: 'Several things that it is known by.' },
    ),
  ]),
  {
    description:
      'What the platform knows a request by that is sent again: header. and the name of a header (or that alone), body. and a field of the JSON body, or body for all that is asked for, as long as its job is open. The same again gets that job again and counts as no duplicate. Left out: it knows none.',
    examples: [
      'header.Idempotency-Key',
      'body.clientRequestToken',
      { by: 'header.Idempotency-Key', in_progress: 409 },
      ['header.X-Idempotency-Key', { by: 'body', again: 'report' }],
    ],
  },
  { must: 'a text, or a mapping', form: 'a header or a field of the body', hint: IDEMPOTENCY_HINT },
).optional();

/** Where the result is: of the API, or of one form of an answer. */
export const result = (description: string) =>
  oneOf(
    RESULT_PLACES,
    'result',
    'UNKNOWN_RESULT',
    { description },
    {
      inline: 'in the answer that says that the job is done',
      link: 'behind exactly the link that this answer gives',
      resource: 'in a resource that its client finds by its id',
    },
  ).optional();
