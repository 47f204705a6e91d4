import * as z from 'zod';
import { parseJobName } from '../../contract/job-operations.js';
import {
  anything,
  declare,
  duration,
  listOf,
  mapping,
  named,
  oneOf,
  text,
  textOf,
  whole,
} from '../declare.js';

/** What the declaration of a binding lends to that of its operations. */
interface Parts<A extends z.core.$ZodLooseShape, F extends z.ZodType, S extends z.ZodType> {
  /** Keys of an answer. */
  answer: A;
  AnswerFile: F;
  status: S;
}

const JOB =
  'Where a request names the job: a path parameter, `query.id`, `header.X-Job` or `body.id`. Left out: where the report does, or else the last parameter of its path.';
const OPERATION = { hint: 'an operation of the document, by its operationId' };

const job = () => text({ description: JOB }).optional();

const statusOf = <const N extends readonly number[]>(statuses: N, description: string) =>
  declare(
    z.union([z.literal([...statuses]), z.enum(statuses.map(String) as [string, ...string[]])]),
    { description },
    { must: statuses.join(' or '), hint: `write ${statuses.join(' or ')}` },
  );

/** `query.limit` or `limit`; `body.limit` where a list is asked for by a body. */
const QUERY = '^((query\\.)?[^.{}\\s]+|body\\.[^{}\\s]+)$';
const query = (description: string) =>
  textOf(
    (said) => new RegExp(QUERY).test(said),
    QUERY,
    { description },
    {
      form: 'a query parameter',
      hint: 'write query.limit, or limit; body.limit for a field of the body',
    },
  ).optional();

const paging = () =>
  mapping(
    {
      limit: query('Says how many jobs a page has.'),
      usual: whole(1, undefined, {
        description: 'So many where the client names no number. Left out: 20.',
      }).optional(),
      most: whole(1, undefined, { description: 'At most so many. Left out: 100.' }).optional(),
      offset: query('Says how many jobs come before the page.'),
      page: query('Says the number of the page.'),
      first: whole(0, 1, { description: 'The number of the first page. Left out: 1.' }).optional(),
      after: query(
        'Names the job behind which the page begins: the id of the last one before, or {cursor}.',
      ),
      before: query('Names the job before which the page ends.'),
    },
    {
      description:
        'Query parameters, or fields of the body (body.limit), that cut the list into pages. Left out: all jobs stand in one.',
      examples: [{ limit: 'query.limit', after: 'query.after' }],
    },
  ).optional();

const ORDER_HINT =
  'write newest first, oldest first, or { by: query.order, newest: desc, oldest: asc }';

const order = (description: string) =>
  oneOf(['newest first', 'oldest first'] as const, 'order', 'WRONG_VALUE', { description });

const orderByQuery = () =>
  mapping(
    {
      by: declare(
        z.string().regex(new RegExp(QUERY)),
        { description: 'The query parameter.', examples: ['query.order'] },
        {
          must: 'a query parameter',
          hint: 'write query.order, or order; body.order for a field of the body',
        },
      ),
      newest: text({ description: 'Its value for the newest first. Left out: desc.' }).optional(),
      oldest: text({ description: 'Its value for the oldest first. Left out: asc.' }).optional(),
      usual: order('What holds where it says neither. Left out: newest first.').optional(),
    },
    { description: 'The query parameter by which a client asks for an order.' },
  );

/** Keys of what can be done about jobs besides scheduling and reporting them. */
export function operationKeys<
  A extends z.core.$ZodLooseShape,
  F extends z.ZodType,
  S extends z.ZodType,
