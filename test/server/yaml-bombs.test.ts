import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { loadContract } from '../../src/contract/contract.js';
import { parseBinding } from '../../src/formats/binding/parse.js';
import { parseScenario } from '../../src/formats/scenario/parse.js';
import { parseSuite } from '../../src/formats/suite/parse.js';
import { listFiles } from '../../src/load/scenario-files.js';
import { CREDENTIALS, send } from '../support/client.js';
import { disability } from '../support/conclusions.js';
import { openSandbox } from '../support/sandbox.js';
import { compositionsVocabulary } from '../support/vocabulary.js';

const GOOD = 'scenario: own\nlife: [{ state: DONE }]\n';
const LAUGHS = [
  'a0: &a0 [x, x]',
  ...Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}, *a${i}]`),
].join('\n');

/** Texts that small readers choke on. Each must be told as a mistake, and soon. */
const BOMBS: readonly (readonly [string, string])[] = [
  ['aliases that multiply', `${LAUGHS}\n`],
  ['an alias inside of what it names', 'a: &a [*a]\n'],
  ['a list in a list, 20,000 times', `a: ${'['.repeat(20_000)}`],
  ['a mapping in a mapping, 5000 times', `a: ${'{a: '.repeat(5000)}`],
  ['lists of one line each, nested 5000 times', `${'- '.repeat(5000)}x`],
  ['keys that are mappings, nested 3000 times', '? '.repeat(3000)],
  ['mappings nested by their indentation', Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ['ten thousand keys', Array.from({ length: 10_000 }, (_, i) => `k${i}: 1`).join('\n')],
  ['ten megabytes', `a: "${'x'.repeat(10_000_000)}"`],
  ['fifty thousand line ends', `a: |\n${'\n'.repeat(50_000)}`],
  ['ten thousand anchors on one value', `a: ${'&a '.repeat(10_000)}x`],
  ['a tag of another language', 'a: !!js/function "() => process.exit()"\n'],
  ['a merge of what is named', `a: &a { state: DONE }\n<<: *a\n${GOOD}`],
]; // biome-ignore format: a table

describe('a file with', () => {
  let words: Awaited<ReturnType<typeof compositionsVocabulary>>;
  beforeAll(async () => {
    words = await compositionsVocabulary();
  });

  /** Reads it; the message of the refusal. */
  const refused = async (read: () => unknown): Promise<string> => {
    const { name, message } = await Promise.resolve()
      .then(read)
      .then(
        () => ({ name: 'taken', message: '' }),
        (error: Error) => error,
      );
    expect(name).toBe('FileError');
    return message;
  };

  it.each(BOMBS)('%s is refused as a scenario, a suite and a binding', async (_, text) => {
    const readers = [
      () => parseScenario('bomb.yaml', text, words),
      () => parseSuite('bomb.yaml', text, ['slow'], { tolerances: words.tolerances }),
      () => parseBinding('bomb.yaml', text),
    ];
    for (const read of readers) expect(await refused(read)).toMatch(/^bomb\.yaml/);
  });

  it.each(BOMBS)('%s is refused as a contract, and beside one', async (_, text) => {
    const folder = await mkdtemp(join(tmpdir(), 'bomb-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const [file, other] = [join(folder, 'openapi.yaml'), join(folder, 'bomb.yaml')];
    await writeFile(other, text);
    expect(await refused(() => loadContract(other))).toContain(other);
    const whole =
      'openapi: 3.1.0\ninfo: { title: t, version: "1" }\npaths: { /a: { $ref: "bomb.yaml#/nowhere" } }\n';
    await writeFile(file, whole);
    expect(await refused(() => loadContract(file))).toMatch(
      /openapi\.yaml:3:16: the \$ref "bomb\.yaml#\/nowhere" leads (nowhere|to a file that has a mistake \(correct .*bomb\.yaml:\d+:\d+: )/,
    );
  });

  it('JSON nested a hundred thousand times is refused as a contract', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bomb-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'openapi.json');
    const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    await writeFile(file, `{"openapi":"3.1.0","info":{},"paths":{},"x":${deep}}`);
    expect(await refused(() => loadContract(file))).toContain('nested deeper than 200 levels');
  });
});

describe('the control API', () => {
  it('reads JSON alone: YAML is refused, whatever it says that it is', async () => {
    const { sandbox } = await openSandbox();
    for (const type of ['application/yaml', 'application/json', 'text/yaml']) {
      const answer = await send('POST', `${sandbox.url}/__sandbox/sessions/default/next`, {
        body: LAUGHS,
        headers: { 'Content-Type': type },
      });
      expect(answer.status).toBe(400);
      expect(answer.json.error.message).toMatch(/^the body is not JSON: /);
    }
  });
});

describe('a condition of a scenario', () => {
  it('is a text and no pattern', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'when-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const when = 'when: { headers: { x-ward: "(a+)+$" } }\n';
    await writeFile(join(folder, 'own.yaml'), `${GOOD}${when}`);
    const { sandbox } = await openSandbox({ scenarios: folder });
    const chosen = async (ward: string) => {
      const headers = { ...CREDENTIALS, 'X-Ward': ward };
      const url = `${sandbox.url}/api/patients/composition`;
      const answer = await send('POST', url, { body: disability(), headers });
      return answer.headers.get('x-sandbox-scenario');
    };
    expect(await chosen(`${'a'.repeat(10_000)}!`)).not.toBe('own');
    expect(await chosen('(a+)+$')).toBe('own');
  });

  it.each([
    '__proto__',
    'constructor',
    'toString',
  ])('may name %s like any other field, and nothing is polluted', async (name) => {
    const words = await compositionsVocabulary();
    const text = `${GOOD}when: { body: { ${name}: polluted, deep: { ${name}: { polluted: true } } } }\n`;
    const { when } = parseScenario('own.yaml', text, words);
    expect(Object.entries(when[0]?.body ?? {})).toEqual([
      [name, 'polluted'],
      [`deep.${name}.polluted`, true],
    ]);
    expect(Object.getPrototypeOf(when[0]?.body)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('a folder of scenarios', () => {
  it('ends at its border: links to files and folders elsewhere are not followed', async () => {
    const [folder, elsewhere] = await Promise.all([
      mkdtemp(join(tmpdir(), 'own-')),
      mkdtemp(join(tmpdir(), 'elsewhere-')),
    ]);
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    onTestFinished(() => rm(elsewhere, { recursive: true, force: true }));
    await writeFile(join(elsewhere, 'secret.yaml'), GOOD);
    await writeFile(join(folder, 'own.yaml'), GOOD);
    await symlink(join(elsewhere, 'secret.yaml'), join(folder, 'link.yaml'));
    await symlink(elsewhere, join(folder, 'linked'));
    await symlink(folder, join(folder, 'circle'));
    expect(await listFiles(folder, 'compositions')).toEqual([join(folder, 'own.yaml')]);
  });
});
