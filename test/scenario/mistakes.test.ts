import { beforeAll, describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/formats/scenario/parse.js';
import { FileError, type Problem } from '../../src/problem.js';
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

/** As it is read when it is taken for UTF-8. */
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').toString('utf8');

type Mistake = [what: string, text: string, found: string[]];

/** What is wrong · the text · `line:column CODE` of each mistake, in the order of the file. */
const MISTAKES: Mistake[] = [
  ['an empty file', '', ['1:1 SCENARIO_WRONG_TYPE']],
  ['a list', '- a\n- b', ['1:1 SCENARIO_WRONG_TYPE']],
  [
    'a text that is cut off with brackets open',
    '{"scenario": "own",\n"life": [{"answer": {"http": 200,',
    ['2:34 FILE_NOT_YAML'],
  ],
  ['a text in UTF-16', utf16('scenario: own\nlife:\n  - state: DONE'), ['1:1 FILE_NOT_UTF8']],
  [
    'an unknown key',
    'scenario: own\ntittle: T\nlife:\n  - state: DONE',
    ['2:1 SCENARIO_UNKNOWN_KEY'],
  ],
  [
    'an unknown key that is near to none',
    'scenario: own\ncolour: red\nlife:\n  - state: DONE',
    ['2:1 SCENARIO_UNKNOWN_KEY'],
  ],
  [
    'an unknown key of a step, which stands at its own line',
    'scenario: own\nlife:\n  - state: DONE\n    offcontract: true',
    ['4:5 SCENARIO_UNKNOWN_KEY'],
  ],
  ['no name', 'life:\n  - state: DONE', ['1:1 SCENARIO_MISSING_KEY']],
  [
    'a name that could not stand in a header or a file name',
    'scenario: Bad Name\nlife:\n  - state: DONE',
    ['1:11 SCENARIO_WRONG_VALUE'],
  ],
  [
    'a name of 65 letters',
    'scenario: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nlife:\n  - state: DONE',
    ['1:11 SCENARIO_WRONG_VALUE'],
  ],
  [
    'a title that is a list',
    'scenario: own\ntitle: [a]\nlife:\n  - state: DONE',
    ['2:8 SCENARIO_WRONG_TYPE'],
  ],
  [
    'an off_contract that is neither true nor false in YAML 1.2',
    'scenario: own\noff_contract: yes\nlife:\n  - state: DONE',
    ['2:15 SCENARIO_WRONG_TYPE'],
  ],
  [
    'an operation with a slip of the pen',
    'scenario: own\noperations: [signComposition, createCompositoin]\nlife:\n  - state: DONE',
    ['2:31 SCENARIO_UNKNOWN_OPERATION'],
  ],
  [
    'an operation of the contract that schedules no job',
    'scenario: own\noperations: [searchCompositions]\nlife:\n  - state: DONE',
    ['2:14 SCENARIO_UNKNOWN_OPERATION'],
  ],
  [
    'operations that are no list',
    'scenario: own\noperations: createComposition\nlife:\n  - state: DONE',
    ['2:13 SCENARIO_WRONG_TYPE'],
  ],
  [
    'no operation at all',
    'scenario: own\noperations: []\nlife:\n  - state: DONE',
    ['2:13 SCENARIO_EMPTY'],
  ],
  ['no life', 'scenario: own', ['1:1 SCENARIO_MISSING_KEY']],
  ['a life without steps', 'scenario: own\nlife: []', ['2:7 SCENARIO_EMPTY']],
  ['a life that is no list', 'scenario: own\nlife:\n  state: DONE', ['3:3 SCENARIO_WRONG_TYPE']],
  ['a life that was not written', 'scenario: own\nlife:', ['2:6 SCENARIO_WRONG_TYPE']],
  ['a step that is only a word', 'scenario: own\nlife:\n  - DONE', ['3:5 SCENARIO_WRONG_TYPE']],
  [
    'a step without state and answer',
    'scenario: own\nlife:\n  - { for: 3s }\n  - state: DONE',
    ['3:5 SCENARIO_MISSING_KEY'],
  ],
  ['an unknown state', 'scenario: own\nlife:\n  - state: DONEE', ['3:12 SCENARIO_UNKNOWN_STATE']],
  [
    'a state in small letters',
    'scenario: own\nlife:\n  - state: done',
    ['3:12 SCENARIO_UNKNOWN_STATE'],
  ],
  [
    'an unknown shape',
    'scenario: own\nlife:\n  - state: DONE\n    shape: relativ',
    ['4:12 SCENARIO_UNKNOWN_SHAPE'],
  ],
  [
    'the shape of another state',
    'scenario: own\nlife:\n  - state: FAILED\n    shape: no-links',
    ['4:12 SCENARIO_UNKNOWN_SHAPE'],
  ],
  [
    'an unknown envelope',
    'scenario: own\nlife:\n  - state: DONE\n    envelope: ful',
    ['4:15 SCENARIO_UNKNOWN_ENVELOPE'],
  ],
  [
    'an unknown error code',
    'scenario: own\nlife:\n  - state: FAILED\n    error: { code: 1173 }',
    ['4:20 SCENARIO_UNKNOWN_ERROR'],
  ],
  [
    'an error that says nothing',
    'scenario: own\nlife:\n  - state: FAILED\n    error: { name: X }',
    ['4:12 SCENARIO_MISSING_KEY'],
  ],
  [
    'an error that is a bare code',
    'scenario: own\nlife:\n  - state: FAILED\n    error: 1172',
    ['4:12 SCENARIO_WRONG_TYPE'],
  ],
  [
    'an error of a state that has none',
    'scenario: own\nlife:\n  - state: DONE\n    error: { code: 1172 }',
    ['4:12 SCENARIO_KEY_CONFLICT'],
  ],
  [
    'a missing length: the next step would never come',
    'scenario: own\nlife:\n  - state: PENDING\n  - state: DONE',
    ['3:5 SCENARIO_STEP_ENDLESS'],
  ],
  [
    'a step before the last that lasts for ever',
    'scenario: own\nlife:\n  - state: PENDING\n    for: ever\n  - state: DONE',
    ['4:10 SCENARIO_STEP_ENDLESS'],
  ],
  [
    'a length of the last step',
    'scenario: own\nlife:\n  - state: DONE\n    for: 3s',
    ['4:10 SCENARIO_LAST_STEP_ENDS'],
  ],
  [
    'a step to be met that is not there',
    'scenario: own\nlife:\n  - state: DONE\nmeets: [1, 2]',
    ['4:12 SCENARIO_NO_SUCH_STEP'],
  ],
  [
    'an exit that is no end of a command',
    'scenario: own\nlife:\n  - state: DONE\nexpect: { exit: 1 }',
    ['4:17 SCENARIO_WRONG_VALUE'],
  ],
  [
    'the length "3 secs"',
    'scenario: own\nlife:\n  - state: PENDING\n    for: 3 secs\n  - state: DONE',
    ['4:10 SCENARIO_WRONG_VALUE'],
  ],
  [
    'the length "3"',
    'scenario: own\nlife:\n  - state: PENDING\n    for: 3\n  - state: DONE',
    ['4:10 SCENARIO_WRONG_VALUE'],
  ],
  [
    'the length "0s"',
    'scenario: own\nlife:\n  - state: PENDING\n    for: 0s\n  - state: DONE',
    ['4:10 SCENARIO_WRONG_VALUE'],
  ],
  [
    'the length "-3s"',
    'scenario: own\nlife:\n  - state: PENDING\n    for: -3s\n  - state: DONE',
    ['4:10 SCENARIO_WRONG_VALUE'],
  ],
  [
    'the length "0 polls"',
    'scenario: own\nlife:\n  - state: PENDING\n    for: 0 polls\n  - state: DONE',
    ['4:10 SCENARIO_WRONG_VALUE'],
  ],
  [
    'the length "1.5 polls"',
    'scenario: own\nlife:\n  - state: PENDING\n    for: 1.5 polls\n  - state: DONE',
    ['4:10 SCENARIO_WRONG_VALUE'],
  ],
  [
    'the length "until relased"',
    'scenario: own\nlife:\n  - state: PENDING\n    for: until relased\n  - state: DONE',
    ['4:10 SCENARIO_WRONG_VALUE'],
  ],
  [
    'the length "3s from start"',
    'scenario: own\nlife:\n  - state: PENDING\n    for: 3s from start\n  - state: DONE',
    ['4:10 SCENARIO_WRONG_VALUE'],
  ],
  [
    'a length that is a list',
    'scenario: own\nlife:\n  - state: PENDING\n    for: [3s]\n  - state: DONE',
    ['4:10 SCENARIO_WRONG_TYPE'],
  ],
  [
    'the eta "soon"',
    'scenario: own\nlife:\n  - state: PENDING\n    eta: soon',
    ['4:10 SCENARIO_WRONG_VALUE'],
  ],
  [
    'the eta "3"',
    'scenario: own\nlife:\n  - state: PENDING\n    eta: 3',
    ['4:10 SCENARIO_WRONG_VALUE'],
  ],
  [
    'the eta "3s from now"',
    'scenario: own\nlife:\n  - state: PENDING\n    eta: 3s from now',
    ['4:10 SCENARIO_WRONG_VALUE'],
  ],
  [
    'the eta "2 polls"',
    'scenario: own\nlife:\n  - state: PENDING\n    eta: 2 polls',
    ['4:10 SCENARIO_WRONG_VALUE'],
  ],
  [
    'the empty condition {}',
    'scenario: own\nwhen: {}\nlife:\n  - state: DONE',
    ['2:7 SCENARIO_EMPTY'],
  ],
  [
    'the empty condition { body: {} }',
    'scenario: own\nwhen: { body: {} }\nlife:\n  - state: DONE',
    ['2:7 SCENARIO_EMPTY'],
  ],
  [
    'the empty condition { body: { subject: {} } }',
    'scenario: own\nwhen: { body: { subject: {} } }\nlife:\n  - state: DONE',
    ['2:7 SCENARIO_EMPTY'],
  ],
  [
    'an empty condition among others',
    'scenario: own\nwhen:\n  - body: { a: 1 }\n  - headers: {}\nlife:\n  - state: DONE',
    ['3:13 SCENARIO_UNKNOWN_FIELD', '4:5 SCENARIO_EMPTY'],
  ],
  [
    'a condition on an unknown part of the request',
    'scenario: own\nwhen: { body: { a: 1 }, header: { b: 2 } }\nlife:\n  - state: DONE',
    ['2:17 SCENARIO_UNKNOWN_FIELD', '2:25 SCENARIO_UNKNOWN_KEY'],
  ],
  [
    'a condition on a list',
    'scenario: own\nwhen: { body: { subject: { value: [1, 2] } } }\nlife:\n  - state: DONE',
    ['2:35 SCENARIO_WRONG_TYPE'],
  ],
  [
    'a condition that is a word',
    'scenario: own\nwhen: [urgent]\nlife:\n  - state: DONE',
    ['2:8 SCENARIO_WRONG_TYPE'],
  ],
  [
    'a part of a condition that is a word',
    'scenario: own\nwhen: { body: urgent, query: { a: 1 } }\nlife:\n  - state: DONE',
    ['2:15 SCENARIO_WRONG_TYPE', '2:32 SCENARIO_UNKNOWN_FIELD'],
  ],
  [
    'an answer without a status',
    'scenario: own\nlife:\n  - answer: { body: x }',
    ['3:13 SCENARIO_MISSING_KEY'],
  ],
  [
    'an answer that is a bare status',
    'scenario: own\nlife:\n  - answer: 404',
    ['3:13 SCENARIO_WRONG_TYPE'],
  ],
  [
    'the status 199',
    'scenario: own\nlife:\n  - answer: { http: 199 }',
    ['3:21 SCENARIO_WRONG_VALUE'],
  ],
  [
    'the status 600',
    'scenario: own\nlife:\n  - answer: { http: 600 }',
    ['3:21 SCENARIO_WRONG_VALUE'],
  ],
  [
    "the status '404'",
    "scenario: own\nlife:\n  - answer: { http: '404' }",
    ['3:21 SCENARIO_WRONG_TYPE'],
  ],
  [
    'the status 404.5',
    'scenario: own\nlife:\n  - answer: { http: 404.5 }',
    ['3:21 SCENARIO_WRONG_TYPE'],
  ],
  [
    'the Retry-After "soon"',
    'scenario: own\nlife:\n  - answer: { http: 429, retry_after: soon }',
    ['3:39 SCENARIO_WRONG_VALUE'],
  ],
  [
    'the Retry-After "-2s"',
    'scenario: own\nlife:\n  - answer: { http: 429, retry_after: -2s }',
    ['3:39 SCENARIO_WRONG_VALUE'],
  ],
  [
    'the Retry-After "2"',
    'scenario: own\nlife:\n  - answer: { http: 429, retry_after: 2 }',
    ['3:39 SCENARIO_WRONG_VALUE'],
  ],
  [
    'a Retry-After in the past that is no moment',
    'scenario: own\nlife:\n  - answer: { http: 429, retry_after: -2s as seconds }',
    ['3:39 SCENARIO_WRONG_VALUE'],
  ],
  [
    'headers and Retry-After of a state beside an answer',
    'scenario: own\nlife:\n  - answer: { http: 429 }\n    headers: {}\n    retry_after: 2s',
    ['4:14 SCENARIO_KEY_CONFLICT', '5:18 SCENARIO_KEY_CONFLICT'],
  ],
  [
    'a header of a state that the sandbox writes',
    'scenario: own\nlife:\n  - state: DONE\n    headers: { Content-Length: 5 }',
    ['4:16 SCENARIO_WRONG_HEADER'],
  ],
  [
    'a header whose value breaks out of its line',
    'scenario: own\nlife:\n  - answer: { http: 404, headers: { X-A: "a\\r\\nSet-Cookie: b" } }',
    ['3:37 SCENARIO_WRONG_HEADER'],
  ],
  [
    'a header whose name breaks out of its line',
    'scenario: own\nlife:\n  - answer: { http: 404, headers: { "X-A\\r\\nX-B": a } }',
    ['3:37 SCENARIO_WRONG_HEADER'],
  ],
  [
    'a header with letters outside ASCII',
    'scenario: own\nlife:\n  - answer: { http: 404, headers: { X-A: їжак } }',
    ['3:37 SCENARIO_WRONG_HEADER'],
  ],
  [
    'a header without a value',
    'scenario: own\nlife:\n  - answer: { http: 404, headers: { X-A: } }',
    ['3:37 SCENARIO_WRONG_HEADER'],
  ],
  [
    'the header Content-Length, which frames the body',
    'scenario: own\nlife:\n  - answer: { http: 404, headers: { Content-Length: 5 } }',
    ['3:37 SCENARIO_WRONG_HEADER'],
  ],
  [
    'the header transfer-encoding, which frames the body',
    'scenario: own\nlife:\n  - answer: { http: 404, headers: { transfer-encoding: 5 } }',
    ['3:37 SCENARIO_WRONG_HEADER'],
  ],
  [
    'an unknown fault',
    'scenario: own\nlife:\n  - answer: { fault: rest }',
    ['3:22 SCENARIO_UNKNOWN_FAULT'],
  ],
  [
    'something that happens to no token',
    'scenario: own\nlife:\n  - token: expire\n  - state: DONE',
    ['3:12 SCENARIO_UNKNOWN_TOKEN_EVENT'],
  ],
  [
    'a state beside what happens to a token',
    'scenario: own\nlife:\n  - { token: expires, state: PENDING }\n  - state: DONE',
    ['3:30 SCENARIO_KEY_CONFLICT'],
  ],
  [
    'a length of what is over with another token',
    'scenario: own\nlife:\n  - { token: revoked, for: 3s }\n  - state: DONE',
    ['3:28 SCENARIO_KEY_CONFLICT'],
  ],
  [
    'a token that ends and nothing behind it',
    'scenario: own\nlife:\n  - token: expires',
    ['3:12 SCENARIO_LAST_STEP_ENDS'],
  ],
  [
    'a fault that is no word',
    'scenario: own\nrefuse: { fault: [reset] }',
    ['2:18 SCENARIO_WRONG_TYPE'],
  ],
  [
    'a fault beside what only an answer has',
    'scenario: own\nrefuse:\n  fault: hang\n  http: 503\n  retry_after: 2s\n  headers: {}\n  body: x',
    [
      '4:9 SCENARIO_KEY_CONFLICT',
      '5:16 SCENARIO_KEY_CONFLICT',
      '6:12 SCENARIO_KEY_CONFLICT',
      '7:9 SCENARIO_KEY_CONFLICT',
    ],
  ],
  [
    'what a fault says itself',
    'scenario: own\nlife:\n  - answer: { fault: gateway-html, http: 404, body: x }',
    ['3:42 SCENARIO_WRONG_VALUE', '3:53 SCENARIO_KEY_CONFLICT'],
  ],
  [
    'a redirect that is none',
    'scenario: own\nlife:\n  - answer: { fault: redirect, http: 304 }',
    ['3:38 SCENARIO_WRONG_VALUE'],
  ],
  [
    'a measure of another fault',
    'scenario: own\nlife:\n  - answer: { fault: slow-body, bytes: 7, skew: 1h }',
    ['3:40 SCENARIO_KEY_CONFLICT', '3:49 SCENARIO_KEY_CONFLICT'],
  ],
  [
    'a measure without a fault',
    'scenario: own\nlife:\n  - answer: { http: 200, bytes_per_second: 5 }',
    ['3:44 SCENARIO_KEY_CONFLICT'],
  ],
  [
    'the measure bytes: -1',
    'scenario: own\nlife:\n  - answer:\n      fault: truncated-body\n      bytes: -1',
    ['5:14 SCENARIO_WRONG_VALUE'],
  ],
  [
    'the measure bytes_per_second: 0',
    'scenario: own\nlife:\n  - answer:\n      fault: slow-body\n      bytes_per_second: 0',
    ['5:25 SCENARIO_WRONG_VALUE'],
  ],
  [
    'the measure off_by: 0',
    'scenario: own\nlife:\n  - answer:\n      fault: wrong-content-length\n      off_by: 0',
    ['5:15 SCENARIO_WRONG_VALUE'],
  ],
  [
    'the measure skew: soon',
    'scenario: own\nlife:\n  - answer:\n      fault: clock-skew\n      skew: soon',
    ['5:13 SCENARIO_WRONG_VALUE'],
  ],
  [
    'the measure closed: -1s',
    'scenario: own\nlife:\n  - answer:\n      fault: refused\n      closed: -1s',
    ['5:15 SCENARIO_WRONG_VALUE'],
  ],
  [
    'a body that a fault could only damage behind a status',
    'scenario: own\nlife:\n  - answer: { fault: bom, body: { a: 1 } }',
    ['3:13 SCENARIO_MISSING_KEY'],
  ],
  [
    'a refusal that does not say what is damaged',
    'scenario: own\nrefuse: { fault: truncated-body }',
    ['2:9 SCENARIO_MISSING_KEY'],
  ],
  [
    'a delay of a refusal, which only a step has',
    'scenario: own\nrefuse: { http: 503, delay: 5s }',
    ['2:22 SCENARIO_UNKNOWN_KEY'],
  ],
  [
    'the delay "soon"',
    'scenario: own\nlife:\n  - state: DONE\n    delay: soon',
    ['4:12 SCENARIO_WRONG_VALUE'],
  ],
  [
    'the delay "-5s"',
    'scenario: own\nlife:\n  - state: DONE\n    delay: -5s',
    ['4:12 SCENARIO_WRONG_VALUE'],
  ],
  [
    'the delay "5"',
    'scenario: own\nlife:\n  - state: DONE\n    delay: 5',
    ['4:12 SCENARIO_WRONG_VALUE'],
  ],
  [
    'a delay of an answer that never comes',
    'scenario: own\nlife:\n  - answer: { fault: hang }\n    delay: 5s',
    ['4:12 SCENARIO_KEY_CONFLICT'],
  ],
  [
    'a tolerance of a rule with a slip of the pen',
    'scenario: own\nlife:\n  - state: DONE\ntolerances: { eta-respectd: 1s }',
    ['4:15 SCENARIO_UNKNOWN_RULE'],
  ],
  [
    'an answer and a state in one step',
    'scenario: own\nlife:\n  - answer: { http: 404 }\n    state: PENDING\n    shape: relative\n    envelope: full\n    error: { code: 1172 }',
    [
      '4:12 SCENARIO_KEY_CONFLICT',
      '5:12 SCENARIO_KEY_CONFLICT',
      '6:15 SCENARIO_KEY_CONFLICT',
      '7:12 SCENARIO_KEY_CONFLICT',
    ],
  ],
  [
    'a refusal beside a life',
    'scenario: own\nrefuse: { http: 500 }\nlife:\n  - state: DONE',
    ['4:3 SCENARIO_KEY_CONFLICT'],
  ],
  ['a refusal without a status', 'scenario: own\nrefuse: {}', ['2:9 SCENARIO_MISSING_KEY']],
  [
    'a result that is no mapping',
    'scenario: own\nresult: ERROR\nlife:\n  - state: DONE',
    ['2:9 SCENARIO_WRONG_TYPE'],
  ],
  [
    'an unknown expectation',
    'scenario: own\nexpect: { pols: { at_most: 3 } }\nlife:\n  - state: DONE',
    ['2:11 SCENARIO_UNKNOWN_KEY'],
  ],
  [
    'an expectation in quotes',
    'scenario: own\nexpect: { result_read: "true" }\nlife:\n  - state: DONE',
    ['2:24 SCENARIO_WRONG_TYPE'],
  ],
  [
    'a number of polls that is no range',
    'scenario: own\nexpect: { polls: 3 }\nlife:\n  - state: DONE',
    ['2:18 SCENARIO_WRONG_TYPE'],
  ],
  [
    'at most -1 polls',
    'scenario: own\nexpect: { polls: { at_most: -1 } }\nlife:\n  - state: DONE',
    ['2:29 SCENARIO_WRONG_VALUE'],
  ],
  [
    'at most 1.5 polls',
    'scenario: own\nexpect: { polls: { at_most: 1.5 } }\nlife:\n  - state: DONE',
    ['2:29 SCENARIO_WRONG_TYPE'],
  ],
  [
    'at most many polls',
    'scenario: own\nexpect: { polls: { at_most: many } }\nlife:\n  - state: DONE',
    ['2:29 SCENARIO_WRONG_TYPE'],
  ],
  [
    'at least more polls than at most',
    'scenario: own\nexpect: { polls: { at_least: 5, at_most: 3 } }\nlife:\n  - state: DONE',
    ['2:30 SCENARIO_WRONG_VALUE'],
  ],
  [
    'a time to end within that is none',
    'scenario: own\nexpect: { within: a while }\nlife:\n  - state: DONE',
    ['2:19 SCENARIO_WRONG_VALUE'],
  ],
  [
    'an alias that names nothing',
    'scenario: own\nabout: *t\ntitle: &t Twice\nlife:\n  - state: DONE',
    ['2:8 FILE_ALIAS'],
  ],
  [
    'an alias inside of what it names',
    'scenario: own\nresult: &r { again: *r }\nlife:\n  - state: DONE',
    ['2:21 FILE_ALIAS'],
  ],
  [
    'a mistake behind an anchor',
    'scenario: own\nparts: { p: &p { state: PENDIN } }\nlife:\n  - { <<: *p, for: 1 poll }\n  - { <<: *p, for: 2 polls }\n  - state: DONE',
    ['2:25 SCENARIO_UNKNOWN_STATE'],
  ],
  [
    'a merge of what is no mapping',
    'scenario: own\nlife:\n  - { <<: 3s, state: PENDING, for: 1 poll }\n  - state: DONE',
    ['3:11 FILE_MERGE'],
  ],
  [
    'a merge that comes twice',
    'scenario: own\nresult: &r {}\nexpect: { <<: *r, <<: *r }\nlife:\n  - state: DONE',
    ['3:19 FILE_KEY_TWICE'],
  ],
  ['a tab', 'scenario: own\nlife:\n\t- state: DONE', ['3:1 FILE_NOT_YAML']],
  [
    'a step that is indented by a space too little',
    'scenario: own\nlife:\n  - state: PENDING\n   for: 3s\n  - state: DONE',
    ['4:1 FILE_NOT_YAML'],
  ],
  ['a colon without quotes', 'scenario: own\ntitle: DONE: at last', ['2:8 FILE_NOT_YAML']],
  ['a second document', 'scenario: own\n---\nscenario: two', ['2:1 FILE_NOT_YAML']],
  ['a key that comes twice', 'scenario: own\nscenario: two', ['2:1 FILE_KEY_TWICE']],
  [
    'a key of a step that comes twice',
    'scenario: own\nlife:\n  - state: DONE\n    state: FAILED',
    ['4:5 FILE_KEY_TWICE'],
  ],
  [
    'a key that is no text',
    'scenario: own\nwhen: { body: { ? [a] : b } }',
    ['2:19 FILE_KEY_IS_NO_TEXT'],
  ],
  ['a tag of another language', 'scenario: own\ntitle: !!js/function "() => 1"', ['2:22 FILE_TAG']],
  [
    'several mistakes: all of them are told, each at its place',
    '# a comment\ntitle: [a]\noperations: [nope]\nwhen: { body: {} }\nlife:\n  - state: PENDIN\n  - answer: { http: 99 }\n    for: 3 pols\n  - state: DONE\n    for: 3s\n    sape: relative\nexpect: { polls: { at_most: many } }',
    [
      '2:1 SCENARIO_MISSING_KEY',
      '2:8 SCENARIO_WRONG_TYPE',
      '3:14 SCENARIO_UNKNOWN_OPERATION',
      '4:7 SCENARIO_EMPTY',
      '6:5 SCENARIO_STEP_ENDLESS',
      '6:12 SCENARIO_UNKNOWN_STATE',
      '7:21 SCENARIO_WRONG_VALUE',
      '8:10 SCENARIO_WRONG_VALUE',
      '10:10 SCENARIO_LAST_STEP_ENDS',
      '11:5 SCENARIO_UNKNOWN_KEY',
      '12:29 SCENARIO_WRONG_TYPE',
    ],
  ],
];

describe('a mistake is found, with its code and place:', () => {
  it.each(MISTAKES)('%s', (_, text, found) => {
    const told = problemsOf(text).map(({ code, line, column }) => `${line}:${column} ${code}`);
    expect(told).toEqual(found);
  });

  it('says what is wrong, and what to do next', () => {
    for (const [, text] of MISTAKES) {
      for (const { message, file } of problemsOf(text)) {
        expect(message).toMatch(/^[\w"`{].*[^.]$/s);
        expect(file).toBe('own.yaml');
      }
    }
  });

  it('stands in the fields that editors and CI read', () => {
    expect(problemsOf('scenario: own\nlife:\n  - state: DONEE')).toEqual([
      {
        code: 'SCENARIO_UNKNOWN_STATE',
        file: 'own.yaml',
        line: 3,
        column: 12,
        message: 'unknown state "DONEE"',
        hint: 'did you mean DONE?; a state outside the contract needs off_contract: true',
      },
    ]);
  });

  it('is the message of the error as well, a line for each mistake', () => {
    const text = 'scenario: own\ntittle: T\nlife: []';
    expect(() => parseScenario('own.yaml', text, words)).toThrow(
      'own.yaml:2:1: unknown key "tittle" (did you mean title?) [SCENARIO_UNKNOWN_KEY]\nown.yaml:3:7: a life has at least one step (for example "- state: DONE") [SCENARIO_EMPTY]',
    );
  });
});
