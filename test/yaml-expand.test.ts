import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadContract } from '../src/contract/contract.js';
import { parseSuite } from '../src/formats/suite/parse.js';
import type { FileError } from '../src/problem.js';
import { readYaml } from '../src/yaml.js';
import { locatorOf, readYamlFast } from '../src/yaml-fast.js';

const value = (text: string) => readYaml('x.yaml', text).value();

/** `line:column code` of each mistake. */
function mistakes(text: string): string[] {
  try {
    readYaml('x.yaml', text);
    return [];
  } catch (error) {
    return (error as FileError).problems.map(
      ({ line, column, code }) => `${line}:${column} ${code}`,
    );
  }
}

/** From the page of the type, https://yaml.org/type/merge.html, and beyond. */
const MERGES = [
  'base: &b { a: 1, b: 2 }\nall: { <<: *b, b: 3, c: 4 }\n',
  'base: &b { a: 1, b: 2 }\nall:\n  b: 3\n  <<: *b\n',
  '- &c { x: 1, y: 2 }\n- &l { x: 0, y: 2 }\n- &r { r: 10 }\n- { <<: [*c, *l, *r], label: center }\n',
  'a: &a { x: 1 }\nb: &b { <<: *a, y: 2 }\nc: { <<: *b, z: 3 }\n',
  'a: &a [1, { b: c }]\nd: *a\n',
  'a: { <<: { x: 1 }, y: 2 }\n',
  'a: &n 1\nb: &n 2\nc: *n\n',
  'a: &a\nb: *a\n',
];

describe('aliases and merge keys', () => {
  it.each(MERGES)('are read as YAML 1.1 means them: %j', (text) => {
    expect(value(text)).toEqual(load(text));
  });

  it('leave << in quotes a key like any other', () => {
    expect(value('a: { "<<": 1 }\n')).toEqual({ a: { '<<': 1 } });
    expect(readYamlFast('a: { "<<": 1 }\n')).toEqual({ value: { a: { '<<': 1 } } });
    expect(readYamlFast('a: { <<: { b: 1 } }\n')).toBeUndefined();
  });

  it.each([
    ['nothing of that name above', 'a: *b\nb: &b 1\n', ['1:4 FILE_ALIAS']],
    ['what it stands inside of', 'a: &a [*a]\n', ['1:8 FILE_ALIAS']],
    ['a merge of a list of texts', 'a: { <<: [x] }\n', ['1:10 FILE_MERGE']],
    ['a merge of an alias that is no mapping', 'a: &a 1\nb: { <<: *a }\n', ['2:10 FILE_MERGE']],
    ['two merges in one place', 'a: &a {}\nb: { <<: *a, <<: *a }\n', ['2:14 FILE_KEY_TWICE']],
  ])('are refused where they name %s', (_, text, told) => {
    expect(mistakes(text)).toEqual(told);
  });

  it('may not make a file ten times as long as it is, nor deeper than any is', () => {
    const wide = ['a0: &a0 [x, x, x, x]'];
    for (let i = 1; i < 12; i += 1) wide.push(`a${i}: &a${i} [*a${i - 1}, *a${i - 1}, *a${i - 1}]`);
    expect(mistakes(wide.join('\n'))).toEqual([expect.stringContaining('FILE_TOO_LARGE')]);
    const deep = ['a0: &a0 [[[[[x]]]]]'];
    for (let i = 1; i < 60; i += 1) deep.push(`a${i}: &a${i} [[[[[*a${i - 1}]]]]]`);
    expect(mistakes(deep.join('\n'))).toEqual([expect.stringContaining('FILE_TOO_DEEP')]);
    const many = `a: &a { b: 1 }\nc:\n${'  - *a\n'.repeat(2000)}`;
    expect(mistakes(many)).toEqual([]);
  });

  it('stand where their anchor does', () => {
    const text = 'base: &b\n  a: 1\n  deep: { x: 1 }\nall:\n  <<: *b\n  own: 2\nother: *b\n';
    const at = locatorOf(text);
    expect(at(['all', 'deep', 'x'], 'key')).toEqual({ line: 3, column: 11 });
    expect(at(['all', 'own'], 'key')).toEqual({ line: 6, column: 3 });
    expect(at(['other', 'a'], 'key')).toEqual({ line: 2, column: 3 });
    expect(at(['other'], 'key')).toEqual({ line: 7, column: 1 });
  });

  it('are read in suites, beside parts of their own', () => {
    const text =
      'suite: own\nparts: { names: &names [slow] }\nscenarios: *names\ntimeout: &t 1min\ntimeout_endless: *t\n';
    const suite = parseSuite('own.yaml', text, ['slow'], { tolerances: new Map() });
    expect(suite).toMatchObject({ scenarios: ['slow'], timeout: 60_000, timeoutEndless: 60_000 });
  });

  it('are read in OpenAPI documents', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'merge-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'openapi.yaml');
    const document = `openapi: 3.1.0
info: { title: Merged, version: "1" }
x-problems: &problems
  '404': { description: It is not there }
  '500': { description: It has failed }
paths:
  /things:
    get: { operationId: list, responses: { <<: *problems, '200': { description: All } } }
  /things/{id}:
    get:
      operationId: read
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        <<: *problems
        '500': { description: It has failed badly }
        '200': { description: One }
`;
    await writeFile(file, document);
    const { operations, document: read } = await loadContract(file);
    expect(Object.keys(operations.get('list')?.answers ?? {}).sort()).toEqual([
      '200',
      '404',
      '500',
    ]);
    const paths = read.paths as Record<string, { get: { responses: Record<string, unknown> } }>;
    expect(paths['/things/{id}']?.get.responses).toEqual({
      '404': { description: 'It is not there' },
      '500': { description: 'It has failed badly' },
      '200': { description: 'One' },
    });
  });

  it('have their mistakes told at their anchors in OpenAPI documents', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'merge-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'openapi.yaml');
    await writeFile(
      file,
      'openapi: 3.1.0\ninfo: { title: M, version: "1" }\nx: &x { $ref: "#/nowhere" }\npaths: { /a: { get: { responses: { 200: *x } } } }\n',
    );
    const { problems } = await loadContract(file).catch((error: FileError) => error);
    expect(problems.map(({ line, code }) => `${line} ${code}`)).toEqual(['3 CONTRACT_UNKNOWN_REF']);
  });
});
