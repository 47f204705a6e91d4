import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadContract } from '../../src/contract/contract.js';
import { compilePattern } from '../../src/contract/pattern.js';
import { send } from '../support/client.js';
import { openSandbox } from '../support/sandbox.js';
import { fc } from '../support/seeded.js';

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
  ])('%s is run without backtracking, which would need years for a text of 100 KiB', async (pattern) => {
    const spec = await reportsWhere(`name: { type: string, pattern: '${pattern}' }`);
    const { sandbox } = await openSandbox({ spec });
    const name = `${'a'.repeat(100 * 1024)}!`;
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
    ['a count above 1000 of a group', '^(?:ab){5000}$'],
    ['a count above 2000 anywhere', 'a{5000}'],
    ['a count above 10,000', '^a{20000}$'],
    ['a bracket that is not closed', '(a'],
  ])('with %s is left unchecked, and named at the start with its place', async (_, pattern) => {
    const spec = await reportsWhere(`name: { type: string, pattern: '${pattern}' }`);
    const { problems, validator, operations } = await loadContract(spec);
    const operation = operations.get('orderReport');
    if (!operation) throw new Error('no orderReport');
    expect(validator.body(operation, 'application/json', { name: '!' })).toEqual([]);
    expect(problems).toMatchObject([
      { code: 'CONTRACT_PATTERN', severity: 'warning', usable: true, line: 16, column: 48 },
    ]);
    expect(problems[0]?.message).toContain(
      `the pattern ${JSON.stringify(pattern)} at paths./reports.post.requestBody.content.application/json.schema.properties.name.pattern cannot be run in linear time and is left unchecked: `,
    );
  });

  it('that cannot be run hinders no request', async () => {
    const spec = await reportsWhere(
      `name: { type: string, pattern: "^(?!.*[ЫЪЭЁ@%&$^#])[А-ЯҐЇІЄа-яґїіє'\\\\- ]+$" }`,
    );
    const { sandbox } = await openSandbox({ spec });
    const answer = await send('POST', `${sandbox.url}/reports`, { body: { name: 'Іван' } });
    expect(answer.status).toBe(202);
  });

  it('of names that cannot be run leaves the other names unchecked too', async () => {
    const spec = await reportsWhere(
      `name: { type: object, patternProperties: { '^(?!x)': { type: string } }, additionalProperties: false }`,
    );
    const { problems, validator, operations } = await loadContract(spec);
    const operation = operations.get('orderReport');
    if (!operation) throw new Error('no orderReport');
    expect(validator.body(operation, 'application/json', { name: { a: 1 } })).toEqual([]);
    expect(problems[0]).toMatchObject({ code: 'CONTRACT_PATTERN' });
  });

  it('all of them in one line', async () => {
    const spec = await reportsWhere(
      `name: { anyOf: [{ pattern: '(?=a)' }, { pattern: '(?=b)' }, { pattern: '(?=c)' }] }`,
    );
    const { problems } = await loadContract(spec);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toMatch(/; so do 2 more: 16:66 "\(\?=b\)", 16:88 "\(\?=c\)"$/);
  });

  it('is looked for among schemas, not in what is data', async () => {
    const spec = await reportsWhere(
      `name: { type: object, example: { pattern: '(' }, properties: { pattern: { type: string }, example: { type: string, pattern: '(' } } }`,
    );
    const { problems } = await loadContract(spec);
    expect(problems[0]?.message).toMatch(/properties\.example\.pattern cannot be run.*`\(`$/);
    const fine = await reportsWhere(
      `name: { type: object, example: { pattern: '(' }, default: { pattern: '(' } }`,
    );
    const codes = (await loadContract(fine)).problems.map(({ code }) => code);
    expect(codes).not.toContain('CONTRACT_PATTERN');
  });

  it.each([
    ['^\\w{1500}$', 'z', 1500, 1500],
    ['^a{1001,}$', 'a', 1001, undefined],
    ['^\\u0061{2,1001}$', 'a', 2, 1001],
    ['[a-z]{1,1024}$', 'z', 1, undefined],
  ])('%s counts beyond what the engine does', (pattern, unit, least, most) => {
    const run = compilePattern(pattern);
    expect(run.test(unit.repeat(least))).toBe(true);
    if (least > 0) expect(run.test(unit.repeat(least - 1))).toBe(false);
    expect(run.test(unit.repeat(most ?? 5000))).toBe(true);
    if (most !== undefined) expect(run.test(unit.repeat(most + 1))).toBe(false);
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
