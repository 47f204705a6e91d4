import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadContract } from '../../src/contract/contract.js';

/** A document in many files; its first is `openapi.yaml`. */
async function documentOf(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'many-files-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return join(folder, 'openapi.yaml');
}

const ROOT = `openapi: 3.0.3
info: { title: Many files, version: '1' }
paths:
  /t: { $ref: paths/t.yaml }
`;
const PATH = `get:
  operationId: getT
  responses:
    '200':
      description: OK
      content:
        application/json:
          schema: { $ref: '../schemas.yaml#/A' }
`;
const SCHEMAS = `A: { type: object, required: [ x, y ], properties: { x: { $ref: '#/B/properties/x' }, y: { $ref: '#/B/properties/y/items' } } }
B: { $ref: ./b.yaml }
`;
const B = `type: object
properties: { x: { $ref: '#/properties/y/items/properties/name' }, y: { $ref: './list.yaml#/Names' } }
`;
const LIST =
  'Names: { type: array, items: { $ref: "#/Named" } }\nNamed: { type: object, properties: { name: { type: string, maxLength: 3 } } }\n';

describe('a document in many files', () => {
  it('may lead through one reference to what stands behind it', async () => {
    const file = await documentOf({
      'openapi.yaml': ROOT,
      'paths/t.yaml': PATH,
      'schemas.yaml': SCHEMAS,
      'b.yaml': B,
      'list.yaml': LIST,
    });
    const { operations, validator, problems } = await loadContract(file);
    expect(problems).toEqual([]);
    const operation = operations.get('getT');
    if (!operation) throw new Error('no operation');
    const breaches = (value: unknown) =>
      validator.answer(operation, 200, 'application/json', value).map(({ at, rule }) => [at, rule]);
    expect(breaches({ x: 'abc', y: { name: 'abc' } })).toEqual([]);
    expect(breaches({ x: 'abcd', y: { name: 1 } })).toEqual([
      ['$.x', 'maxLength'],
      ['$.y.name', 'cast'],
    ]);
  });

  it.each([
    ['a file', { 'schemas.yaml': 'A: { $ref: ./gone.yaml }\n' }, 'schemas.yaml', './gone.yaml'],
    ['something', { 'schemas.yaml': '\nA: { $ref: "#/C" }\nB: {}\n' }, 'schemas.yaml', '#/C'],
    ['what its path names', { 'schemas.yaml': 'B: {}\n' }, 't.yaml', '../schemas.yaml#/A'],
  ])('is refused with file and line where %s is not there', async (_, files, where, ref) => {
    const file = await documentOf({ 'openapi.yaml': ROOT, 'paths/t.yaml': PATH, ...files });
    const line = { 'schemas.yaml': ref === '#/C' ? 2 : 1, 't.yaml': 8 }[where];
    await expect(loadContract(file)).rejects.toMatchObject({
      problems: [
        {
          code: 'CONTRACT_UNKNOWN_REF',
          file: expect.stringMatching(`${where}$`),
          line,
          message: expect.stringContaining(JSON.stringify(ref)),
        },
      ],
    });
  });
});
