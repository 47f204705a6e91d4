import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { loadContract } from '../../src/contract/contract.js';

async function contractWith(schema: string, name = 'id'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'half-signs-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'openapi.yaml');
  const text = `openapi: 3.1.0
info: { title: Halves, version: '1' }
paths:
  /things:
    post:
      operationId: make
      parameters: [{ name: "${name}", in: query, schema: { type: string } }]
      requestBody: { content: { application/json: { schema: ${schema} } } }
      responses: { '200': { description: Good } }
`;
  await writeFile(file, text);
  return file;
}

it.each([
  ['{ properties: { "a\\uD800": { type: string } } }', 'id', 8],
  ['{ type: string }', 'k\\uDC00', 7],
])('a name with half a pair of surrogates is refused with its place: %s', async (schema, name, line) => {
  const file = await contractWith(schema, name);
  await expect(loadContract(file)).rejects.toMatchObject({
    problems: [{ code: 'CONTRACT_HALF_SIGN', line }],
  });
});

it('whole pairs, and halves in values, are read', async () => {
  const file = await contractWith('{ properties: { "a\\uD83D\\uDE00": { const: "\\uD800" } } }');
  expect((await loadContract(file)).operations.has('make')).toBe(true);
});
