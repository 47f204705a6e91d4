import { expect, it } from 'vitest';
import { loadSetup } from '../../src/load/load-setup.js';
import type { Problem } from '../../src/problem.js';
import { makeBinding } from '../support/media.js';

/** What is said at the start of the media API, with another text in its binding. */
async function problemsWith(...changes: [from: string, to: string][]): Promise<readonly Problem[]> {
  const files = {
    spec: 'test/fixtures/media/openapi.yaml',
    scenarios: 'test/fixtures/media/scenarios',
  };
  const { problems } = await loadSetup({ ...files, ...(await makeBinding(...changes)) });
  return problems;
}

it('finds nothing in a binding whose operations answer as the contract has it', async () => {
  expect(await problemsWith(['after: 5s', 'after: 6s'])).toEqual([]);
});

const cases: [what: string, change: [string, string], key: string, says: RegExp][] = [
  [
    'deletes',
    ['deleted: true', 'deletd: true'],
    'delete',
    /deleteJob \(200\) breaks the contract at \$\.deleted/,
  ],
  [
    'lists',
    ['has_more: "{hasMore}"', 'has_more: "{count}"'],
    'list',
    /listJobs \(200\) breaks the contract at \$\.has_more/,
  ],
  [
    'cancels',
    ['while: cancelling', 'while: cancelling, http: 201'],
    'cancel',
    /cancelJob \(201\) .* not documented/,
  ],
  [
    'refuses',
    ['while: cancelling', 'while: cancelling, refused: { http: 422, data: no }'],
    'cancel.refused',
    /cancelJob \(422\)/,
  ],
  [
    'reads',
    ['- operation: getOutput', '- operation: getOutput\n    bare: true\n    data: { url: a }'],
    'results.0',
    /getOutput \(200\) .*\$\.seconds/,
  ],
  [
    'expires',
    ['{ after: 1h }', '{ after: 1h, http: 410, bare: true, data: { gone: true } }'],
    'expires',
    /getJob \(410\)/,
  ],
];

it.each(
  cases,
)('says which line %s with an answer that the contract has not', async (_, change, key, says) => {
  const problems = await problemsWith(change);
  expect(problems).toMatchObject([{ code: 'BINDING_ANSWER_OFF_CONTRACT', usable: true }]);
  const [{ message = '', line = 0, column = 0 } = {}] = problems;
  expect(message).toMatch(says);
  expect(message.startsWith(`${key}: `)).toBe(true);
  expect(line).toBeGreaterThan(1);
  expect(column).toBeGreaterThan(0);
});
