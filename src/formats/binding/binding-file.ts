import * as z from 'zod';
import { PLACES as PARTS } from '../../contract/binding.js';
import { ANSWER_PLACES, UNKNOWN_PLACES } from '../../contract/places.js';
import { OUTCOMES } from '../../outcome.js';
import {
  anything,
  declare,
  flag,
  listOf,
  mapping,
  named,
  oneOf,
  text,
  textOf,
  UNIT,
} from '../declare.js';
import { parseEta } from '../scenario/lengths.js';
import { idempotency, pollHint, result, slower, wait } from './answer-keys.js';
import { gateway } from './gateway-file.js';
import { partsAndKinds } from './kinds-file.js';
import { operationKeys } from './operations-file.js';
import { reportFile } from './report-file.js';
import { resources } from './resources-file.js';
import { tokens } from './tokens-file.js';
import { WebhooksFile } from './webhooks-file.js';

const PLACES = `Names in braces are filled in: ${ANSWER_PLACES.map((name) => `{${name}}`).join(' ')}. Moments also in other forms: {eta.epoch} {eta.ms} {eta.http}.`;

/** Values of a template: a text with places, or any JSON around such texts. */
const template = (description: string) => anything({ description: `${description} ${PLACES}` });

const usualEta = (description: string) =>
  textOf(
    (said) => parseEta(said.trim()) !== undefined,
    `^-?\\d{1,12}(\\.\\d{1,6})? ?${UNIT}( +from start)?$`,
    { description, examples: ['60000s from start'] },
    { form: 'an eta', hint: 'write 3s, or 60000s from start' },
  );

const status = declare(
  z.union([z.int().min(200).max(599), z.string().regex(/^[2-5]\d\d$/)]),
  { description: 'The HTTP status. Left out: 200.', examples: [200, 202, 303, 500] },
  { must: 'a status', hint: 'give a status from 200 to 599' },
);

/** RFC 3986 §3.3: a path begins with a slash; one at the end would stand beside that of the document's paths. */
const prefix = textOf(
  (said) => said === '' || (said.startsWith('/') && !said.endsWith('/')),
  '^(/.*[^/])?$',
  { description: 'A prefix, or "" for none.' },
  { form: 'a prefix', hint: 'begin it with / and end it without: /api; "" stands for none' },
);

const ANSWER = {
  http: status.optional(),
  headers: named(text({ description: 'The value of the header.' }), {
    description: `Headers of the answer. ${PLACES}`,
    examples: [{ Location: '{origin}{api}/jobs/{job}', 'Retry-After': '{retryAfter}' }],
  }).optional(),
  data: template('What stands in the envelope. Left out: there is no body.').optional(),
  bare: flag({ description: 'true: `data` is sent without an envelope.' }).optional(),
};

const AnswerFile = mapping(
  ANSWER,
  { id: 'answer', description: 'An answer, with places that are filled in.' },
  { wrong: () => 'an answer is a mapping', hint: 'give it `http` or `data`' },
);

const Scheduled = mapping(
  {
    ...ANSWER,
    shapes: named(AnswerFile, {
      description:
        'Further forms of the answer by name, which a scenario chooses with `scheduled`. What stands beside them is the usual one, else the first.',
      examples: [{ created: { http: 201, data: { id: '{job}' } } }],
    }).optional(),
  },
  { description: 'The answer of an operation that schedules a job.' },
  { wrong: () => 'an answer is a mapping', hint: 'give it `http` or `data`' },
);

const Scheduling = mapping(
  {
    resource: text({
      description: 'The path parameter that names what a job of this operation changes.',
    }).optional(),
    makes: flag({
      description:
        'false: its job changes what is there, which only the body names. Left out: true, unless `resource` is given.',
    }).optional(),
    link: anything({
      description:
        'Where a job of this operation leads to: what {link} stands for. Names in braces: {job} {resource} {path} {origin} {api}.',
    }).optional(),
    scheduled: Scheduled.optional(),
    usual: named(text({ description: 'A form of that state.' }), {
      description:
        'In which of its forms a job of this operation tells a state, where its scenario says nothing. Left out: in the first.',
      examples: [{ processed: 'data' }],
    }).optional(),
    wait: wait(' Left out: as the binding has it.'),
  },
  { description: 'An operation that schedules jobs.' },
);

/** A final answer may have its result elsewhere than others: 303 with and without Location. */
const OF_AN_END = {
  result: result(
    'Where the result is of a job that this answer says to be done, where that is another place than `result` of the binding says.',
  ),
};

