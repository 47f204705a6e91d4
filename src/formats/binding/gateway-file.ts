import * as z from 'zod';
import { declare, mapping, text, textOf } from '../declare.js';

const TOKEN = "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$";

const header = (description: string, example: string) =>
  textOf(
    (said) => new RegExp(TOKEN).test(said),
    TOKEN,
    { description, examples: [example] },
    { form: 'the name of a header', hint: `write ${example}` },
  ).optional();

const status = declare(
  z.union([z.int().min(400).max(499), z.string().regex(/^4\d\d$/)]),
  { description: 'The status. Left out: 403.', examples: [403, 401] },
  { must: 'a status', hint: 'give a status from 400 to 499' },
).optional();

/** The key `gateway` of a binding. */
export const gateway = mapping(
  {
    request_id: header(
      'The header by which a request may name itself: its value is told as {request}, and comes back in the same header. Left out: none is heeded.',
      'X-Request-ID',
    ),
    missing_scope: mapping(
      {
        http: status,
        type: text({ description: 'What {type} of the refusal stands for.' }).optional(),
        message: text({
          description: 'Its text. {scopes} are those that are missing.',
          examples: ['Missing allowances: {scopes}'],
        }).optional(),
      },
      {
        description:
          'How a token is refused that lacks scopes, where tokens are looked at (`--auth strict`). Left out: as every other 403.',
      },
    ).optional(),
    rate_limit: mapping(
      {
        text: text({
          description: 'A plain text in place of the usual form of refusals.',
          examples: ['API rate limit exceeded'],
        }).optional(),
        limit: header(
          'A header of every answer: how many requests a minute has.',
          'X-RateLimit-Limit-minute',
        ),
        remaining: header(
          'A header of every answer: how many of them are left.',
          'X-RateLimit-Remaining-minute',
        ),
      },
      {
        description:
          'How a token is refused that asks too often, where requests are counted (`--quota`). Left out: as every other 429.',
      },
    ).optional(),
  },
  { description: 'What stands in front of the API and turns requests away.' },
).optional();
