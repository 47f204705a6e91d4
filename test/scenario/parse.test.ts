import { beforeAll, describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/formats/scenario/parse.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import type { Vocabulary } from '../../src/scenario/vocabulary.js';
import { compositionsVocabulary } from '../support/vocabulary.js';

let words: Vocabulary;

beforeAll(async () => {
  words = await compositionsVocabulary();
});

const parse = (text: string): Scenario => parseScenario('own.yaml', text, words);

/** The steps of a life, given as it stands below `life:`. */
const stepsOf = (life: string) => parse(`scenario: own\nlife:\n${life}`).life;

/** The conditions of a scenario, given as they stand after `when:`. */
const whenOf = (when: string) =>
  parse(`scenario: own\nwhen: ${when}\nlife: [{ state: DONE }]`).when;

const NOTHING = { body: {}, path: {}, query: {}, headers: {}, resource: {} };

describe('a scenario', () => {
  it('needs a name and a step, and nothing else', () => {
    expect(parse('scenario: my-first\nlife:\n  - state: DONE')).toEqual({
      name: 'my-first',
      title: '',
      about: '',
      group: 'own',
      file: 'own.yaml',
      operations: undefined,
      when: [],
      whenAt: [],
      refuse: undefined,
      life: [
        {
          response: {
            state: 'DONE',
            outcome: 'done',
            shape: undefined,
            envelope: undefined,
            error: undefined,
          },
          duration: { kind: 'ever' },
          eta: undefined,
          delay: 0,
          offContract: false,
          line: 3,
        },
      ],
      result: {},
      meets: [0],
      expect: {},
      tolerances: {},
      offContract: false,
    });
  });

  it('can say all that the language knows', () => {
    const text = `
# a comment
scenario: all-of-it
title: Everything at once
about: >-
  One sentence that
  goes over two lines.
group: odd
operations: [signComposition, cancelComposition]
when:
  - body: { subject.value: A, event: { 0: { note: B } } }
    path: { compositionId: C }
    query: { page: 2 }
    headers: { X-Test-Case: slow }
    resource: { status: FINAL }
  - { body: { wanted: true } }
life:
  - state: PENDING
    for: 1.5min
    eta: 10s from start
    delay: 1.5s
    envelope: data
  - answer: { http: 429, retry_after: 2s, headers: { X-Left: 0 }, body: { left: 0 } }
    for: 2 polls
    eta: -5s
    off_contract: true
  - state: PENDING
    for: until released
  - state: FAILED
    shape: error-list
    envelope: full
    error: { code: 1172, name: OWN_NAME, message: An own text }
    for: ever
result: { integrationStatus: ERROR, deep: { list: [1, two] } }
expect:
  result_read: false
  reaches_end: true
  gives_up: false
  polls: { at_least: 3, at_most: 3 }
  within: 2 minutes
  submissions: { at_most: 1 }
  exit: nonzero
  output: 1172
meets: [1, 4]
tolerances: { eta-respected: 1s, stops-on-404: 5, no-herd: off }
off_contract: false
`;
    expect(parse(text)).toEqual({
      name: 'all-of-it',
      title: 'Everything at once',
      about: 'One sentence that goes over two lines.',
      group: 'odd',
      file: 'own.yaml',
      operations: ['signComposition', 'cancelComposition'],
      when: [
        {
          body: { 'subject.value': 'A', 'event.0.note': 'B' },
          path: { compositionId: 'C' },
          query: { page: 2 },
          headers: { 'x-test-case': 'slow' },
          resource: { status: 'FINAL' },
        },
        { ...NOTHING, body: { wanted: true } },
      ],
      whenAt: [
        { line: 11, column: 5 },
        { line: 16, column: 5 },
      ],
      refuse: undefined,
      life: [
        {
          response: {
            state: 'PENDING',
            outcome: 'open',
            shape: undefined,
            envelope: 'data',
            error: undefined,
          },
          duration: { kind: 'time', time: 90_000 },
          eta: { from: 'start', after: 10_000 },
          delay: 1500,
          offContract: false,
          line: 18,
        },
        {
          response: {
            answer: {
              fault: undefined,
              http: 429,
              retryAfter: { after: 2000, as: 'seconds' },
              headers: { 'X-Left': '0' },
              body: { left: 0 },
            },
          },
          duration: { kind: 'polls', polls: 2 },
          eta: { from: 'answer', after: -5000 },
          delay: 0,
          offContract: true,
          line: 23,
        },
        {
          response: {
            state: 'PENDING',
            outcome: 'open',
            shape: undefined,
            envelope: undefined,
            error: undefined,
          },
          duration: { kind: 'released' },
          eta: undefined,
          delay: 0,
          offContract: false,
          line: 27,
        },
        {
          response: {
            state: 'FAILED',
            outcome: 'failed',
            shape: 'error-list',
            envelope: 'full',
            error: {
              code: '1172',
              name: 'OWN_NAME',
              message: 'An own text',
              details: { number: 1172 },
              text: '1172: An own text',
            },
          },
          duration: { kind: 'ever' },
          eta: undefined,
          delay: 0,
          offContract: false,
          line: 29,
        },
      ],
      result: { integrationStatus: 'ERROR', deep: { list: [1, 'two'] } },
      expect: {
        result_read: false,
        reaches_end: true,
        gives_up: false,
        polls: { at_least: 3, at_most: 3 },
        within: 120_000,
        submissions: { at_most: 1 },
        exit: 'nonzero',
        output: '1172',
      },
      meets: [0, 3],
      tolerances: { 'eta-respected': 1000, 'stops-on-404': 5, 'no-herd': 'off' },
      offContract: false,
    });
  });

  it('is read from JSON as well, since JSON is YAML', () => {
    const { name, life } = parse('{"scenario": "own", "life": [{"state": "DONE"}]}');
    expect(name).toBe('own');
    expect(life).toHaveLength(1);
  });

  it.each(['a', '7', 'x.y_z-1', 'a'.repeat(64)])('can be called "%s"', (name) => {
    expect(parse(`scenario: ${name}\nlife: [{ state: DONE }]`).name).toBe(name);
  });

  it('that refuses the request has an answer and no life', () => {
    const { refuse, life } = parse('scenario: own\nrefuse: { http: 503, retry_after: 5s }');
    expect(refuse).toMatchObject({
      fault: undefined,
      http: 503,
      retryAfter: { after: 5000, as: 'seconds' },
      headers: {},
    });
    expect(life).toEqual([]);
  });

  it('hands its off_contract down to each step that says nothing of its own', () => {
    const { offContract, life } = parse(
      'scenario: own\noff_contract: true\nlife:\n  - { state: PENDING, for: 1s }\n  - { state: DONE, off_contract: false }',
    );
    expect(offContract).toBe(true);
    expect(life.map((step) => step.offContract)).toEqual([true, false]);
  });

  it('reads text that looks like a number as it is written in quotes', () => {
    expect(whenOf("{ body: { code: '007' } }")).toEqual([{ ...NOTHING, body: { code: '007' } }]);
  });

  it('keeps an empty value of a condition', () => {
    expect(whenOf('{ body: { author: null } }')).toEqual([{ ...NOTHING, body: { author: null } }]);
  });
});

describe('a step', () => {
  it.each([
    ['3s', { kind: 'time', time: 3000 }],
    ['10 min', { kind: 'time', time: 600_000 }],
    ['1ms', { kind: 'time', time: 1 }],
    ['1 poll', { kind: 'polls', polls: 1 }],
    ['2 polls', { kind: 'polls', polls: 2 }],
    ['until released', { kind: 'released' }],
  ])('can last for %s', (text, lasts) => {
    expect(stepsOf(`  - { state: PENDING, for: ${text} }\n  - state: DONE`)[0]?.duration).toEqual(
      lasts,
    );
  });

  it.each([
    ['5s', { from: 'answer', after: 5000 }],
    ['0s', { from: 'answer', after: 0 }],
    ['-5s', { from: 'answer', after: -5000 }],
    ['10s from start', { from: 'start', after: 10_000 }],
    ['-1 min from start', { from: 'start', after: -60_000 }],
  ])('can tell the eta %s', (text, eta) => {
    expect(stepsOf(`  - { state: PENDING, eta: ${text} }`)[0]?.eta).toEqual(eta);
  });

  it('can play a fault in place of an answer, and so can a refusal', () => {
    for (const fault of ['reset', 'hang']) {
      const [step] = stepsOf(`  - answer: { fault: ${fault} }`);
      expect(step?.response).toMatchObject({ answer: { fault: { name: fault }, http: 0 } });
      const { refuse } = parse(`scenario: own\nrefuse: { fault: ${fault} }`);
      expect(refuse).toMatchObject({ fault: { name: fault }, http: 0 });
    }
  });

  it.each([
    ['{ fault: truncated-body, bytes: 7 }', { name: 'truncated-body', bytes: 7 }, 0],
    ['{ fault: truncated-body, http: 200, body: x }', { name: 'truncated-body' }, 200],
    ['{ fault: slow-body, bytes_per_second: 5 }', { name: 'slow-body', rate: 5 }, 0],
    ['{ fault: slow-headers }', { name: 'slow-headers', rate: 20 }, 0],
    ['{ fault: refused, closed: 1min }', { name: 'refused', closed: 60_000 }, 0],
    ['{ fault: clock-skew, skew: -5min }', { name: 'clock-skew', skew: -300_000 }, 0],
    ['{ fault: wrong-content-length, off_by: 3 }', { name: 'wrong-content-length', offBy: 3 }, 0],
    ['{ fault: gateway-html, http: 504 }', { name: 'gateway-html', http: 504 }, 0],
    ['{ fault: redirect, http: 307 }', { name: 'redirect', http: 307 }, 0],
  ])('measures a fault: %s', (answer, fault, http) => {
    const [step] = stepsOf(`  - answer: ${answer}`);
    expect(step?.response).toMatchObject({ answer: { fault, http } });
  });

  it('can send its answers later, or break the connection later', () => {
    const [slow, breaks, quick] = stepsOf(
      '  - { state: PENDING, for: 1 poll, delay: 5s }\n  - { answer: { fault: reset }, for: 1 poll, delay: 1min }\n  - { state: DONE, delay: 0s }',
    );
    expect([slow?.delay, breaks?.delay, quick?.delay]).toEqual([5000, 60_000, 0]);
  });

  it('may carry a state outside the contract when it is marked so; the job still goes on', () => {
    const [step] = stepsOf('  - { state: SUSPENDED, off_contract: true }');
    expect(step?.response).toMatchObject({ state: 'SUSPENDED', outcome: 'open' });
  });

  it.each([
    ['{ code: 1172 }', '1172', '', /^1172: Treatment violation date/],
    ['{ code: 1003 }', '1003', 'CANT_CANCEL_NONFINAL_COMPOSITION', /^1003: Can't cancel/],
    ["{ code: '1003' }", '1003', 'CANT_CANCEL_NONFINAL_COMPOSITION', /^1003: Can't cancel/],
    ['{ code: 1003, message: Own }', '1003', 'CANT_CANCEL_NONFINAL_COMPOSITION', /^1003: Own$/],
    ['{ code: 9999, message: New }', '9999', '', /^9999: New$/],
    ['{ message: No code }', '', '', /^No code$/],
    ["{ message: '' }", '', '', /^$/],
  ])('fills in what is known of the error %s', (error, code, name, text) => {
    const [step] = stepsOf(`  - { state: FAILED, error: ${error} }`);
    expect(step?.response).toMatchObject({
      error: { code, name, text: expect.stringMatching(text) },
    });
  });

  it('sends a text as it is, and keeps the structure of anything else', () => {
    const bodyOf = (body: string) => {
      const says = stepsOf(`  - answer: { http: 200, body: ${body} }`)[0]?.response;
      return says && 'answer' in says ? says.answer.body : 'no answer';
    };
    expect(bodyOf('\'{"half": \'')).toBe('{"half": ');
    expect(bodyOf('{ data: { list: [1, true, null] } }')).toEqual({
      data: { list: [1, true, null] },
    });
    expect(bodyOf("''")).toBe('');
  });
});
