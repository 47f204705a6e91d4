import { beforeAll, describe, expect, it } from 'vitest';
import { FileError, formatProblem, type Problem } from '../../src/problem.js';
import { parseScenario } from '../../src/scenario/parse.js';
import type { Vocabulary } from '../../src/scenario/vocabulary.js';
import { compositionsVocabulary } from '../support/vocabulary.js';

let words: Vocabulary;

beforeAll(async () => {
  words = await compositionsVocabulary();
});

function problemsOf(text: string): readonly Problem[] {
  try {
    parseScenario('own.yaml', text, words);
  } catch (error) {
    if (error instanceof FileError) return error.problems;
    throw error;
  }
  return [];
}

const NAME = 'small letters, digits, dots and dashes, at most 64: failed-after-two-polls';
const LENGTH = 'write a duration (3s), a number of polls (2 polls), or "until released"';
const DURATION = 'write a number and a unit: 500ms, 3s, 10min, 2h, 1d';
const FIELD = 'name a field: body: { subject.value: … }';
const HEADER = 'RFC 9110 §5.1: letters, digits, dashes; printable ASCII values';
const FAULT = 'leave it out: with this fault nothing is answered';
const ANSWER_KEYS =
  'http, fault, retry_after, headers, body, closed, bytes_per_second, bytes, off_by, skew';
const OFF = 'a state outside the contract needs off_contract: true';

type Mistake = [what: string, text: string, problems: string[]];

