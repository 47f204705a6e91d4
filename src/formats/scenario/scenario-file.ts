import * as z from 'zod';
import { GROUPS } from '../../scenario/scenario.js';
import {
  declare,
  duration,
  flag,
  listOf,
  mapping,
  named,
  scalar,
  text,
  whole,
} from '../declare.js';
import { PartsFile } from '../parts-file.js';
import { TolerancesFile } from '../tolerances-file.js';
import { refusalConditions } from './answer-conditions.js';
import { AnswerFile } from './answer-file.js';
import { LIFE_DEFINITIONS, lifeConditions } from './life-conditions.js';
import { StepFile } from './step-file.js';
import { ScenarioWebhooksFile } from './webhooks-file.js';

const NAME = '^[a-z0-9][a-z0-9._-]{0,63}$';

/** Fields by dotted names; an inner mapping is one more way to write the dot. */
export const fields = (description: string, example?: unknown) => {
  const Fields: z.ZodType<{ [name: string]: Field }> = z.record(
    z.string(),
    declare(
      z.union([scalar(), z.lazy(() => Fields)]),
      { description: 'The value that the field must have.' },
      { must: 'a single value', hint: 'a text, number or true/false' },
    ),
  );
  const about = { description, ...(example === undefined ? {} : { examples: [example] }) };
  return declare(Fields, about, { must: 'a mapping' }).optional();
};

type Field = string | number | boolean | null | { [name: string]: Field };

export const WHEN = ['body', 'path', 'query', 'headers', 'resource'] as const;

const Condition = mapping(
  {
    body: fields(
      "Fields of the request's JSON body. A dot leads into an object, a number into a list.\n\nExample: { subject.value: 00000000-0000-4000-8000-000000001172 }\nExample: { event.0.period.end: 2025-03-07T20:59:59Z }",
      { 'subject.value': '00000000-0000-4000-8000-000000001172' },
    ),
    path: fields(
      "Parameters in the request's path, by their names in the contract.\n\nExample: { compositionId: 6f1c2b1e-8f5d-4a8e-9a53-1b7c0a4d2e10 }",
    ),
    query: fields(
      "Parameters after the question mark of the request's address.\n\nExample: { type: NEWBORN }",
    ),
    headers: fields('Headers of the request.\n\nExample: { X-Test-Case: slow }'),
    resource: fields(
      'Fields of what the request wants to change, as it stands now. A dot leads into an object.\n\nExample: { subject.value: 00000000-0000-4000-8000-000000001003 }\nExample: { status: PRELIMINARY }',
      { 'subject.value': '00000000-0000-4000-8000-000000001003' },
    ),
  },
  {
    id: 'condition',
    description:
      'Fields of the scheduling request and the values that they must have; all of them must hold. Upper and lower case make no difference.',
  },
  {
    wrong: () => 'a condition is a mapping',
    hint: `with some of: ${WHEN.join(', ')}`,
    editor: {
      anyOf: WHEN.map((part) => ({
        required: [part],
        properties: { [part]: { minProperties: 1 } },
      })),
    },
  },
);

const ExpectFile = mapping(
  {
    result_read: flag({
      description:
        'true: the client reads the result after the job is done. false: it does not, since there is none.',
    }).optional(),
    reaches_end: flag({
      description:
        'true: the client goes on polling until it has been told the end of the job (done or failed). false: it never gets to know it.',
    }).optional(),
    gives_up: flag({
      description:
        'true: the client stops polling although it has not been told an end, for example because the job is gone. false: it must not stop before.',
    }).optional(),
    renews_credentials: flag({
      description:
        'true: the client has a token service, so after a 401 it takes a new token and goes on. Left out: one that stops there has done right.',
    }).optional(),
    polls: mapping(
      {
        at_least: whole(0, undefined, {
          description: 'The least number of polls: with fewer the client cannot know the end.',
        }).optional(),
        at_most: whole(0, undefined, {
          description:
            'The greatest number of polls: more of them show that the client does not heed eta, or does not stop.',
        }).optional(),
      },
      {
        description:
          'How often the client asks for the state of the job.\n\nExample: { at_least: 3, at_most: 6 }',
        examples: [{ at_most: 6 }, { at_least: 3, at_most: 6 }],
      },
    ).optional(),
    within: duration({
      description:
        "How long after scheduling the client should have been told the end at the latest, by the session's clock.\n\nExample: 30s",
      examples: ['30s', '10min'],
    }).optional(),
    submissions: mapping(
      {
        at_most: whole(0, undefined, {
          description:
            'The greatest number of requests that schedule, in the whole run: one that takes a failure for success, or a lost answer for none, sends more.',
        }).optional(),
      },
      {
        description:
          'How often the client sends a request that schedules a job.\n\nExample: { at_most: 1 }',
        examples: [{ at_most: 1 }],
      },
    ).optional(),
    exit: declare(
      z.union([z.literal(0), z.literal('nonzero')]),
      {
        description:
          "How the client's own command ends, where `exec` runs it: 0 when it takes the run for a success, nonzero when it says that it has failed.",
        examples: [0, 'nonzero'],
      },
      { must: '0 or nonzero', hint: 'write 0, or nonzero for any other code' },
    ).optional(),
    output: text({
      description:
        "A text that the client's own command prints, where `exec` runs it: the error that its user has to see, for example.\n\nExample: The period is wrong",
    }).optional(),
  },
  {
    description:
      'What a good client does in this scenario, beside the rules that always apply. What is left out is not looked at.\n\nExample: { reaches_end: true, polls: { at_most: 6 } }',
    examples: [{ reaches_end: true, result_read: true }, { gives_up: true }],
  },
);