>({ answer, AnswerFile, status }: Parts<A, F, S>) {
  const refusal = (description: string, example: number) =>
    declare(
      z.union([status, AnswerFile]),
      { description, examples: [example, { http: example }] },
      {
        must: 'a status or an answer',
        hint: `write ${example}, or a mapping with \`http\` and \`data\``,
      },
    );
  return {
    cancel: mapping(
      {
        operation: text(
          { description: 'The operation that cancels a job, by its operationId.' },
          OPERATION,
        ),
        job: job(),
        after: duration({
          description: 'How long it takes. Left out: it is cancelled at once.',
          examples: ['5s'],
        }).optional(),
        state: text({
          description:
            'The state that it comes to, one whose outcome is cancelled. Left out: the first such one.',
        }).optional(),
        while: text({
          description: 'The open state that it shows until then. Left out: the one that it was in.',
        }).optional(),
        refused: refusal(
          'The answer where the job is at its end already. Left out: 409.',
          409,
        ).optional(),
        shapes: named(AnswerFile, {
          description:
            'Further forms of the answer by name, which a scenario chooses with `cancelled`. What stands beside them is the usual one.',
          examples: [{ accepted: { http: 202 } }],
        }).optional(),
        ...answer,
      },
      {
        description:
          'The operation that cancels a job, and its answer. What the job would have made is not made. Left out of the answer: the first success of the document, and what the report says then, if that answer has a body.',
        examples: [{ operation: 'cancelJob', after: '5s', while: 'CANCELLING' }],
      },
    ).optional(),
    delete: mapping(
      {
        operation: text(
          { description: 'The operation that deletes a job, by its operationId.' },
          OPERATION,
        ),
        job: job(),
        // biome-ignore lint/suspicious/noThenProperty: the file calls it so
        then: statusOf(
          [404, 410] as const,
          'What who asks for it later gets. Left out: 404.',
        ).optional(),
        refused: refusal(
          'The answer while the job is open. Left out: it is deleted all the same.',
          409,
        ).optional(),
        ...answer,
      },
      {
        description:
          'The operation that deletes a job, and its answer. Report, results and list know it no more. Left out of the answer: the first success of the document, without a body.',
        // biome-ignore lint/suspicious/noThenProperty: the file calls it so
        examples: [{ operation: 'deleteJob', then: 410 }],
      },
    ).optional(),
    list: mapping(
      {
        operation: text(
          { description: 'The operation that lists jobs, by its operationId.' },
          OPERATION,
        ),
        items: text({
          description:
            'Where the jobs stand in the answer, in place of `data`: keys with dots between them.',
          examples: ['data', 'result.items'],
        }).optional(),
        item: anything({
          description:
            'What stands for each job, with the places of answers about jobs. Left out: what the report says of it.',
        }).optional(),
        filter: named(
          text({
            description:
              'state, operation, kind, item. and a field of what stands for a job, or a place of answers about jobs without its braces.',
          }),
          {
            description:
              'Query parameters, or fields of the body (body.status), that choose jobs, each with what it is compared to: state, operation, kind (where one list is of several `kinds`: their names), item. and a field of what stands for a job, or a place such as body.customer.',
            examples: [{ status: 'state', customer: 'body.customerId' }],
          },
        ).optional(),
        order: declare(
          z.union([order('Left out: newest first.'), orderByQuery()]),
          {
            description:
              'Which jobs come first, or the query parameter that says so. Left out: newest first.',
            examples: ['oldest first', { by: 'query.order', newest: 'desc', oldest: 'asc' }],
          },
          { must: 'newest first, oldest first or a mapping', form: 'an order', hint: ORDER_HINT },
        ).optional(),
        paging: paging(),
        ...answer,
      },
      {
        description:
          'The operation that lists jobs. Looking there is no poll. Names in braces of its answer: {items} {count} {total} {limit} {offset} {page} {pages} {hasMore} {first} {last} {cursor} {next} {previous} {now} {origin} {api}; with OrNull behind first, last, cursor, next and previous they are null where there is none, without it their key is left out.',
        examples: [
          { operation: 'listJobs', items: 'data', paging: { limit: 'limit', after: 'after' } },
        ],
      },
    ).optional(),
    results: listOf(
      mapping(
        {
          operation: text(
            { description: 'The operation that reads a result of a job, by its operationId.' },
            OPERATION,
          ),
          job: job(),
          named: textOf(
            (said) => parseJobName(said) !== undefined,
            '^[^{}]*\\{(job|resource\\.id)\\}[^{}]*$',
            {
              description:
                'How that parameter names the job, by its own id or by that of what it makes. Left out: {job}.',
              examples: ['file-{job}', '{resource.id}'],
            },
            { form: 'a name of a job', hint: 'write file-{job}, or {resource.id}' },
          ).optional(),
          when: declare(
            z.union([
              z.literal('done'),
              listOf(text({ description: 'A state.' }), { description: 'States.' }),
            ]),
            {
              description:
                'When it is there: once the job is done, or in which states. Left out: done.',
              examples: ['done', ['PROCESSED', 'PARTIAL']],
            },
            { must: 'done or a list of states', hint: 'write done, or states: [READY, PARTIAL]' },
          ).optional(),
          before: refusal('The answer in any other state. Left out: 404.', 404).optional(),
          ...answer,
        },
        {
          description:
            'An operation that reads a result. Without `data` it answers as the document shows it.',
        },
      ),
      {
        description:
          'Operations that read what a job has made: there is nothing before it is done.',
        examples: [[{ operation: 'getOutput', before: 404 }]],
      },
    ).optional(),
    expires: mapping(
      {
        after: duration({ description: 'How long a job is known.', examples: ['24h'] }),
        from: oneOf(['end', 'start'] as const, 'beginning', 'WRONG_VALUE', {
          description: 'From its end, or from its start. Left out: end.',
        }).optional(),
        ...answer,
      },
      {
        description:
          'When the API forgets a job by itself: report and results answer so then. Left out of the answer: 410.',
        examples: [{ after: '24h', http: 410 }],
      },
    ).optional(),
  };
}
