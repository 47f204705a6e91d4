import type * as z from 'zod';
import { TAKEN } from '../../contract/binding.js';
import { ID_FORM_HINT, ID_FORM_PATTERN, parseIdForm } from '../../contract/id-form.js';
import { listOf, mapping, oneOf, text, textOf } from '../declare.js';
import { wait } from './answer-keys.js';

/** The key `report` of a binding. @param unknown its key of that name, an answer */
export const reportFile = <U extends z.ZodType>(unknown: U) =>
  mapping(
    {
      operation: text(
        { description: 'The operation that reports a job, by its operationId.' },
        { hint: 'the operation that reports a job' },
      ),
      job: text(
        {
          description:
            'Where a request names the job: a path parameter by its name, `query.id`, `header.X-Job`, or `body.device_code` for a field of a JSON body or a form.',
          examples: ['jobId', 'query.id', 'header.X-Job', 'body.device_code'],
        },
        { hint: 'its path parameter, query.id, header.X-Job or body.device_code' },
      ),
      ids: textOf(
        (said) => parseIdForm(said) !== undefined,
        ID_FORM_PATTERN,
        {
          description:
            'How jobs are named. Left out: uuid. `body.jobId`, `path.id`, `query.id` and `header.X-Id` are places of the scheduling request: its client chooses the id, and one is made where it names none, a UUID or of the form behind ` or `.',
          examples: [
            'uuid',
            'number',
            '24 hex digits',
            'job_ and 21 letters and digits',
            '/^[A-Z]{3}-\\d{6}$/',
            'integers from 1',
            'body.jobId',
            'header.X-Id or 24 hex digits',
          ],
        },
        { form: 'a form of ids', hint: ID_FORM_HINT },
      ).optional(),
      wait: wait(' Left out: as the binding has it.'),
      unknown,
      reads: listOf(text({ description: 'An operationId.' }), {
        description:
          'Operations that read what jobs make, by its id, where the API has no jobs of its own to ask for: what is made appears later. They are polled until it is there; from then on, and of what no job makes, they read as ever, and nobody has to ask for anything. The pack answers them, so that states need no answers. `operation` is one of them.',
        examples: [['getOrder', 'getOrderByNumber']],
      }).optional(),
      taken: oneOf(
        TAKEN,
        'taken',
        'WRONG_VALUE',
        {
          description:
            'What a scheduling request comes to whose chosen id a job has already. Left out: again for PUT, refused for others.',
        },
        { again: 'it is answered with that job, and none is scheduled', refused: '409' },
      ).optional(),
    },
    {
      description: 'The operation that reports a job. Left out only where `schedules` is empty.',
    },
    { hint: 'every binding needs it' },
  );