/** What is wrong · the text · `line:column: message (hint)` of each mistake, in the order of reading. */
const MISTAKES: Mistake[] = [
  [
    'an empty file',
    '',
    ['1:1: a scenario is a mapping (start it with `scenario: NAME`)'], // nothing to point at
  ],
  ['a list', '- a\n- b', ['1:1: a scenario is a mapping (start it with `scenario: NAME`)']],
  [
    'an unknown key',
    'scenario: own\ntittle: T\nlife:\n  - state: DONE',
    ['2:1: unknown key "tittle" (did you mean title?)'],
  ],
  [
    'an unknown key that is near to none',
    'scenario: own\ncolour: red\nlife:\n  - state: DONE',
    [
      '2:1: unknown key "colour" (known: scenario, title, about, group, operations, when, refuse, life, result, expect, tolerances, off_contract)',
    ],
  ],
  [
    'an unknown key of a step, which stands at its own line',
    'scenario: own\nlife:\n  - state: DONE\n    offcontract: true',
    ['4:5: unknown key "offcontract" (did you mean off_contract?)'],
  ],
  ['no name', 'life:\n  - state: DONE', [`1:1: the key "scenario" is missing (${NAME})`]],
  [
    'a name that could not stand in a header or a file name',
    'scenario: Bad Name\nlife:\n  - state: DONE',
    [`1:11: "Bad Name" is not a name (${NAME})`],
  ],
  [
    'a name of 65 letters',
    `scenario: ${'a'.repeat(65)}\nlife:\n  - state: DONE`,
    [`1:11: "${'a'.repeat(65)}" is not a name (${NAME})`],
  ],
  [
    'a title that is a list',
    'scenario: own\ntitle: [a]\nlife:\n  - state: DONE',
    ['2:8: "title" must be a text'],
  ],
  [
    'an off_contract that is neither true nor false in YAML 1.2',
    'scenario: own\noff_contract: yes\nlife:\n  - state: DONE',
    ['2:15: "off_contract" must be true or false'],
  ],
  [
    'an operation with a slip of the pen',
    'scenario: own\noperations: [signComposition, createCompositoin]\nlife:\n  - state: DONE',
    ['2:31: unknown operation "createCompositoin" (did you mean createComposition?)'],
  ],
  [
    'an operation of the contract that schedules no job',
    'scenario: own\noperations: [searchCompositions]\nlife:\n  - state: DONE',
    [
      '2:14: unknown operation "searchCompositions" (known: createComposition, signComposition, cancelComposition, resendToErln)',
    ],
  ],
  [
    'operations that are no list',
    'scenario: own\noperations: createComposition\nlife:\n  - state: DONE',
    ['2:13: "operations" must be a list (start each entry with "- ")'],
  ],
  [
    'no operation at all',
    'scenario: own\noperations: []\nlife:\n  - state: DONE',
    [
      '2:13: the list is empty, so the scenario is never played (leave it out to mean every operation that schedules a job)',
    ],
  ],
  [
    'no life',
    'scenario: own',
    ['1:1: the key "life" is missing (list the steps that the job lives through)'],
  ],
  [
    'a life without steps',
    'scenario: own\nlife: []',
    ['2:7: a life has at least one step (for example "- state: DONE")'],
  ],
  [
    'a life that is no list',
    'scenario: own\nlife:\n  state: DONE',
    ['3:3: "life" must be a list (start each entry with "- ")'],
  ],
  [
    'a life that was not written',
    'scenario: own\nlife:',
    ['2:6: "life" must be a list (start each entry with "- ")'],
  ],
  [
    'a step that is only a word',
    'scenario: own\nlife:\n  - DONE',
    ['3:5: a step is a mapping (with `state` or `answer`)'],
  ],
  [
    'a step without state and answer',
    'scenario: own\nlife:\n  - { for: 3s }\n  - state: DONE',
    ['3:5: the step says nothing (give it `state: PENDING`, or `answer: { http: 404 }`)'],
  ],
  [
    'an unknown state',
    'scenario: own\nlife:\n  - state: DONEE',
    [`3:12: unknown state "DONEE" (did you mean DONE?; ${OFF})`],
  ],
  [
    'a state in small letters',
    'scenario: own\nlife:\n  - state: done',
    [`3:12: unknown state "done" (did you mean DONE?; ${OFF})`],
  ],
  [
    'an unknown shape',
    'scenario: own\nlife:\n  - state: DONE\n    shape: relativ',
    ['4:12: unknown shape of DONE "relativ" (did you mean relative?)'],
  ],
  [
    'the shape of another state',
    'scenario: own\nlife:\n  - state: FAILED\n    shape: no-links',
    [
      '4:12: unknown shape of FAILED "no-links" (known: link-error, error-list, error-object, response-data, error-rules)',
    ],
  ],
  [
    'an unknown envelope',
    'scenario: own\nlife:\n  - state: DONE\n    envelope: ful',
    ['4:15: unknown envelope "ful" (did you mean full?)'],
  ],
  [
    'an unknown error code',
    'scenario: own\nlife:\n  - state: FAILED\n    error: { code: 1173 }',
    ['4:20: unknown error code "1173" (did you mean 1172?; or give a message of your own)'],
  ],
  [
    'an error that says nothing',
    'scenario: own\nlife:\n  - state: FAILED\n    error: { name: X }',
    ['4:12: the error has neither code nor message (for example { code: 1000 })'],
  ],
  [
    'an error that is a bare code',
    'scenario: own\nlife:\n  - state: FAILED\n    error: 1172',
    ['4:12: "error" must be a mapping (with some of: code, name, message)'],
  ],
  [
    'an error of a state that has none',
    'scenario: own\nlife:\n  - state: DONE\n    error: { code: 1172 }',
    ['4:12: state DONE carries no error (an error goes with a failed state)'],
  ],
  [
    'a missing length: the next step would never come',
    'scenario: own\nlife:\n  - state: PENDING\n  - state: DONE',
    [`3:5: the step lasts for ever, so the next one is never reached (give it \`for\`: ${LENGTH})`],
  ],
  [
    'a step before the last that lasts for ever',
    'scenario: own\nlife:\n  - state: PENDING\n    for: ever\n  - state: DONE',
    [`4:10: the step lasts for ever, so the next one is never reached (${LENGTH})`],
  ],
  [
    'a length of the last step',
    'scenario: own\nlife:\n  - state: DONE\n    for: 3s',
    ['4:10: nothing follows the last step, so it lasts for ever (leave `for` out, or add a step)'],
  ],
  ...['3 secs', '3', '0s', '-3s', '0 polls', '1.5 polls', 'until relased', '3s from start'].map(
    (text): Mistake => [
      `the length "${text}"`,
      `scenario: own\nlife:\n  - state: PENDING\n    for: ${text}\n  - state: DONE`,
      [`4:10: "for: ${text}" is not a length (${LENGTH})`],
    ],
  ),
  [
    'a length that is a list',
    'scenario: own\nlife:\n  - state: PENDING\n    for: [3s]\n  - state: DONE',
    ['4:10: "for" must be a text'],
  ],
  ...['soon', '3', '3s from now', '2 polls'].map(
    (text): Mistake => [
      `the eta "${text}"`,
      `scenario: own\nlife:\n  - state: PENDING\n    eta: ${text}`,
      [
        `4:10: "eta: ${text}" is not a time (${DURATION}; counted from the answer, or "10s from start"; -5s is past already)`,
      ],
    ],
  ),
  ...['{}', '{ body: {} }', '{ body: { subject: {} } }'].map(
    (when): Mistake => [
      `the empty condition ${when}`,
      `scenario: own\nwhen: ${when}\nlife:\n  - state: DONE`,
      [`2:7: the condition is empty, so every request would meet it (${FIELD})`],
    ],
  ),
  [
    'an empty condition among others',
    'scenario: own\nwhen:\n  - body: { a: 1 }\n  - headers: {}\nlife:\n  - state: DONE',
    [`4:5: the condition is empty, so every request would meet it (${FIELD})`],
  ],
  [
    'a condition on an unknown part of the request',
    'scenario: own\nwhen: { body: { a: 1 }, header: { b: 2 } }\nlife:\n  - state: DONE',
    ['2:25: unknown key "header" (did you mean headers?)'],
  ],
  [
    'a condition on a list',
    'scenario: own\nwhen: { body: { subject: { value: [1, 2] } } }\nlife:\n  - state: DONE',
    ['2:15: "subject.value" must be a single value (a text, number or true/false)'],
  ],
  [
    'a condition that is a word',
    'scenario: own\nwhen: [urgent]\nlife:\n  - state: DONE',
    ['2:8: a condition is a mapping (with some of: body, path, query, headers, resource)'],
  ],
  [
    'a part of a condition that is a word',
    'scenario: own\nwhen: { body: urgent, query: { a: 1 } }\nlife:\n  - state: DONE',
    ['2:15: "body" must be a mapping'],
  ],
  [
    'an answer without a status',
    'scenario: own\nlife:\n  - answer: { body: x }',
    ['3:13: the answer has no "http" (give it a status, for example http: 503)'],
  ],
  [
    'an answer that is a bare status',
    'scenario: own\nlife:\n  - answer: 404',
    [`3:13: "answer" must be a mapping (with some of: ${ANSWER_KEYS})`],
  ],
  ...['199', '600', "'404'", '404.5'].map(
    (http): Mistake => [
      `the status ${http}`,
      `scenario: own\nlife:\n  - answer: { http: ${http} }`,
      ['3:21: "http" must be a whole number (from 200 to 599)'],
    ],
  ),
  ...['soon', '-2s', '2'].map(
    (text): Mistake => [
      `the Retry-After "${text}"`,
      `scenario: own\nlife:\n  - answer: { http: 429, retry_after: ${text} }`,
      [`3:39: "retry_after: ${text}" is not a duration (${DURATION})`],
    ],
  ),
  [
    'a header whose value breaks out of its line',
    'scenario: own\nlife:\n  - answer: { http: 404, headers: { X-A: "a\\r\\nSet-Cookie: b" } }',
    [`3:35: "X-A" cannot be sent as a header (${HEADER})`],
  ],
  [
    'a header whose name breaks out of its line',
    'scenario: own\nlife:\n  - answer: { http: 404, headers: { "X-A\\r\\nX-B": a } }',
    [`3:35: "X-A\r\nX-B" cannot be sent as a header (${HEADER})`],
  ],
  [
    'a header with letters outside ASCII',
    'scenario: own\nlife:\n  - answer: { http: 404, headers: { X-A: їжак } }',
    [`3:35: "X-A" cannot be sent as a header (${HEADER})`],
  ],
  [
    'a header without a value',
    'scenario: own\nlife:\n  - answer: { http: 404, headers: { X-A: } }',
    ['3:35: the header "X-A" has no value (write "" for an empty one)'],
  ],
  ...['Content-Length', 'transfer-encoding'].map(
    (name): Mistake => [
      `the header ${name}, which frames the body`,
      `scenario: own\nlife:\n  - answer: { http: 404, headers: { ${name}: 5 } }`,
      [`3:35: "${name}" is written by the sandbox (leave it out: it follows from the body)`],
    ],
  ),
  [
    'an unknown fault',
    'scenario: own\nlife:\n  - answer: { fault: rest }',
    ['3:22: unknown fault "rest" (did you mean reset?)'],
  ],
  [
    'a fault that is no word',
    'scenario: own\nrefuse: { fault: [reset] }',
    ['2:18: "fault" must be a text'],
  ],
  [
    'a fault beside what only an answer has',
    'scenario: own\nrefuse:\n  fault: hang\n  http: 503\n  retry_after: 2s\n  headers: {}\n  body: x',
    [
      `4:9: "http" cannot stand beside "fault: hang" (${FAULT})`,
      `5:16: "retry_after" cannot stand beside "fault: hang" (${FAULT})`,
      `6:12: "headers" cannot stand beside "fault: hang" (${FAULT})`,
      `7:9: "body" cannot stand beside "fault: hang" (${FAULT})`,
    ],
  ],
  [
    'what a fault says itself',
    'scenario: own\nlife:\n  - answer: { fault: gateway-html, http: 404, body: x }',
    [
      '3:42: "http" must be a whole number (from 500 to 599)',
      '3:53: "body" cannot stand beside "fault: gateway-html" (leave it out: this fault brings an answer of its own)',
    ],
  ],
  [
    'a redirect that is none',
    'scenario: own\nlife:\n  - answer: { fault: redirect, http: 304 }',
    ['3:38: unknown status of a redirect "304" (did you mean 301?)'],
  ],
  [
    'a measure of another fault',
    'scenario: own\nlife:\n  - answer: { fault: slow-body, bytes: 7, skew: 1h }',
    [
      '3:40: "bytes" is not for this answer (it measures truncated-body, chunked-cut-off, huge-body)',
      '3:49: "skew" is not for this answer (it measures clock-skew)',
    ],
  ],
  [
    'a measure without a fault',
    'scenario: own\nlife:\n  - answer: { http: 200, bytes_per_second: 5 }',
    ['3:44: "bytes_per_second" is not for this answer (it measures slow-headers, slow-body)'],
  ],
  ...[
    ['truncated-body', 'bytes: -1', '"bytes" must be a whole number (from 0 to 100000000)'],
    [
      'slow-body',
      'bytes_per_second: 0',
      '"bytes_per_second" must be a whole number (from 1 to 1000000)',
    ],
    [
      'wrong-content-length',
      'off_by: 0',
      '"off_by" must be a whole number other than 0 (for example -10)',
    ],
    ['clock-skew', 'skew: soon', `"skew: soon" is not a time (${DURATION}; -1h is past)`],
    ['refused', 'closed: -1s', `"closed: -1s" is not a duration (${DURATION})`],
  ].map(
    ([fault = '', measure = '', message = '']): Mistake => [
      `the measure ${measure}`,
      `scenario: own\nlife:\n  - answer:\n      fault: ${fault}\n      ${measure}`,
      [`5:${measure.indexOf(' ') + 8}: ${message}`],
    ],
  ),
  [
    'a body that a fault could only damage behind a status',
    'scenario: own\nlife:\n  - answer: { fault: bom, body: { a: 1 } }',
    ['3:13: the answer has no "http" (give it a status, for example http: 503)'],
  ],
  [
    'a refusal that does not say what is damaged',
    'scenario: own\nrefuse: { fault: truncated-body }',
    ['2:9: the answer has no "http" (say which answer is damaged, for example http: 503)'],
  ],
  [
    'a delay of a refusal, which only a step has',
    'scenario: own\nrefuse: { http: 503, delay: 5s }',
    [`2:22: unknown key "delay" (known: ${ANSWER_KEYS})`],
  ],
  ...['soon', '-5s', '5'].map(
    (text): Mistake => [
      `the delay "${text}"`,
      `scenario: own\nlife:\n  - state: DONE\n    delay: ${text}`,
      [`4:12: "delay: ${text}" is not a duration (${DURATION})`],
    ],
  ),
  [
    'a delay of an answer that never comes',
    'scenario: own\nlife:\n  - answer: { fault: hang }\n    delay: 5s',
    ['4:12: an answer that never comes cannot come later (leave one of the two out)'],
  ],
  [
    'a tolerance of a rule with a slip of the pen',
    'scenario: own\nlife:\n  - state: DONE\ntolerances: { eta-respectd: 1s }',
    ['4:15: unknown rule "eta-respectd" (did you mean eta-respected?)'],
  ],
  [
    'an answer and a state in one step',
    'scenario: own\nlife:\n  - answer: { http: 404 }\n    state: PENDING\n    shape: relative\n    envelope: full\n    error: { code: 1172 }',
    [
      '4:12: "state" cannot stand beside "answer" (make it a step of its own)',
      '5:12: "shape" cannot stand beside "answer" (make it a step of its own)',
      '6:15: "envelope" cannot stand beside "answer" (make it a step of its own)',
      '7:12: "error" cannot stand beside "answer" (make it a step of its own)',
    ],
  ],
  [
    'a refusal beside a life',
    'scenario: own\nrefuse: { http: 500 }\nlife:\n  - state: DONE',
    ['4:3: a refused request makes no job, so this life is never lived (leave one of the two out)'],
  ],
  [
    'a refusal without a status',
    'scenario: own\nrefuse: {}',
    ['2:9: the answer has no "http" (give it a status, for example http: 503)'],
  ],
  [
    'a result that is no mapping',
    'scenario: own\nresult: ERROR\nlife:\n  - state: DONE',
    ['2:9: "result" must be a mapping'],
  ],
  [
    'an unknown expectation',
    'scenario: own\nexpect: { pols: { at_most: 3 } }\nlife:\n  - state: DONE',
    ['2:11: unknown key "pols" (did you mean polls?)'],
  ],
  [
    'an expectation in quotes',
    'scenario: own\nexpect: { result_read: "true" }\nlife:\n  - state: DONE',
    ['2:24: "result_read" must be true or false'],
  ],
  [
    'a number of polls that is no range',
    'scenario: own\nexpect: { polls: 3 }\nlife:\n  - state: DONE',
    ['2:18: "polls" must be a mapping (with some of: at_least, at_most)'],
  ],
  ...['-1', '1.5', 'many'].map(
    (polls): Mistake => [
      `at most ${polls} polls`,
      `scenario: own\nexpect: { polls: { at_most: ${polls} } }\nlife:\n  - state: DONE`,
      ['2:29: "at_most" must be a whole number (from 0 or more)'],
    ],
  ),
  [
    'at least more polls than at most',
    'scenario: own\nexpect: { polls: { at_least: 5, at_most: 3 } }\nlife:\n  - state: DONE',
    ['2:30: no number of polls is both (at_least is 5, at_most is 3)'],
  ],
  [
    'a time to end within that is none',
    'scenario: own\nexpect: { within: a while }\nlife:\n  - state: DONE',
    [`2:19: "within: a while" is not a duration (${DURATION})`],
  ],
  ...(
    [
      ['a value', 'scenario: own\ntitle: &t Twice\nabout: *t\nlife:\n  - state: DONE', '3:8'],
      ['a mapping', 'scenario: own\nresult: &r {}\nexpect: *r\nlife:\n  - state: DONE', '3:9'],
      [
        'a condition',
        'scenario: own\nwhen: { body: { a: &a 1, b: *a } }\nlife:\n  - state: DONE',
        '2:29',
      ],
      [
        'a body',
        'scenario: own\nlife:\n  - answer: { http: 404, body: { a: &a 1, b: *a } }',
        '3:46',
      ],
      [
        'an operation',
        'scenario: own\noperations: [&o signComposition, *o]\nlife:\n  - state: DONE',
        '2:34',
      ],
      [
        'a step',
        'scenario: own\nlife:\n  - &s { state: PENDING, for: 1 poll }\n  - *s\n  - state: DONE',
        '4:5',
      ],
    ] as const
  ).map(
    ([what, text, place]): Mistake => [
      `an alias in the place of ${what}`,
      text,
      [`${place}: aliases are not read here (write the value out)`],
    ],
  ),
  ...(
    [
      [
        'a tab',
        'scenario: own\nlife:\n\t- state: DONE',
        '3:1: not readable as YAML: Tabs are not allowed as indentation',
      ],
      [
        'a step that is indented by a space too little',
        'scenario: own\nlife:\n  - state: PENDING\n   for: 3s\n  - state: DONE',
        '4:1: not readable as YAML: Sequence item without - indicator',
      ],
      [
        'a colon without quotes',
        'scenario: own\ntitle: DONE: at last',
        '2:8: not readable as YAML: Nested mappings are not allowed in compact mappings',
      ],
      [
        'a second document',
        'scenario: own\n---\nscenario: two',
        '2:1: not readable as YAML: this file holds more than one document',
      ],
    ] as const
  ).map(
    ([what, text, problem]): Mistake => [
      what,
      text,
      [`${problem} (check the indentation, quotes and colons on this line and the one above)`],
    ],
  ),
  [
    'a key that comes twice',
    'scenario: own\nscenario: two',
    ['2:1: the key "scenario" stands twice (leave one of the two out)'],
  ],
  [
    'a key of a step that comes twice',
    'scenario: own\nlife:\n  - state: DONE\n    state: FAILED',
    ['4:5: the key "state" stands twice (leave one of the two out)'],
  ],
  [
    'a key that is no text',
    'scenario: own\nwhen: { body: { ? [a] : b } }',
    ['2:19: this key is no text (a key is a text, a number or true/false)'],
  ],
  [
    'a tag of another language',
    'scenario: own\ntitle: !!js/function "() => 1"',
    [
      '2:22: the tag tag:yaml.org,2002:js/function is not read (leave it out: values are plain YAML 1.2)',
    ],
  ],
  [
    'several mistakes: all of them are told, each at its place',
    `# a comment
title: [a]
operations: [nope]
when: { body: {} }
life:
  - state: PENDIN
  - answer: { http: 99 }
    for: 3 pols
  - state: DONE
    for: 3s
    sape: relative
expect: { polls: { at_most: many } }`,
    [
      `2:1: the key "scenario" is missing (${NAME})`,
      '2:8: "title" must be a text',
      '3:14: unknown operation "nope" (known: createComposition, signComposition, cancelComposition, resendToErln)',
      `4:7: the condition is empty, so every request would meet it (${FIELD})`,
      `6:5: the step lasts for ever, so the next one is never reached (give it \`for\`: ${LENGTH})`,
      `6:12: unknown state "PENDIN" (did you mean PENDING?; ${OFF})`,
      '7:21: "http" must be a whole number (from 200 to 599)',
      `8:10: "for: 3 pols" is not a length (${LENGTH})`,
      '10:10: nothing follows the last step, so it lasts for ever (leave `for` out, or add a step)',
      '11:5: unknown key "sape" (did you mean shape?)',
      '12:29: "at_most" must be a whole number (from 0 or more)',
    ],
  ],
];

describe('a mistake is told with its file, line, column and a hint:', () => {
  it.each(MISTAKES)('%s', (_, text, problems) => {
    const told = problemsOf(text).map(formatProblem);
    expect(told).toEqual(problems.map((problem) => `own.yaml:${problem}`));
  });

  it('stands in the fields that editors and CI read', () => {
    expect(problemsOf('scenario: own\nlife:\n  - state: DONEE')).toEqual([
      {
        file: 'own.yaml',
        line: 3,
        column: 12,
        message: 'unknown state "DONEE"',
        hint: `did you mean DONE?; ${OFF}`,
      },
    ]);
  });

  it('is the message of the error as well, a line for each mistake', () => {
    const text = 'scenario: own\ntittle: T\nlife: []';
    expect(() => parseScenario('own.yaml', text, words)).toThrow(
      'own.yaml:2:1: unknown key "tittle" (did you mean title?)\nown.yaml:3:7: a life has at least one step (for example "- state: DONE")',
    );
  });
});
