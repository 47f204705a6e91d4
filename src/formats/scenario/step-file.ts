import type * as z from 'zod';
import { FAULT_NAMES, FAULTS } from '../../faults/index.js';
import { TOKEN_EVENTS } from '../../scenario/scenario.js';
import { DURATION_HINT } from '../../time/duration.js';
import { duration, flag, mapping, oneOf, text, textOf, UNIT } from '../declare.js';
import { AnswerFile, headers, retryAfter } from './answer-file.js';
import { LENGTH_HINT, parseEta, parseLength } from './lengths.js';

const ErrorFile = mapping(
  {
    code: text(
      {
        description:
          'The code of the business error. One that the sandbox does not know needs a message beside it.',
      },
      { slot: 'error' },
    ).optional(),
    name: text({
      description:
        'The name of the business error, in place of the known one.\n\nExample: CANT_CANCEL_NOT_FOUND',
    }).optional(),
    message: text({
      description:
        'The text of the error, in place of the known one. The client reads CODE: message, or the message alone when there is no code.',
    }).optional(),
  },
  {
    description:
      'Why the job has failed; only a failed state can carry it. A known code is enough, its text is filled in.\n\nExample: { code: 1172 }\nExample: { code: 9999, message: Something new }',
    examples: [{ code: 9999, message: 'Something new' }],
  },
  { editor: { anyOf: [{ required: ['code'] }, { required: ['message'] }] } },
);

/** Keys that go with a state alone. */
export const OF_A_STATE = [
  'state',
  'shape',
  'envelope',
  'error',
  'headers',
  'retry_after',
] as const;

/** One phase of a life, as the file has it. */
export const StepFile = mapping(
  {
    state: text(
      {
        description:
          'The state that the client is told. One outside the contract needs off_contract: true; to the sandbox the job then still goes on.',
      },
      { slot: 'state' },
    ).optional(),
    answer: AnswerFile.optional(),
    token: oneOf(
      TOKEN_EVENTS,
      'token event',
      'UNKNOWN_TOKEN_EVENT',
      {
        description:
          'What happens to the token of the poll that comes to this step, in place of a state or an answer. Whether tokens are looked at or not (`--auth`), the client is answered as the gateway does.',
        examples: ['expires'],
      },
      {
        expires:
          'it has run out: this request and every other one with it is answered 401, until the client comes with another token',
        revoked:
          'the same, and no refresh token of its user is good any more, where the sandbox hands tokens out',
        'lacks-scope':
          'it lacks a scope: each poll of this step is answered 403, or 401 where the API answers that',
      },
    ).optional(),
    for: textOf(
      (said) => parseLength(said.trim()) !== undefined,
      `^(until released|ever|[1-9]\\d{0,8} polls?|(?!0+(\\.0+)? ?[a-z])\\d{1,12}(\\.\\d{1,6})? ?${UNIT})$`,
      {
        description:
          "How long the step lasts: a time (3s), a number of polls (2 polls: two polls get this answer, the third one gets the next step's), or until released (until you move the job on by the control API). Each step needs it but the last one, which lasts for ever: there, leave it out or write ever; and one with `token: expires` or `revoked`, which is over once another token comes.",
        examples: ['3s', '10min', '1 poll', '2 polls', 'until released'],
      },
      { form: 'a length', hint: LENGTH_HINT },
    ).optional(),
    eta: textOf(
      (said) => parseEta(said.trim()) !== undefined,
      `^-?\\d{1,12}(\\.\\d{1,6})? ?${UNIT}( +from start)?$`,
      {
        description:
          'When the client is told to come back: so long after each answer (5s), so long after the job was scheduled (10s from start), or in the past (-5s). Left out, the client is told the truth: the moment when a step that lasts a time will end, or 3s after each answer when nobody knows the end.',
        examples: ['3s', '10s from start', '-5s'],
      },
      {
        form: 'a time',
        hint: `${DURATION_HINT}; counted from the answer, or "10s from start"; -5s is past already`,
      },
    ).optional(),
    delay: duration({
      description:
        'How much later than it could be each answer of this step is sent. What it says is decided when the request comes. Left out: it is sent at once.\n\nExample: 5s',
      examples: ['5s', '30s'],
    }).optional(),
    shape: text(
      {
        description:
          "The form of the answer's body, where clients meet more than one. Left out: the first one of the state.",
      },
      { slot: 'shape' },
    ).optional(),
    envelope: text(
      {
        description: "What is put around the job. Left out: the session's own.",
      },
      { slot: 'envelope' },
    ).optional(),
    error: ErrorFile.optional(),
    headers: headers(
      "Headers that each answer of this state carries beside the API's own; an answer in a state's place has headers of its own. A poll whose If-None-Match names the ETag given here is answered 304, without a body.\n\nExample: { ETag: '\"open-1\"', Cache-Control: no-cache }",
    ).optional(),
    retry_after: retryAfter(
      'Sends the header Retry-After beside the state, in one of the forms that retry_after of an answer has.',
    ).optional(),
    off_contract: flag({
      description:
        "true: this step's answer may break the contract, on purpose. Left out: what the scenario says as a whole.",
    }).optional(),
  },
  {
    id: 'step',
    description:
      "One phase of the job's life: what a poll is told, either a state or an answer in its place, and for how long.",
  },
  {
    slot: 'step',
    wrong: () => 'a step is a mapping',
    hint: 'with `state` or `answer`',
    editor: {
      anyOf: [{ required: ['state'] }, { required: ['answer'] }, { required: ['token'] }],
      dependencies: {
        token: {
          properties: Object.fromEntries([...OF_A_STATE, 'answer'].map((key) => [key, false])),
        },
        answer: {
          properties: Object.fromEntries(OF_A_STATE.map((key) => [key, false])),
        },
        delay: {
          properties: {
            answer: {
              properties: {
                fault: { not: { enum: FAULT_NAMES.filter((name) => FAULTS[name].endless) } },
              },
            },
          },
        },
      },
    },
  },
);

export type StepFile = z.input<typeof StepFile>;