const path = (description: string) => text({ description, examples: ['error.invalid'] });

/** Long answers are cut by some platforms, and a client has to read what is left. */
const CUT = {
  cut: mapping(
    {
      bytes: declare(
        z.int().min(1),
        { description: 'So many bytes of `data` are sent whole.', examples: [10_000] },
        { must: 'a whole number from 1', hint: 'give a number of bytes' },
      ),
      empty: declare(
        z.union([path('One path.'), listOf(path('A path.'), { description: 'Several.' })]),
        {
          description:
            'Lists and objects that are emptied first, by their dotted paths in `data`; a list on the way means each of its items.',
          examples: ['error.invalid.rules.params'],
        },
        { must: 'a path or a list of paths', hint: 'error.invalid.rules.params' },
      ).optional(),
      shorten: path('The list that then loses its last items until the rest fits.').optional(),
    },
    { description: 'How `data` is made shorter where it is long.' },
  ).optional(),
};

const StateAnswer = mapping(
  { ...ANSWER, ...OF_AN_END, ...CUT },
  { id: 'state-answer', description: 'A form of the answer that tells a state.' },
  { wrong: () => 'an answer is a mapping', hint: 'give it `http` or `data`' },
);

const State = mapping(
  {
    outcome: oneOf(
      OUTCOMES,
      'outcome',
      'UNKNOWN_OUTCOME',
      { description: 'What the state means for the job.' },
      {
        open: 'the job goes on',
        done: 'the job is done: its result is there',
        failed: 'the job has failed: there will be no result',
        cancelled: 'the job was cancelled before its end: there will be no result',
      },
    ),
    ...ANSWER,
    ...OF_AN_END,
    ...CUT,
    shapes: named(StateAnswer, {
      description: 'Several forms of the answer by name; the first is the usual one.',
    }).optional(),
    slower,
  },
  { description: 'A state that a job can report, and the answer that says so.' },
);

const ErrorFile = mapping(
  {
    code: text({ description: 'The code as clients read it. Left out: the key.' }).optional(),
    name: text({ description: 'The name of the error.' }).optional(),
    message: text({ description: 'Its text.' }).optional(),
    details: anything({
      description: 'Whatever else its answers tell: {error.details.…}',
    }).optional(),
    shape: text({
      description: 'The form in which a failed state tells it. Left out: the first.',
    }).optional(),
  },
  { description: 'A business error that a job can fail with.' },
);

const byStatus = (description: string) =>
  declare(
    z.record(z.string().regex(/^[1-5]\d\d$/), text({ description: 'The word for this status.' })),
    { description },
    { must: 'a mapping', hint: 'of statuses and their texts: { 404: Not found }' },
  ).optional();

const partWord = (part: string) =>
  text({ description: `The word for what stands in the ${part}. Left out: ${part}.` }).optional();

const ReportFile = reportFile(
  declare(
    z.union([status, AnswerFile]),
    {
      description: `What a request gets that names a job nobody has been told of. Left out: 404. Names in braces: ${UNKNOWN_PLACES.map((name) => `{${name}}`).join(' ')}.`,
      examples: [400, { http: 400, bare: true, data: { error: 'invalid_grant' } }],
    },
    { must: 'a status or an answer', hint: 'write 400, or a mapping with `http` and `data`' },
  ).optional(),
);

