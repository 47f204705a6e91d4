import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadContract } from '../../src/contract/contract.js';
import { compilePattern } from '../../src/contract/pattern.js';
import { startSandbox } from '../../src/index.js';
import { send } from '../support/client.js';
import { openSandbox } from '../support/sandbox.js';

const MIB = 1024 * 1024;

/** The contract of the reports API, with `name` described by other keywords; a file of its own. */
async function reportsWhere(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'patterns-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const text = await readFile('test/fixtures/reports/openapi.yaml', 'utf8');
  const file = join(folder, 'openapi.yaml');
  // As a function: in a text `$'` would stand for what follows.
  await writeFile(
    file,
    text.replace("name: { type: [string, 'null'], maxLength: 20 }", () => name),
  );
  await writeFile(
    join(folder, 'binding.yaml'),
    await readFile('test/fixtures/reports/binding.yaml', 'utf8'),
  );
  return file;
}

describe('a pattern of a contract', () => {
  it.each([
    '(a+)+$',
    '^(a|a)*$',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '(.*)(.*)(.*)(.*)x$',
    'a*a*a*a*b',
    '^(a?){50}a{50}$',
    '(?<=a+)b',
  ])('%s is run without backtracking, which would need years for a text of 1 MiB', async (pattern) => {
    const spec = await reportsWhere(`name: { type: string, pattern: '${pattern}' }`);
    const { sandbox } = await openSandbox({ spec });
    const name = `${'a'.repeat(MIB - 100)}!`;
    const answer = await send('POST', `${sandbox.url}/reports`, { body: { name } });
    expect(answer.status).toBe(400);
    expect(answer.json.error.invalid).toMatchObject([
      { entry: '$.name', rules: [{ rule: 'pattern', params: [pattern] }] },
    ]);
  });

  it('of the names of properties is run so too', async () => {
    const spec = await reportsWhere(
      `name: { type: object, patternProperties: { '^(a+)+$': { type: string } }, additionalProperties: false }`,
    );
    const { sandbox } = await openSandbox({ spec });
    const name = { [`${'a'.repeat(100_000)}!`]: 'x' };
    const answer = await send('POST', `${sandbox.url}/reports`, { body: { name } });
    expect(answer.status).toBe(400);
  });

  it.each([
    ['a lookahead', '^(?!admin)[a-z]+$'],
    ['a backreference', '(a)\\1'],
    ['a count above 1000', '^a{5000}$'],
    ['a bracket that is not closed', '(a'],
  ])('with %s is refused at the start, with its place and what to do', async (_, pattern) => {
    const spec = await reportsWhere(`name: { type: string, pattern: '${pattern}' }`);
    await expect(startSandbox({ spec })).rejects.toThrow(
      `${spec}:16:48: the pattern ${JSON.stringify(pattern)} at paths./reports.post.requestBody.content.application/json.schema.properties.name.pattern cannot be run in linear time: `,
    );
    await expect(startSandbox({ spec })).rejects.toThrow(
      'write it without lookaheads, backreferences and counts above 1000',
    );
  });

  it('is looked for among schemas, not in what is data', async () => {
    const spec = await reportsWhere(
      `name: { type: object, example: { pattern: '(' }, properties: { pattern: { type: string }, example: { type: string, pattern: '(' } } }`,
    );
    await expect(loadContract(spec)).rejects.toThrow('properties.example.pattern cannot be run');
    const fine = await reportsWhere(
      `name: { type: object, example: { pattern: '(' }, default: { pattern: '(' } }`,
    );
    expect((await loadContract(fine)).operations.size).toBeGreaterThan(0);
  });

  it('says the same as the engine of JavaScript', () => {
    const patterns = [
      '^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$', '^\\d{2,3}$', '[a-c]+$', '^\\+?\\d*$', '^(?:a|bc?)+$',
      '\\bab\\b', '^[^a]*$', '^.$', '^\\u0061\\x62', '^\\p{L}+$', '[\\w.-]+@', '^[\\/\\-_]?$', '(?<y>a)b', '^$',
    ]; // biome-ignore format: a list
    const text = fc.string({
      unit: fc.constantFrom(...'abcZ019-_/.@+ \n', 'і', '😀'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(fc.constantFrom(...patterns), text, (pattern, value) => {
        expect(compilePattern(pattern).test(value)).toBe(new RegExp(pattern, 'u').test(value));
      }),
      { numRuns: 3000 },
    );
  });

  it('named by a format takes no longer', async () => {
    const spec = await reportsWhere('name: { type: string, format: url }');
    const { sandbox } = await openSandbox({ spec });
    const order = (name: string) => send('POST', `${sandbox.url}/reports`, { body: { name } });
    expect((await order(`http://${'::'.repeat(MIB / 2 - 100)}`)).status).toBe(400);
    expect((await order('https://reports.example/a?b')).status).toBe(202);
    expect((await order('reports.example')).status).toBe(400);
  });
});

describe('a contract that takes a body of any type', () => {
  it('keeps one validator for it, however many types clients name', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'any-type-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const text = await readFile('spec/compositions/openapi.yaml', 'utf8');
    const file = join(folder, 'openapi.yaml');
    await writeFile(file, text.replaceAll('application/json:', '"*/*":'));
    const { validator, operations } = await loadContract(file);
    const operation = operations.get('createComposition');
    if (!operation) throw new Error('no createComposition');
    for (let i = 0; i < 5000; i += 1) {
      expect(validator.body(operation, `text/x-${i}`, {})?.length).toBeGreaterThan(0);
    }
  });
});
