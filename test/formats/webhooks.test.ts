import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadContract } from '../../src/contract/contract.js';
import { parseBinding } from '../../src/formats/binding/parse.js';
import { parseScenario } from '../../src/formats/scenario/parse.js';
import { loadApis } from '../../src/load/load-setup.js';
import { FileError, type Problem } from '../../src/problem.js';
import { vocabularyOf } from '../../src/sandbox/binding-words.js';
import { swap } from '../support/pack-folder.js';

const FOLDER = 'test/fixtures/callbacks';
const text = await readFile(`${FOLDER}/binding.yaml`, 'utf8');
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

function mistakes(read: () => unknown): Pick<Problem, 'code' | 'line'>[] {
  try {
    read();
    return [];
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return error.problems.map(({ code, line }) => ({ code, line }));
  }
}

const lineOf = (callback: string) =>
  text.split('\n').findIndex((line) => line.includes(`callback: ${callback}`)) + 1;

/** The binding with its webhooks in the place of ours. */
const binding = (webhooks: string) =>
  `${text.slice(0, text.indexOf('\nwebhooks:') + 1)}webhooks:\n${webhooks}\n`;

describe('the webhooks of a binding', () => {
  const line = binding('').split('\n').length - 1;

  it.each([
    ['  - { to: "{body.url}" }', undefined],
    [
      '  - { to: "http://127.0.0.1:9000", on: [scheduled, done, working], retries: none }',
      undefined,
    ],
    ['  - { to: "{callbackUrl}" }', 'BINDING_WRONG_VALUE'],
    ['  - { on: [done] }', 'BINDING_MISSING_KEY'],
    ['  - { to: "{body.url}", callback: renderFinished }', 'BINDING_KEY_CONFLICT'],
    ['  - { to: "{body.url}", on: [finished] }', 'BINDING_UNKNOWN_EVENT'],
    ['  - { to: "{body.url}", names: { finished: x } }', 'BINDING_UNKNOWN_EVENT'],
    ['  - { to: "{body.url}", sign: standard-webhooks }', 'BINDING_MISSING_KEY'],
    [`  - { to: "{body.url}", secret: ${SECRET} }`, 'BINDING_MISSING_KEY'],
    [
      '  - { to: "{body.url}", sign: standard-webhooks, secret: whsec_short }',
      'BINDING_WRONG_VALUE',
    ],
    [`  - { to: "{body.url}", sign: hmac, secret: ${SECRET} }`, 'BINDING_WRONG_VALUE'],
    ['  - { to: "{body.url}", data: { id: "{jb}" } }', 'BINDING_UNKNOWN_PLACE'],
    ['  - { to: "{body.url}", retries: [soon] }', 'BINDING_WRONG_VALUE'],
    ['  - { to: "{body.url}", retry: none }', 'BINDING_UNKNOWN_KEY'],
  ])('are read, or refused at their place: %s', (webhook, code) => {
    const found = mistakes(() => parseBinding('binding.yaml', binding(webhook)));
    expect(found).toEqual(code === undefined ? [] : [{ code, line }]);
  });

  it('have the pauses that Standard Webhooks suggests', () => {
    const { webhooks = [] } = parseBinding('binding.yaml', binding('  - { to: "{body.url}" }'));
    const [{ retries, on } = { retries: [], on: [] }] = webhooks;
    expect(retries.reduce((sum, pause) => sum + pause, 0)).toBe(((75 * 60 + 35) * 60 + 5) * 1000);
    expect(on).toEqual(['done', 'failed', 'cancelled']);
  });
});

describe('a webhook that is a callback of the document', () => {
  it('is held to it at the start', async () => {
    expect(await problemsOf((given) => given)).toEqual([]);
    const off = await problemsOf(
      swap('status: "{state}" } }\n    sign', 'state: "{state}" } }\n    sign'),
    );
    expect(off).toMatchObject([
      { code: 'BINDING_CALLBACK_BREAKS_CONTRACT', line: lineOf('renderFinished') },
    ]);
    expect(off[0]?.message).toContain('renderFinished');
    expect(off[0]?.message).toContain('in the state done breaks the contract at $.data');
  });

  it('has to be one', async () => {
    await expect(
      problemsOf(swap('callback: renderProgress', 'callback: renderProgres')),
    ).rejects.toMatchObject({
      problems: [
        {
          code: 'BINDING_UNKNOWN_CALLBACK',
          line: lineOf('renderProgress'),
          hint: expect.stringContaining('renderProgress'),
        },
      ],
    });
  });
});

async function problemsOf(change: (text: string) => string): Promise<readonly Problem[]> {
  const folder = await mkdtemp(join(tmpdir(), 'webhooks-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'binding.yaml');
  await writeFile(file, change(text));
  const [api] = await loadApis({ spec: `${FOLDER}/openapi.yaml`, binding: file });
  return api.binding.problems;
}

describe('what a scenario does to webhooks', () => {
  const words = (async () => {
    const contract = await loadContract(`${FOLDER}/openapi.yaml`);
    return vocabularyOf(parseBinding('binding.yaml', text), contract, new Map());
  })();
  const scenario = (webhooks: string) =>
    `scenario: own\nlife:\n  - state: done\nwebhooks: ${webhooks}\n`;

  it.each([
    ['{ late: 5s, twice: true, forged: true }', { late: 5000, copies: 2, forged: true }],
    ['{ copies: 3, order: reversed }', { copies: 3, order: 'reversed' }],
    ['{ before_answer: true, lost: true }', { before_answer: true, lost: true }],
  ])('is read: %s', async (webhooks, read) => {
    expect(parseScenario('own.yaml', scenario(webhooks), await words).webhooks).toEqual(read);
  });

  it.each([
    ['{ twice: true, copies: 3 }', 'SCENARIO_KEY_CONFLICT'],
    ['{ order: backwards }', 'SCENARIO_WRONG_VALUE'],
    ['{ late: soon }', 'SCENARIO_WRONG_VALUE'],
    ['{ delayed: 5s }', 'SCENARIO_UNKNOWN_KEY'],
  ])('is refused at its place: %s', async (webhooks, code) => {
    const known = await words;
    const read = () => parseScenario('own.yaml', scenario(webhooks), known);
    expect(mistakes(read)).toEqual([{ code, line: 4 }]);
  });

  it('is nothing where the API sends none, or signs none', async () => {
    const known = await words;
    const read = (webhooks: { signed: boolean } | undefined) => () =>
      parseScenario('own.yaml', scenario('{ forged: true }'), { ...known, webhooks });
    for (const webhooks of [undefined, { signed: false }]) {
      expect(mistakes(read(webhooks))).toEqual([{ code: 'SCENARIO_KEY_CONFLICT', line: 4 }]);
    }
  });
});