/** A binding of one kind of jobs. */
const Single = mapping(
  {
    binding: text(
      { description: "Its name, and that of its scenarios' folder." },
      { hint: 'every binding needs it' },
    ),
    pack: text({ description: 'The domain behaviour that goes with it, if any.' }).optional(),
    prefixes: listOf(prefix, {
      description: "What may stand in front of the document's paths.",
      examples: [['', '/api']],
    }).optional(),
    scenario: text({ description: 'The scenario that plays unasked.' }).optional(),
    schedules: declare(
      z.union([
        z.record(z.string(), Scheduling.nullable()),
        listOf(text({ description: 'An operationId.' }), { description: 'operationIds.' }),
      ]),
      {
        description:
          'Operations that schedule jobs: a list of operationIds, or more about each. Empty: the API has no jobs. Left out only where there are `kinds`.',
      },
      { must: 'a list or a mapping', hint: 'every binding needs it' },
    ).optional(),
    refuses: listOf(text({ description: 'An operationId.' }), {
      description:
        'Operations that schedule no job, and that a scenario which names them among its `operations` may answer in their place: `refuse`.',
      examples: [['approveOrder', 'resendCode']],
    }).optional(),
    aliases: named(
      declare(
        z.union([
          text({ description: 'Another operationId.' }),
          listOf(text({ description: 'Another operationId.' }), {
            description: 'Other operationIds.',
          }),
        ]),
        { description: 'Its other names.' },
        { must: 'a name or a list of names', hint: 'getJob: getJobDetails' },
      ),
      {
        description:
          'Other names of operations: whoever says one of them, in a scenario, a request of the control API or a document of the same API, means the operation.',
        examples: [{ getJob: ['getJobDetails', 'Get job details by ID'] }],
      },
    ).optional(),
    report: ReportFile.optional(),
    eta: oneOf(
      ['promise', 'hint'],
      'eta',
      'UNKNOWN_ETA',
      {
        description:
          'Whether the platform keeps the etas that it tells. Left out: promise. With hint no client is judged by them, only by its own pauses.',
      },
      {
        promise: 'before its eta no job has an end, and at its eta there is news',
        hint: 'a guess: a job may end before or after it',
      },
    ).optional(),
    usual_eta: declare(
      z.union([
        usualEta('The eta alone.'),
        mapping(
          {
            tells: usualEta('The eta.'),
            setting: text({
              description:
                'A setting of the pack that says it in seconds, in its place; 0 stands for the truth.',
              examples: ['JOB_ETA'],
            }).optional(),
          },
          { description: 'The eta, and what may change it.' },
        ),
      ]),
      {
        description:
          'What etas say where a scenario names none: so long after each answer, or after the start. Left out: the truth. Goes with `eta: hint`.',
        examples: ['60000s from start', { tells: '60000s from start', setting: 'JOB_ETA' }],
      },
      { must: 'an eta, or a mapping', hint: 'write 3s, or 60000s from start' },
    ).optional(),
    result: result(
      'Where the result of a job is. Left out: in a resource that its client finds by its id, if the job makes something.',
    ),
    idempotency,
    wait: wait(),
    poll_hint: pollHint,
    scheduled: declare(
      Scheduled,
      {
        description:
          'The answer of an operation that schedules a job. Left out only where `schedules` is empty.',
      },
      { must: 'a mapping', hint: 'every binding needs it' },
    ).optional(),
    states: named(
      State,
      {
        description:
          'The states that a job can report, by their names. Left out only where `schedules` is empty.',
      },
      { hint: 'every binding needs it' },
    ).optional(),
    webhooks: WebhooksFile.optional(),
    ...operationKeys({ answer: ANSWER, AnswerFile, status }),
    errors: named(ErrorFile, {
      description: 'Business errors by their keys, which scenarios name as code.',
    }).optional(),
    failure: text({
      description: 'The key of the error that a failed job tells when its scenario names none.',
    }).optional(),
    envelopes: named(
      anything({
        description:
          'Names in braces: {data} {http} {url} {type} {request} {paging} {urgent} {idempotencyKey}.',
      }),
      {
        description:
          'What stands around good answers, by name; the first is the usual one. `bare` (nothing) goes without saying.',
      },
    ).optional(),
    refusal: anything({
      description:
        'What a refusal looks like. Names in braces: {http} {type} {code} {message} {invalid} {url} {request}. Left out: as the contract has errors, where it shows none as problem details (RFC 9457).',
    }).optional(),
    types: byStatus('What {type} of a refusal stands for, by HTTP status.'),
    messages: byStatus(
      'What {message} of a refusal stands for, by HTTP status. Left out: Status and the number.',
    ),
    resources,
    gateway,
    tokens,
    places: mapping(Object.fromEntries(PARTS.map((part) => [part, partWord(part)])), {
      description:
        'How the API calls the parts of a request: `entry_type` of {invalid}. Left out: body, path, query, header, cookie.',
      examples: [{ body: 'json_data_property', path: 'path_parameter' }],
    }).optional(),
  },
  { description: '' },
);

/** A binding, as the file has it. */
export const BindingFile = mapping(
  { ...Single.shape, ...partsAndKinds(Single.shape) },
  {
    title: 'A binding of esoz-sandbox',
    description:
      'Which operations of an OpenAPI document schedule jobs, which one reports them, and where a job stands in its answers.',
  },
  { wrong: () => 'a binding is a mapping', hint: 'start it with `binding: NAME`' },
);

export type BindingFile = z.input<typeof BindingFile>;