/** A scenario, as the file has it. */
export const ScenarioFile = mapping(
  {
    scenario: declare(
      z
        .union([z.string(), z.number(), z.boolean()])
        .refine((name) => new RegExp(NAME).test(String(name))),
      {
        description:
          'The name by which the scenario is chosen, unique among all files: small letters, digits, dots, dashes and underscores, at most 64. Name the file after it.\n\nExample: failed-after-two-polls',
        examples: ['done-after-eta', 'failed-after-two-polls'],
      },
      {
        must: 'a text',
        hint: 'small letters, digits, dots and dashes, at most 64: failed-after-two-polls',
        wrong: (name) => `"${name}" is not a name`,
        editor: {
          type: undefined,
          anyOf: [
            { type: 'string', pattern: NAME },
            { type: 'integer', minimum: 0 },
          ],
        },
      },
    ),
    title: text({
      description:
        'A few words for lists and reports.\n\nExample: Two answers «open», then «failed»',
      examples: ['Two answers «open», then «failed»'],
    }).optional(),
    about: text({
      description:
        'One sentence: what does a client learn from this scenario?\n\nExample: A job that has failed will never be done, so the client stops asking and shows the error.',
    }).optional(),
    group: text({
      description: `Under which heading the scenario is listed. The catalogue has ${GROUPS.join(', ')}; left out, it is listed under own.`,
      examples: [...GROUPS, 'own'],
      default: 'own',
    }).optional(),
    operations: listOf(
      text({ description: 'An operationId of the contract.' }, { slot: 'operations' }),
      {
        description:
          'The operations that the scenario can be played for, by operationId. Operations that schedule a job can stand here, and with `refuse` those that the binding names under `refuses`. Left out: all that schedule.',
      },
      { editor: { minItems: 1 } },
    ).optional(),
    when: declare(
      z.union([Condition, listOf(Condition, { description: 'One of these is enough.' })]),
      {
        description:
          "Lets the request itself choose the scenario, so that the client's code stays as it is. One condition, or a list of conditions of which one is enough.\n\nExample: { body: { subject.value: 00000000-0000-4000-8000-000000001172 } }",
      },
      { must: 'a list', hint: 'start each entry with "- "' },
    ).optional(),
    refuse: declare(
      AnswerFile,
      {
        description:
          'Answers the scheduling request itself, at once. No job comes into being, so there is no need for a life.\n\nExample: { http: 503, retry_after: 5s }',
        examples: [{ http: 500 }, { http: 503, retry_after: '5s' }, { fault: 'reset' }],
      },
      {
        must: 'a mapping',
        hint: `with some of: ${Object.keys(AnswerFile.shape).join(', ')}`,
        editor: { allOf: [refusalConditions()] },
      },
    ).optional(),
    scheduled: text(
      {
        description:
          'The form of the answer to the scheduling request, where the binding has several: created, for example, for 201 in the place of 202. An operation that has no such form answers as usual. Left out: the first one.',
        examples: ['created'],
      },
      { slot: 'scheduled' },
    ).optional(),
    cancelled: text({
      description:
        'The form of the answer to a request that cancels the job, where the binding has several: accepted, for example, for 202 in the place of 200. Left out: the usual one.',
      examples: ['accepted'],
    }).optional(),
    life: listOf(
      StepFile,
      {
        description:
          'The steps that the job lives through, from top to bottom. Each step but the last says how long it lasts; the last one lasts for ever.\n\nExample:\nlife:\n  - state: «open»\n    for: 3s\n  - state: «done»',
      },
      { editor: lifeConditions() },
    ).optional(),
    result: named(z.unknown(), {
      description:
        'Details of what the job makes when it is done. Which names are understood, the pack of the API says; answers of the binding tell them as {result.NAME}: how many of the items have failed, for example.',
    }).optional(),
    webhooks: ScenarioWebhooksFile.optional(),
    meets: listOf(
      whole(1, undefined, { description: 'A step by its number; the first one is 1.' }),
      {
        description:
          'The steps that a good client meets, by their numbers from 1. Where one of them is not met, and nothing that the client does wrong explains it, the scenario counts as not played. To meet a step is to be answered in it by a poll. Left out: every step up to the first final state, without a first state that lasts as long as its eta says, since a client that waits polls when it is over; what stands behind the final state is there for clients that go on.\n\nExample: [1, 3]',
        examples: [[1, 3]],
      },
      { editor: { minItems: 1 } },
    ).optional(),
    expect: ExpectFile.optional(),
    tolerances: TolerancesFile.optional(),
    parts: PartsFile.optional(),
    off_contract: flag({
      description:
        'true: every answer of this scenario may break the contract, on purpose. To let only one step do so, give that step off_contract: true. Without it, an answer that the real API could not give is refused when the file is read.',
      default: false,
    }).optional(),
  },
  {
    title: 'Scenario',
    description:
      'The life that a job will live, step by step, and what a good client does with it. One scenario is one YAML file. The shortest one has a name and a step:\n\nscenario: my-first\nlife:\n  - state: «done»',
  },
  {
    wrong: () => 'a scenario is a mapping',
    hint: 'start it with `scenario: NAME`',
    slot: 'scenario',
    definitions: LIFE_DEFINITIONS,
    editor: {
      anyOf: [{ required: ['life'] }, { required: ['refuse'] }],
      dependencies: { refuse: { properties: { life: false, scheduled: false } } },
    },
  },
);

export type ScenarioFile = z.input<typeof ScenarioFile>;
