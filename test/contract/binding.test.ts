import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { checkBinding } from '../../src/contract/check-binding.js';
import { loadContract } from '../../src/contract/contract.js';
import { parseBinding } from '../../src/formats/binding/parse.js';
import { FileError, hindrances, type Problem } from '../../src/problem.js';

const FOLDER = 'test/fixtures/long-running';
const text = await readFile(`${FOLDER}/binding.yaml`, 'utf8');
const contract = await loadContract(`${FOLDER}/openapi.yaml`, ['/v1']);

/** Everything that is wrong with the binding when one part of it is another: `line:column CODE`. */
function mistakes(part: string, other: string): string[] {
  expect(text).toContain(part);
  return found(text.replace(part, other)).map(
    ({ code, line, column }) => `${line}:${column} ${code}`,
  );
}

function found(changed: string): readonly Problem[] {
  try {
    const binding = parseBinding('binding.yaml', changed);
    return [...binding.problems, ...checkBinding(binding, contract)];
  } catch (error) {
    if (error instanceof FileError) return error.problems;
    throw error;
  }
}

describe('a binding', () => {
  it('that says what is true of its contract has no mistake', () => {
    expect(mistakes('failure: UNKNOWN', 'failure: UNKNOWN')).toEqual([]);
  });

  it.each([
    ['ids: 21 letters and digits', 'ids: 21 letters', '6:53 BINDING_WRONG_VALUE'],
    ['ids: 21 letters and digits', 'ids: 4 hex digits', '6:53 BINDING_WRONG_VALUE'],
    [', ids: 21 letters and digits', '', '6:1 BINDING_IDS_DO_NOT_SUIT'],
    ['ids: 21 letters and digits', 'ids: "/^(?=a)b$/"', '6:53 BINDING_WRONG_VALUE'],
    ['ids: 21 letters and digits', 'ids: integers from 0x1', '6:53 BINDING_WRONG_VALUE'],
    ['ids: 21 letters and digits', 'ids: body.id or few', '6:53 BINDING_WRONG_VALUE'],
    [
      'ids: 21 letters and digits',
      'ids: path.fromat or 21 letters and digits',
      '6:48 BINDING_UNKNOWN_PARAMETER',
    ],
    ['job: monitor', 'job: body.monitor', '6:34 BINDING_UNKNOWN_PARAMETER'],
    ['X-Progress: "{state}"', 'X-Progress: "{header.Cookie}"', '10:1 BINDING_TELLS_CREDENTIAL'],
    ['operation: getMonitor', 'operation: getMonitr', '6:11 BINDING_UNKNOWN_OPERATION'],
    ['job: monitor', 'job: monitr', '6:34 BINDING_UNKNOWN_PARAMETER'],
    ['job: monitor', 'jobb: monitor', '6:9 BINDING_MISSING_KEY', '6:34 BINDING_UNKNOWN_KEY'],
    ['failure: UNKNOWN', 'failure: UNKNWN', '29:10 BINDING_UNKNOWN_ERROR'],
    ['failure: UNKNOWN', 'failur: UNKNOWN', '29:1 BINDING_UNKNOWN_KEY'],
    ['{ link:', '{ lnk:', '5:18 BINDING_UNKNOWN_KEY'],
    ['{api}/exports/{resource.id}"', '{api}/{resorce.id}"', '5:24 BINDING_UNKNOWN_PLACE'],
    ['{api}/exports/{resource.id}"', '{api}/{path.kind}"', '5:3 BINDING_UNKNOWN_PARAMETER'],
    [
      'Retry-After: "{retryAfter}", X',
      'Retry-After: "{retyAfter}", X',
      '14:29 BINDING_UNKNOWN_PLACE',
    ],
    ['outcome: open', 'outcome: opne', '12:14 BINDING_UNKNOWN_OUTCOME'],
    ['outcome: open', 'outcome: done', '10:1 BINDING_MISSING_OUTCOME'],
    ['http: 303', 'http: 99', '17:11 BINDING_WRONG_VALUE'],
    ['http: 303', 'htp: 303', '17:5 BINDING_UNKNOWN_KEY'],
    ['prefixes: [/v1]', 'prefixes: ["", v1]', '3:16 BINDING_WRONG_VALUE'],
    ['prefixes: [/v1]', 'prefixes: [https://x.example/v1]', '3:12 BINDING_WRONG_VALUE'],
    ['prefixes: [/v1]', 'prefixes: [/v1/]', '3:12 BINDING_WRONG_VALUE'],
    ['prefixes: [/v1]', 'wait: Prefer', '3:7 BINDING_WRONG_VALUE'],
    ['prefixes: [/v1]', 'wait: { by: query.wait, at_mst: 3s }', '3:25 BINDING_UNKNOWN_KEY'],
    ['prefixes: [/v1]', 'wait: { by: query.wait, at_most: soon }', '3:34 BINDING_WRONG_VALUE'],
    ['prefixes: [/v1]', 'wait: { at_most: 3s }', '3:7 BINDING_MISSING_KEY'],
    ['prefixes: [/v1]', 'poll_hint: interval', '3:12 BINDING_WRONG_VALUE'],
    ['prefixes: [/v1]', 'poll_hint: { at: body.x, unit: h }', '3:32 BINDING_WRONG_VALUE'],
    ['prefixes: [/v1]', 'idempotency: { by: Key, again: job }', '3:32 BINDING_WRONG_VALUE'],
    ['prefixes: [/v1]', 'idempotency: { by: Key, reused: 200 }', '3:33 BINDING_WRONG_VALUE'],
    [
      'prefixes: [/v1]',
      'idempotency: { key: Key }',
      '3:14 BINDING_MISSING_KEY',
      '3:16 BINDING_UNKNOWN_KEY',
    ],
    ['outcome: open', 'outcome: open\n    slower: soon', '13:13 BINDING_WRONG_VALUE'],
  ])('is refused when "%s" is "%s"', (part, other, ...places) => {
    expect(mistakes(part, other)).toEqual(places);
    expect(hindrances(found(text.replace(part, other)))).not.toEqual([]);
  });

  it.each([
    ['ids: 21 letters and digits', "ids: '/^a{20}[bc]$/'", '6:48 BINDING_FEW_IDS'],
    ['X-Progress: "{state}"', 'X-Progress: "{eta.epoc}"', '14:57 BINDING_UNKNOWN_PLACE'],
    ['message: There is no room', 'mesage: There is no room', '27:16 BINDING_UNKNOWN_KEY'],
    ['ids: 21 letters and digits', 'idz: 21 letters and digits', '6:48 BINDING_UNKNOWN_KEY'],
    ['prefixes: [/v1]', 'prefixes: /v1', '3:11 BINDING_WRONG_TYPE'],
    ['400: BAD_REQUEST', 'four: BAD_REQUEST', '31:10 BINDING_WRONG_VALUE'],
    ['404: NOT_FOUND', '404: [NOT_FOUND]', '31:33 BINDING_WRONG_TYPE'],
    ['bare: true\n', 'bare: yes\n', '24:15 BINDING_WRONG_TYPE'],
    ['prefixes: [/v1]', 'eta: promised', '3:6 BINDING_UNKNOWN_ETA'],
    ['prefixes: [/v1]', 'result: behind', '3:9 BINDING_UNKNOWN_RESULT'],
    ['prefixes: [/v1]', 'idempotency: Idempotency Key', '3:14 BINDING_WRONG_VALUE'],
    ['prefixes: [/v1]', 'idempotency: body.', '3:14 BINDING_WRONG_VALUE'],
    ['prefixes: [/v1]', 'idempotency: body.meta..key', '3:14 BINDING_WRONG_VALUE'],
    ['prefixes: [/v1]', 'poll_hint: body.intervall', '3:1 BINDING_HINT_NEVER_TOLD'],
    ['prefixes: [/v1]', 'poll_hint: header.X-Poll', '3:1 BINDING_HINT_NEVER_TOLD'],
    ['prefixes: [/v1]', 'wait: query.timeout', '3:1 BINDING_UNKNOWN_PARAMETER'],
    ['shapes:\n', 'shaps: {}\n    shapes:\n', '21:5 BINDING_UNKNOWN_KEY'],
  ])('is used all the same, for earlier versions took it, when "%s" is "%s"', (part, other, place) => {
    expect(mistakes(part, other)).toContain(place);
    const binding = parseBinding('binding.yaml', text.replace(part, other));
    expect(binding.problems.every(({ usable }) => usable)).toBe(true);
    expect(binding.states.get('done')?.shapes.size).toBe(1);
  });

  it('has the nearest name in what is said of a typo', () => {
    const [problem] = found(text.replace('message: There', 'mesage: There'));
    expect(problem?.hint).toBe('did you mean message?');
  });

  it('of the guide is one, and suits that contract', async () => {
    const guide = await readFile('docs/guides/another-api.md', 'utf8');
    const shown = /```yaml\n(binding: exports\n[^`]*)```/.exec(guide)?.[1] ?? '';
    expect(checkBinding(parseBinding('another-api.md', shown), contract)).toEqual([]);
  });

  it.each([
    ['Idempotency-Key', { header: 'idempotency-key' }],
    ['body.clientRequestToken', { field: ['clientRequestToken'] }],
    ['body.order.client key', { field: ['order', 'client key'] }],
    ['body', { content: true }],
  ])('knows a repeated request by %s', (said, key) => {
    const known = text.replace('prefixes: [/v1]', `idempotency: ${said}`);
    expect(parseBinding('binding.yaml', known)).toMatchObject({ idempotency: key, problems: [] });
  });

  it('may give an operation an answer of its own', () => {
    const own = text.replace(
      '{ link: "{api}/exports/{resource.id}" }',
      '{ makes: false, scheduled: { http: 201, data: { id: "{job}" } } }',
    );
    const scheduling = parseBinding('binding.yaml', own).schedules.get('startExport');
    expect(scheduling).toMatchObject({ createsResource: false, acceptedAnswer: { http: 201 } });
    expect(scheduling?.acceptedAnswer.data?.({ job: 'J' })).toEqual({ id: 'J' });
  });
});
