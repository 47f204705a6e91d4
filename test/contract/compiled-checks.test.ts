import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { asset } from '../../src/assets.js';
import { writeChecks } from '../../src/contract/compile-checks.js';
import { checksFile, compiledBefore } from '../../src/contract/compiled-checks.js';
import { type Contract, loadContract } from '../../src/contract/contract.js';
import { exampleBody } from '../../src/contract/example.js';
import type { Json } from '../../src/contract/json.js';
import type { Operation } from '../../src/contract/operation.js';
import { listOperations } from '../../src/contract/operations.js';
import { type Compile, knownOf } from '../../src/contract/schema-compiler.js';
import { Validator } from '../../src/contract/validator.js';
import { loadBare } from '../../src/load/load-setup.js';

const JSON_TYPE = 'application/json';

/** Operations on jobs; the control API has handlers of its own for all of its. */
async function operationsOf(name: string, contract: Contract): Promise<Operation[]> {
  const all = [...contract.operations.values()];
  if (name === 'control') return all;
  const apis = await loadBare({ pack: name });
  return all.filter(({ id }) =>
    apis.some(({ binding }) => binding.schedules.has(id) || binding.report.operation === id),
  );
}

const takesAll = (() => true) as unknown as ReturnType<Compile>;

const opened = new Map<string, ReturnType<typeof open>>();

function ofPackage(name: string) {
  const there = opened.get(name) ?? open(name);
  opened.set(name, there);
  return there;
}

async function open(name: string) {
  const file = asset('spec', name, 'openapi.yaml');
  const contract = await loadContract(file);
  const known = knownOf(await readFile(file, 'utf8'));
  const { document, digest } = contract;
  const otherwise: Compile = (direction, way, schema) => {
    // Whoever writes an answer is told all that is wrong with it; that may take its time.
    if (direction === 'answer' && way === 'thorough') return takesAll;
    throw new Error(`the build has not compiled ${direction} ${way} ${JSON.stringify(schema)}`);
  };
  return {
    operations: await operationsOf(name, contract),
    contract,
    prepared: new Validator(document, known, compiledBefore(digest, otherwise)),
    ajv: new Validator(document, known),
  };
}

/** The value, and it with each of its parts left out, or of another type. */
function variants(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [value, null, [], 'no such word', -1.5];
  const others = Object.keys(value).flatMap((key) => {
    const { [key]: inner, ...rest } = value as Json;
    const without = Array.isArray(value) ? Object.values(rest) : rest;
    const changed = variants(inner).map((one) =>
      Array.isArray(value)
        ? value.map((old, i) => (String(i) === key ? one : old))
        : { ...value, [key]: one },
    );
    return [without, ...changed];
  });
  return [value, { ...value, 'unheard-of': 1 }, ...others];
}

const bodiesOf = ({ document }: Contract, operation: Operation) => {
  const example = exampleBody(document, operation);
  return example === undefined ? [] : variants(example);
};

describe.each(['compositions', 'medical-events', 'control'])('the checks of %s', (name) => {
  it('are compiled by the build, those of each request and each answer', async () => {
    const { operations, prepared } = await ofPackage(name);
    for (const operation of operations) {
      for (const place of ['path', 'query', 'header', 'cookie'] as const) {
        prepared.parameters(operation, place, {});
      }
      prepared.body(operation, JSON_TYPE, 17);
      for (const status of Object.keys(operation.answers)) {
        prepared.answer(operation, Number(status), JSON_TYPE, 17);
      }
    }
    expect(operations.length).toBeGreaterThan(1);
  });

  it('say of good and bad bodies what Ajv says', async () => {
    const { operations, contract, prepared, ajv } = await ofPackage(name);
    let bad = 0;
    for (const operation of operations) {
      for (const value of bodiesOf(contract, operation)) {
        const found = prepared.body(operation, JSON_TYPE, value);
        bad += found?.length ?? 0;
        expect(found).toEqual(ajv.body(operation, JSON_TYPE, value));
      }
    }
    expect(bad).toBeGreaterThan(5);
  });

  it('change texts of parameters as Ajv does', async () => {
    const { operations, prepared, ajv } = await ofPackage(name);
    for (const operation of operations) {
      for (const place of ['path', 'query'] as const) {
        const names = operation.parameters.filter((p) => p.in === place).map((p) => p.name);
        for (const text of ['7', '-1', 'x', 'true', '2025-01-01', '99999999999999999999']) {
          const [given, same] = [1, 2].map(() => Object.fromEntries(names.map((n) => [n, text])));
          const breaches = prepared.parameters(operation, place, given as Json);
          expect(breaches).toEqual(ajv.parameters(operation, place, same as Json));
          expect(given).toEqual(same);
        }
      }
    }
  });
});

describe('a check', () => {
  /** A compiler for what must not have to be compiled. */
  const never: Compile = () => {
    throw new Error('the build has not compiled this');
  };

  /** The document of one operation whose body is this schema, with its checks written as the build does. */
  async function written(schema: Json) {
    const folder = await mkdtemp(join(tmpdir(), 'checks-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'openapi.json');
    const body = { required: true, content: { [JSON_TYPE]: { schema } } };
    const answers = { 200: { description: 'Good.' } };
    const paths = { '/a': { post: { operationId: 'a', requestBody: body, responses: answers } } };
    const info = { title: 'A', version: '1' };
    await writeFile(file, JSON.stringify({ openapi: '3.1.0', info, paths }));
    const { document, operations, digest } = await loadContract(file);
    const place = checksFile(digest);
    onTestFinished(() => rm(place, { force: true }));
    const asked = listOperations(document).map((one) => ({
      operation: one,
      messages: 'both' as const,
    }));
    await writeChecks(document, digest, asked, {});
    const operation = operations.get('a') as Operation;
    const head = (await readFile(place, 'utf8')).split('\n', 1).join();
    return {
      checks: Object.keys(JSON.parse(head)),
      operation,
      validator: new Validator(document, {}, compiledBefore(digest, never)),
    };
  }

  it('that runs a pattern or compares values is written down', async () => {
    const { validator, operation } = await written({
      type: 'array',
      uniqueItems: true,
      items: { anyOf: [{ type: 'string', minLength: 2, pattern: '^a+$' }, { type: 'object' }] },
    });
    const rules = (value: unknown) =>
      validator.body(operation, JSON_TYPE, value)?.map((b) => b.rule);
    expect(rules(['aa', { a: 1 }, { a: 2 }])).toEqual([]);
    expect(rules(['ab'])).toEqual(['anyOf']);
    expect(rules([{ a: [1] }, { a: [1] }])).toEqual(['uniqueItems']);
    expect(rules(['😀'])).toEqual(['anyOf']);
  });

  it('that needs a function of ours, or a format of Ajv alone, is left to Ajv', async () => {
    const needed = [
      { type: 'number', multipleOf: 0.01 },
      { type: 'string', format: 'iso-time' },
    ];
    for (const schema of needed) expect((await written(schema)).checks).toEqual([]);
  });
});
