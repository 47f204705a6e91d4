import { relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkPack } from '../../src/load/check-pack.js';
import { describePack, packNames } from '../../src/load/pack-description.js';
import { FileError } from '../../src/problem.js';
import { OUTSIDE, packWith, swap } from '../support/pack-folder.js';

/** What is wrong with a pack, a line each: code, file and line, message. */
async function mistakesOf(folder: string): Promise<string[]> {
  const problems = await checkPack(folder).then(
    (check) => check.problems,
    (error) => {
      if (error instanceof FileError) return error.problems;
      throw error;
    },
  );
  return problems.map(
    ({ code, file, line, message }) => `${code} ${relative(folder, file)}:${line} ${message}`,
  );
}

describe('the check that every pack has to pass', () => {
  it.each([...packNames(), OUTSIDE])('is passed by %s', async (pack) => {
    const { files, problems } = await checkPack(pack);
    expect(problems).toEqual([]);
    const { scenarios } = describePack(pack);
    if (scenarios.length > 0) expect(files.length).toBeGreaterThanOrEqual(3);
  });

  it('is passed by a copy that lies anywhere, and by one without scenarios, suites and behaviour', async () => {
    expect(await mistakesOf(await packWith())).toEqual([]);
    const bare = await packWith({
      'behaviour.js': null,
      'scenarios/filled.yaml': null,
      'scenarios/declined.yaml': null,
      'suites/polling-basics.yaml': null,
    });
    expect(await mistakesOf(bare)).toEqual([]);
  });
});

describe('the check finds', () => {
  const read = "return { status: 200, content: { data: order.document, type: 'object' } };";
  it.each<[string, Parameters<typeof packWith>[0], RegExp]>([
    [
      'a contract that is not there',
      { 'openapi.yaml': null },
      /^PACK_PART_MISSING :0 the pack folder has no openapi.yaml$/,
    ],
    [
      'a binding that is not there',
      { 'binding.yaml': null },
      /^PACK_PART_MISSING :0 the pack folder has no binding.yaml$/,
    ],
    [
      'a binding of another contract',
      { 'binding.yaml': swap('getTask', 'getTusk') },
      /^BINDING_UNKNOWN_OPERATION binding.yaml:5 report: the contract .* has no operation "getTusk"$/,
    ],
    [
      'a binding that names another pack',
      { 'binding.yaml': swap('binding: orders', 'binding: orders\npack: shop') },
      /^PACK_NAME_DIFFERS binding.yaml:0 `pack: shop` is not the name of the behaviour beside it, "orders"$/,
    ],
    [
      'a scenario with a state that there is none of',
      { 'scenarios/filled.yaml': swap('state: filled', 'state: filed') },
      /scenarios\/filled.yaml:8/,
    ],
    [
      'a suite with a scenario that there is none of',
      { 'suites/polling-basics.yaml': swap('filled, declined', 'filled, declind') },
      /suites\/polling-basics.yaml:6 unknown scenario "declind"$/,
    ],
    [
      'an answer to a request that breaks the contract',
      {
        'binding.yaml': swap(
          "{ task: '{job}', progress: open,",
          "{ task: '{job}', progress: taken,",
        ),
      },
      /^BINDING_BREAKS_CONTRACT binding.yaml:9 \$.progress, here "taken", is none of the values that placeOrder 202 documents/,
    ],
    [
      'a document that the pack shows and the contract does not allow',
      {
        'behaviour.js': swap(
          read,
          read.replace('order.document', '{ ...order.document, pieces: "two" }'),
        ),
      },
      /^PACK_ANSWER_OFF_CONTRACT binding.yaml:0 an answer of getOrder \(200\) breaks the contract at \$.pieces/,
    ],
    [
      'an operation that the contract does not have',
      { 'behaviour.js': swap('getOrder(', 'getOrdr(') },
      /^PACK_UNKNOWN_OPERATION binding.yaml:0 the pack orders answers "getOrdr", which is no operation/,
    ],
    [
      'a function that throws, with its place',
      { 'behaviour.js': swap('world.keep({ kind', 'world.keeep({ kind') },
      /^PACK_BEHAVIOUR_FAILED behaviour.js:\d+ the pack orders threw TypeError: world.keeep is not a function/,
    ],
    [
      'a read that throws',
      { 'behaviour.js': swap('world.find(', 'wrld.find(') },
      /^PACK_BEHAVIOUR_FAILED behaviour.js:\d+ the pack orders threw ReferenceError: wrld is not defined/,
    ],
  ])('%s', async (_, changes, expected) => {
    const mistakes = await mistakesOf(await packWith(changes));
    expect(mistakes).toEqual(expect.arrayContaining([expect.stringMatching(expected)]));
  });

  it('a mistake of the binding once, not in every life', async () => {
    const folder = await packWith({ 'binding.yaml': swap('progress: open,', 'progress: taken,') });
    expect(await mistakesOf(folder)).toHaveLength(1);
  });
});

describe('every step of a life is played', () => {
  const life = (steps: string) => `scenario: filled\nlife: [${steps}, { state: filled }]\n`;
  const odd = '{ answer: { http: 503, body: { cause: busy } }, for: 1 poll, off_contract: true }';

  it.each([
    ['shorter than a second', '{ state: open, for: 5ms }'],
    ['of several polls', '{ state: open, for: 3 polls }'],
    ['that waits to be released', '{ state: open, for: until released }'],
    ['whose etas are always near', '{ state: open, eta: 1ms, for: 10h }'],
    ['whose eta is long after its end', '{ state: open, eta: 100h, for: 1s }'],
    ['with an answer of its own', odd],
  ])('%s, and then the end, where the pack is asked for what was made', async (_, step) => {
    const read = "content: { data: order.document, type: 'object' }";
    const folder = await packWith({
      'scenarios/filled.yaml': life(`{ state: open, for: 1s }, ${step}`),
      'behaviour.js': swap(read, "content: { data: 'gone', type: 'object' }"),
    });
    const [found, ...others] = await mistakesOf(folder);
    expect(found).toContain('an answer of getOrder (200) breaks the contract at $: ');
    expect(others).toEqual([]);
  });
});
