import * as z from 'zod';
import { FAULT_NAMES, FAULTS } from '../../faults/index.js';
import { DURATION_HINT } from '../../time/duration.js';
import {
  anything,
  declare,
  duration,
  mapping,
  named,
  oneOf,
  scalar,
  signed,
  textOf,
  UNIT,
  whole,
} from '../declare.js';
import { answerConditions } from './answer-conditions.js';
import { parseRetryAfter } from './lengths.js';

/** A body of a hundred megabytes is more than any client of JSON should take. */
const MAX_BYTES = 100_000_000;

/** RFC 9110 §5.1: a token. */
export const HEADER_NAME = "^[!#$%&'*+.^_`|~\\w-]+$";
export const HEADER_VALUE = '^[\\t\\x20-\\x7e]*$';

/** A key for `Retry-After`. */
export const retryAfter = (description: string) =>
  textOf(
    (said) => parseRetryAfter(said.trim()) !== undefined,
    `^(\\d{1,12}(\\.\\d{1,6})? ?${UNIT}|-?\\d{1,12}(\\.\\d{1,6})? ?${UNIT} +as (date|epoch seconds|epoch milliseconds))$`,
    { description, examples: ['2s', '30s', '5s as date', '-5s as date', '5s as epoch seconds'] },
    {
      form: 'a time',
      hint: `${DURATION_HINT}; alone, or with "as date", "as epoch seconds", "as epoch milliseconds"`,
    },
  );

/** A key for headers of an answer. */
export const headers = (description: string) =>
  named(
    scalar(),
    { description },
    {
      editor: {
        propertyNames: { pattern: HEADER_NAME },
        additionalProperties: {
          anyOf: [
            { type: 'string', pattern: HEADER_VALUE },
            { type: 'number' },
            { type: 'boolean' },
          ],
        },
      },
    },
  );

/** Keys that measure a fault; which fault takes which stands in its table. */
const MEASURES = {
  closed: duration({
    description: 'With refused: how long nobody listens. Left out: 3s.',
    examples: ['3s'],
  }),
  bytes_per_second: whole(1, 1_000_000, {
    description: 'With slow-headers and slow-body: how many bytes come a second. Left out: 20.',
  }),
  bytes: whole(0, MAX_BYTES, {
    description:
      'With truncated-body and chunked-cut-off: how much of the body comes, else half of it. With huge-body: its size, else ten million.',
  }),
  off_by: declare(
    z.int().refine((off) => off !== 0),
    {
      description: 'With wrong-content-length: what is added to the true length. Left out: -10.',
    },
    {
      must: 'a whole number other than 0',
      hint: 'for example -10',
      editor: { not: { const: 0 } },
    },
  ),
  skew: signed({
    description:
      'With clock-skew: how far Date is ahead of the true time; behind it below zero. Left out: 1h.',
    examples: ['1h', '-5min'],
  }),
};

/** What an answer says; where nothing is answered, there is nothing to say. */
const SAID = {
  http: whole(200, 599, {
    description: 'The HTTP status, from 200 to 599.',
    examples: [200, 400, 401, 403, 404, 422, 429, 500, 502, 503, 504],
  }),
  retry_after: retryAfter(
    'Sends the header Retry-After: the client should not come back earlier. Told in whole seconds, or as a moment: 5s as date is an HTTP date, -5s as date one that is past; 5s as epoch seconds and 5s as epoch milliseconds are numbers since 1970, as no RFC has them and some servers send them.',
  ),
  headers: headers(
    "Further headers of the answer. A name given here takes the place of the sandbox's own.\n\nExample: { Content-Type: text/html }",
  ),
  body: anything({
    description:
      "The body of the answer. A text is sent as it is, for example a gateway's HTML page. An object is sent as JSON, after its places are filled in: {job}, {state}, {eta}, {now}, {doneAt}, {resource.id}, {error.code}, {error.message}, {error.text}; write {{ and }} for braces. In refuse there is no job yet, so nothing but {now} is filled in. Left out: the platform's error envelope for an error status, else an empty body.\n\nExample: { data: { id: '{job}', status: «open», eta: '{eta}', links: [] } }",
    examples: [
      '<html><body>Bad Gateway</body></html>',
      { data: { id: '{job}', status: '«open»', eta: '{eta}', links: [] } },
    ],
  }),
};

/** An answer in the place of a state or of a job. */
export const AnswerFile = mapping(
  {
    http: SAID.http.optional(),
    fault: oneOf(
      FAULT_NAMES,
      'fault',
      'UNKNOWN_FAULT',
      {
        description:
          'What happens to the answer. Without http it is the answer of the state that the job is in, with http the one that you write. What breaks on the way breaks no contract; what is said wrongly does, and needs off_contract: true.',
      },
      Object.fromEntries(FAULT_NAMES.map((name) => [name, FAULTS[name].title])),
    ).optional(),
    retry_after: SAID.retry_after.optional(),
    headers: SAID.headers.optional(),
    body: SAID.body.optional(),
    closed: MEASURES.closed.optional(),
    bytes_per_second: MEASURES.bytes_per_second.optional(),
    bytes: MEASURES.bytes.optional(),
    off_by: MEASURES.off_by.optional(),
    skew: MEASURES.skew.optional(),
  },
  {
    id: 'answer',
    description:
      'An HTTP answer, word for word; or a fault: something that happens to the answer on its way, or in its place.',
  },
  { editor: answerConditions() },
);

export type AnswerFile = z.input<typeof AnswerFile>;
