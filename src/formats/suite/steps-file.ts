import * as z from 'zod';
import { JOB_ENDS } from '../../scenario/process.js';
import { declare, flag, listOf, mapping, oneOf, scalar, text, whole } from '../declare.js';
import { fields } from '../scenario/scenario-file.js';

const PLACE =
  'A value is a text, a number, true, false or null; a list of these, of which one will do; or a place of an earlier step in braces: `{STEP.PART.FIELD}`, where PART is body, path, query, headers, signed, answer or end, or `{STEP.job}` and `{STEP.resource}`.';

/** Fields by dotted names, and what each must be; or a place that all of it must be the same as. */
const tests = (description: string, example: unknown) => {
  const several = listOf(scalar(), { description: 'One of these will do.' });
  const Tests: z.ZodType<Record<string, unknown>> = z.record(
    z.string(),
    declare(
      z.union([scalar(), several, z.lazy(() => Tests)]),
      { description: 'What the field must be.' },
      { must: 'a value', hint: 'a text, a number, true, false, a list of these or a place' },
    ),
  );
  return declare(
    z.union([z.string(), Tests]),
    { description, examples: [example] },
    {
      must: 'a mapping',
      hint: 'of fields and what they must be: { subject.value: "{read.answer.subject.value}" }',
    },
  ).optional();
};

export const STEP_WHEN = ['body', 'path', 'query', 'headers'] as const;

const WhenFile = mapping(
  {
    body: fields("Fields of the request's JSON body.\n\nExample: { relatesTo.code: appends }", {
      'relatesTo.code': 'appends',
    }),
    path: fields("Parameters in the request's path."),
    query: fields("Parameters after the question mark of the request's address."),
    headers: fields('Headers of the request.'),
  },
  {
    id: 'stepCondition',
    description: 'Fields of a request and the values that they must have; all of them must hold.',
  },
  {
    wrong: () => 'a condition is a mapping',
    hint: `with some of: ${STEP_WHEN.join(', ')}`,
  },
);

const statusOf = () => whole(100, 599, { description: 'A status of HTTP.', examples: [200] });

const ExpectFile = mapping(
  {
    status: declare(
      z.union([statusOf(), listOf(statusOf(), { description: 'One of these will do.' })]),
      {
        description:
          'The status of its answer, or a list of which one will do. Left out: any good one, so that no step is gone through by a refusal.',
        examples: [200, [200, 201]],
      },
      { must: 'a status', hint: '200, or a list: [200, 201]' },
    ).optional(),
    job: oneOf(JOB_ENDS, 'end of a job', 'WRONG_VALUE', {
      description: 'The end of its job that the client has been told. Left out: it schedules none.',
    }).optional(),
    body: tests(`Fields of the request's JSON body. ${PLACE}`, {
      'subject.value': '{read.answer.subject.value}',
    }),
    path: tests('Parameters in its path.', { compositionId: '{create.resource}' }),
    query: tests('Parameters after the question mark.', { status: 'FINAL' }),
    headers: tests('Headers of the request.', { 'x-request-id': '{create.headers.x-request-id}' }),
    signed: tests(
      'What stands in the signature container of its body, as the pack reads it.',
      '{read.answer}',
    ),
    answer: tests('Fields of its answer, without the envelope of the API.', {
      status: 'PRELIMINARY',
    }),
    end: tests('The same of the answer that told the end of its job.', { status_code: 200 }),
  },
  {
    id: 'stepExpectation',
    description:
      'What makes the step right. `*` in a name stands for each entry of a list, or for the one thing there is, `**` for anything below.',
  },
);

/** A step of a process. */
export const ProcessStepFile = mapping(
  {
    step: declare(
      z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
      {
        description:
          'Its name, by which later steps refer to it: small letters, digits and dashes.',
        examples: ['create', 'read-signed'],
        pattern: '^[a-z0-9][a-z0-9-]{0,63}$',
      },
      { must: 'a text', form: 'a name', hint: 'small letters, digits and dashes: read-signed' },
    ),
    title: text({ description: 'What is done, in plain words, as a report tells it.' }),
    operations: listOf(
      text({ description: 'An operationId of the contract.' }),
      { description: 'The operations that show it, by operationId: a request for one of them.' },
      { editor: { minItems: 1, uniqueItems: true } },
    ),
    when: declare(
      z.union([WhenFile, listOf(WhenFile, { description: 'One of these is enough.' })]),
      {
        description:
          'Which of their requests the step is about. One condition, or a list of which one is enough. Left out: all of them.',
      },
      { must: 'a list', hint: 'start each entry with "- "' },
    ).optional(),
    expect: ExpectFile.optional(),
    after: text({
      description:
        'The step that must be over before it begins. Left out: the last one above it that is not optional.',
    }).optional(),
    optional: flag({
      description: 'true: a client may leave it out, and is through the process all the same.',
      default: false,
    }).optional(),
    scenarios: listOf(
      text({ description: 'A scenario of this suite.' }),
      {
        description:
          'Scenarios of the suite that are played for requests of this step alone. One that fails them ends the process there: what it says must be shown.',
      },
      { editor: { minItems: 1, uniqueItems: true } },
    ).optional(),
    advice: text({ description: 'What to do about it in the client, in one line.' }).optional(),
  },
  { description: 'A step of the process: a request, and what makes it right.' },
);

export type ProcessStepFile = z.input<typeof ProcessStepFile>;
