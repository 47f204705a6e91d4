import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { FAULT_NAMES } from '../../src/faults/index.js';
import { takeTheSameLengths } from './lengths.js';
import {
  ajv,
  answer,
  DONE,
  loadWords,
  parserTakes,
  read,
  schema,
  schemaTakes,
  steps,
  validate,
} from './takes.js';

const forAnyApi = read('scenarios/scenario.schema.json');
const FILES = readdirSync('scenarios', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml') && !name.includes('suites'))
  .sort();

beforeAll(loadWords);

const validateAny = ajv.compile(forAnyApi);

const packs = new Map([['compositions', validate]]);

/** What an editor does with the schema of a pack. */
function ofPack(pack: string) {
  const takes =
    packs.get(pack) ?? ajv.compile(read(join('scenarios', pack, 'scenario.schema.json')));
  packs.set(pack, takes);
  return takes;
}

const ten = (first: string) => [
  ...Array.from({ length: 9 }, () => '{ state: PENDING, for: 1s }'),
  first,
];

describe('the schema that editors use', () => {
  it('is a schema itself', () => {
    expect(ajv.validateSchema(schema)).toBe(true);
    expect(ajv.validateSchema(forAnyApi)).toBe(true);
  });

  it('is named by each file of the catalogue, in its first line', () => {
    for (const file of FILES) {
      const [first] = readFileSync(join('scenarios', file), 'utf8').split('\n', 1);
      expect(`${file}: ${first}`).toBe(
        `${file}: # yaml-language-server: $schema=scenario.schema.json`,
      );
    }
  });

  it.each(FILES)('takes %s, whether it knows the API or not', (file) => {
    const scenario = parse(readFileSync(join('scenarios', file), 'utf8'));
    for (const takes of [ofPack(dirname(file)), validateAny]) {
      takes(scenario);
      expect(takes.errors ?? []).toEqual([]);
    }
  });

  it.each([
    ['states of another API', steps('{ state: running, for: 1s }', '{ state: done }')],
    ['shapes of another API', steps('{ state: failed, shape: as-body }')],
    ['errors of another API', steps('{ state: failed, error: { code: DISK_FULL } }')],
    ['operations of another API', `scenario: own\noperations: [startExport]${DONE}`],
  ])('that does not know the API takes %s', (_, text) => {
    expect(validateAny(parse(text))).toBe(true);
    expect(schemaTakes(text)).toBe(false);
  });

  it('that does not know the API marks what is nearly a word that it knows', () => {
    for (const state of ['DONEE', 'DOE', 'PENDIN', 'FAIILED', 'procesed']) {
      expect(validateAny(parse(steps(`{ state: ${state} }`)))).toBe(false);
      expect(validateAny(parse(steps(`{ state: ${state}, off_contract: true }`)))).toBe(true);
    }
  });

  it.each([
    1, 2, 11, 40, 99,
  ])('finds the one step of a hundred that has no length: number %i', (place) => {
    const life = Array.from({ length: 100 }, (_, i) =>
      i === place - 1 || i === 99 ? '{ state: PENDING }' : '{ state: PENDING, for: 1s }',
    );
    expect(schemaTakes(steps(...life))).toBe(false);
    life[place - 1] = '{ state: PENDING, for: 1s }';
    expect(schemaTakes(steps(...life))).toBe(true);
    life[99] = '{ state: PENDING, for: 1s }';
    expect(schemaTakes(steps(...life))).toBe(false);
  });

  it('counts the steps without a length of a life of any length, where a validator can count', () => {
    const counts = new Ajv2019({ strict: false });
    const { life } = { ...schema.properties };
    const takes = counts.compile({ ...life, items: {}, definitions: schema.definitions });
    const endless = Array.from({ length: 500 }, () => ({ state: 'PENDING', for: '1s' }));
    expect(takes(endless)).toBe(false);
    expect(takes([...endless, { state: 'DONE' }])).toBe(true);
    expect(takes([...endless, { state: 'PENDING' }, { state: 'DONE' }])).toBe(false);
  });
});

describe('schema and parser take the same', () => {
  it.each([
    ['the shortest scenario', `scenario: own${DONE}`],
    ['a name that is a number', `scenario: 7${DONE}`],
    ['a refusal alone', 'scenario: own\nrefuse: { http: 503, retry_after: 5s }'],
    [
      'a list of conditions',
      `scenario: own\nwhen: [{ body: { a: 1 } }, { query: { b: x } }]${DONE}`,
    ],
    ['headers of a state', steps(`{ state: DONE, headers: { ETag: '"1"', X-A: 1 } }`)],
    ['a Retry-After of a state', steps('{ state: DONE, retry_after: -5s as date }')],
    ['a last step that says that it lasts for ever', steps('{ state: DONE, for: ever }')],
    ['a life of eleven steps', steps(...ten('{ state: PENDING, for: 1s }'), '{ state: DONE }')],
    [
      'each way to say how long',
      steps(
        '{ state: PENDING, for: 1 poll }',
        '{ state: PENDING, for: 1.5 min }',
        '{ state: PENDING, for: until released }',
        '{ state: DONE }',
      ),
    ],
    [
      'each way to tell an eta',
      steps(
        '{ state: PENDING, for: 1 poll, eta: 3s }',
        '{ state: PENDING, for: 1 poll, eta: -5 s }',
        '{ state: PENDING, eta: 10s from start }',
      ),
    ],
    ['an answer of any form', answer('http: 200, headers: { X-A: 1, X-B: "" }, body: [1, null]')],
    ['an error with a text alone', steps("{ state: FAILED, error: { message: '' } }")],
    [
      'each fault',
      steps('{ answer: { fault: reset }, for: 1 poll }', '{ answer: { fault: hang } }'),
    ],
    ...FAULT_NAMES.map((name): [string, string] => [`the fault ${name}`, answer(`fault: ${name}`)]),
    ['a damaged answer', answer('fault: bom, http: 503, retry_after: 2s, body: { a: 1 }')],
    ['a page with a status', answer('fault: gateway-html, http: 504')],
    ['a redirect with a status', answer('fault: redirect, http: 307')],
    ['a fault that is measured', answer('fault: slow-body, bytes_per_second: 5')],
    ['a fault that is cut', answer('fault: chunked-cut-off, bytes: 0')],
    ['a clock behind', answer('fault: clock-skew, skew: -5 min')],
    ['a length that is off', answer('fault: wrong-content-length, off_by: -1')],
    ['a damaged refusal', 'scenario: own\nrefuse: { fault: bom, http: 503 }'],
    ['a refusal by a page', 'scenario: own\nrefuse: { fault: gateway-html }'],
    ['a refusal by a fault alone', 'scenario: own\nrefuse: { fault: reset }'],
    [
      'answers and faults that come later',
      steps(
        '{ state: PENDING, for: 1 poll, delay: 5s }',
        '{ answer: { http: 404 }, for: 1 poll, delay: 1.5 min }',
        '{ answer: { fault: reset }, delay: 0s }',
      ),
    ],
    [
      'tolerances of each kind',
      `scenario: own\ntolerances: { eta-respected: 1s, stops-on-404: 5, no-herd: off }${DONE}`,
    ],
    ['no tolerance', `scenario: own\ntolerances: {}${DONE}`],
    ['an expectation of nothing', `scenario: own\nexpect: {}${DONE}`],
  ])('%s', (_, text) => {
    expect(parserTakes(text)).toBe(true);
    schemaTakes(text);
    expect(validate.errors ?? []).toEqual([]);
  });

  takeTheSameLengths(200);
});

describe('schema and parser refuse the same', () => {
  it.each([
    ['a list', '- scenario: own'],
    ['no name', 'life: [{ state: DONE }]'],
    ['a name with a space', `scenario: Bad Name${DONE}`],
    ['a name of 65 letters', `scenario: ${'a'.repeat(65)}${DONE}`],
    ['neither life nor refusal', 'scenario: own'],
    ['a life without steps', 'scenario: own\nlife: []'],
    ['a life that is no list', 'scenario: own\nlife: { state: DONE }'],
    ['an unknown key', `scenario: own\ntittle: T${DONE}`],
    ['a title that is a list', `scenario: own\ntitle: [a]${DONE}`],
    ['an off_contract that is a text', `scenario: own\noff_contract: yes${DONE}`],
    ['no operation', `scenario: own\noperations: []${DONE}`],
    ['operations that are no list', `scenario: own\noperations: createComposition${DONE}`],
    ['an empty condition', `scenario: own\nwhen: {}${DONE}`],
    ['a condition on nothing', `scenario: own\nwhen: { body: {}, query: {} }${DONE}`],
    ['a condition on an unknown part', `scenario: own\nwhen: { header: { a: 1 } }${DONE}`],
    ['a condition on a list', `scenario: own\nwhen: { body: { a: [1] } }${DONE}`],
    ['a step that is a word', steps('DONE')],
    ['a step that says nothing', steps('{ for: 3s }', '{ state: DONE }')],
    ['an unknown key of a step', steps('{ sate: DONE }')],
    ['a step without a length before another', steps('{ state: PENDING }', '{ state: DONE }')],
    ['a step for ever before another', steps('{ state: PENDING, for: ever }', '{ state: DONE }')],
    [
      'a tenth step without a length before another',
      steps(...ten('{ state: PENDING }'), '{ state: DONE }'),
    ],
    ['a length of the last step', steps('{ state: DONE, for: 3s }')],
    [
      'a length of the last of three steps',
      steps(
        '{ state: PENDING, for: 1s }',
        '{ state: PENDING, for: 1s }',
        '{ state: DONE, for: 1s }',
      ),
    ],
    ['a length of no time', steps('{ state: PENDING, for: 0s }', '{ state: DONE }')],
    ['a length of no poll', steps('{ state: PENDING, for: 0 polls }', '{ state: DONE }')],
    ['a length without a unit', steps('{ state: PENDING, for: 3 }', '{ state: DONE }')],
    ['an eta without a unit', steps('{ state: PENDING, eta: 3 }')],
    ['an error that says nothing', steps('{ state: FAILED, error: {} }')],
    ['an unknown key of an error', steps('{ state: FAILED, error: { code: 1172, text: T } }')],
    ['an error that is a code', steps('{ state: FAILED, error: 1172 }')],
    ['an answer without a status', answer('body: x')],
    ['an unknown fault', answer('fault: rest')],
    ['a fault that is a number', answer('fault: 7')],
    ['a page of no gateway', answer('fault: gateway-html, http: 404')],
    ['a redirect that is none', answer('fault: redirect, http: 304')],
    ['a page with a body', answer('fault: gateway-html, body: x')],
    ['a measure of another fault', answer('fault: slow-body, bytes: 5')],
    ['a measure without a fault', answer('http: 200, closed: 5s')],
    ['a measure below the least', answer('fault: slow-body, bytes_per_second: 0')],
    ['a length that is off by nothing', answer('fault: wrong-content-length, off_by: 0')],
    ['a damaged answer without a status', answer('fault: bom, body: x')],
    ['a refusal that does not say what is damaged', 'scenario: own\nrefuse: { fault: bom }'],
    ['a fault beside a status', answer('fault: reset, http: 503')],
    ['a fault beside a body', answer('fault: hang, body: x')],
    ['a fault beside headers', answer('fault: hang, headers: {}')],
    ['a fault beside a Retry-After', answer('fault: hang, retry_after: 2s')],
    ['an answer that never comes, and later', steps('{ answer: { fault: hang }, delay: 5s }')],
    ['a delay without a unit', steps('{ state: DONE, delay: 5 }')],
    ['a delay of a refusal', 'scenario: own\nrefuse: { http: 503, delay: 5s }'],
    ['a tolerance of half a time', `scenario: own\ntolerances: { stops-on-404: 1.5 }${DONE}`],
    ['a tolerance that is a word', `scenario: own\ntolerances: { no-herd: never }${DONE}`],
    ['tolerances that are a word', `scenario: own\ntolerances: off${DONE}`],
    ['headers of a state beside an answer', steps('{ answer: { http: 404 }, headers: {} }')],
    ['a Retry-After beside an answer', steps('{ answer: { http: 404 }, retry_after: 2s }')],
    ['a header of a state without a value', steps('{ state: DONE, headers: { X-A: } }')],
    ['an answer that is a status', steps('{ answer: 404 }')],
    ['a status that HTTP has not', answer('http: 600')],
    ['a status that ends nothing', answer('http: 100')],
    ['a status in quotes', answer("http: '404'")],
    ['an unknown key of an answer', answer('http: 404, bodi: x')],
    ['a Retry-After in the past', answer('http: 429, retry_after: -2s')],
    [
      'a header that breaks out of its line',
      answer('http: 404, headers: { X-A: "a\\r\\nX-B: b" }'),
    ],
    ['a header name with a space', answer('http: 404, headers: { "X A": a }')],
    ['a header without a value', answer('http: 404, headers: { X-A: }')],
    ['a header that is a list', answer('http: 404, headers: { X-A: [a] }')],
    ['a state beside an answer', steps('{ state: PENDING, answer: { http: 404 } }')],
    ['a shape beside an answer', steps('{ shape: relative, answer: { http: 404 } }')],
    ['a result that is no mapping', `scenario: own\nresult: ERROR${DONE}`],
    ['an unknown expectation', `scenario: own\nexpect: { pols: { at_most: 3 } }${DONE}`],
    ['an expectation in quotes', `scenario: own\nexpect: { gives_up: 'true' }${DONE}`],
    ['half a poll', `scenario: own\nexpect: { polls: { at_most: 1.5 } }${DONE}`],
    ['less than no poll', `scenario: own\nexpect: { polls: { at_least: -1 } }${DONE}`],
    ['a number of polls without a bound', `scenario: own\nexpect: { polls: 3 }${DONE}`],
  ])('%s', (_, text) => {
    expect(parserTakes(text)).toBe(false);
    expect(schemaTakes(text)).toBe(false);
  });
});

describe('schema and parser refuse the same words of the API', () => {
  it.each([
    ['a state', steps('{ state: DONEE }')],
    ['a shape of another state', steps('{ state: DONE, shape: link-error }')],
    ['an envelope', steps('{ state: DONE, envelope: soap }')],
    ['an operation that schedules nothing', `scenario: own\noperations: [getComposition]${DONE}`],
    ['a rule', `scenario: own\ntolerances: { eta-respectd: 1s }${DONE}`],
    ['what a rule counts', `scenario: own\ntolerances: { stops-on-404: 1s }${DONE}`],
    ['an error code', steps('{ state: FAILED, error: { code: 4711 } }')],
    ['an error of a state that carries none', steps('{ state: DONE, error: { code: 1172 } }')],
    ['a life beside a refusal', `scenario: own\nrefuse: { http: 500 }${DONE}`],
  ])('%s', (_, text) => {
    expect(parserTakes(text)).toBe(false);
    expect(schemaTakes(text)).toBe(false);
  });

  it.each([
    ['a state', steps('{ state: SUSPENDED, off_contract: true }')],
    ['a state of a scenario', `scenario: own\noff_contract: true\nlife: [{ state: SUSPENDED }]`],
    ['an error code', steps('{ state: FAILED, error: { code: 4711, message: New } }')],
  ])('and take %s outside of it that is meant', (_, text) => {
    expect(parserTakes(text)).toBe(true);
    expect(schemaTakes(text)).toBe(true);
  });
});

describe('only the parser refuses what breaks', () => {
  it.each([
    [
      'that no number of polls is both',
      `scenario: own\nexpect: { polls: { at_least: 5, at_most: 3 } }${DONE}`,
    ],
    ['who writes Content-Length', answer('http: 404, headers: { Content-Length: 5 }')],
  ])('%s', (_, text) => {
    expect(parserTakes(text)).toBe(false);
    expect(schemaTakes(text)).toBe(true);
  });
});
