import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Contract, loadContract } from '../../src/contract/contract.js';
import { FileError, type Problem } from '../../src/problem.js';

/** Writes files into a folder of their own; gives back the path of the first. */
export async function filesWith(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'documents-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return join(folder, Object.keys(files)[0] as string);
}

/** A document whose one operation takes a body of a schema; `parts` are further keys, as YAML. */
export function documentOf(schema: unknown, version = '3.0.3', parts = ''): string {
  return `openapi: ${version}
info: { title: t, version: '1' }
paths:
  /t:
    post:
      operationId: t
      requestBody:
        content:
          application/json:
            schema: ${typeof schema === 'string' ? schema : JSON.stringify(schema)}
      responses: { '200': { description: ok } }
${parts}`;
}

export async function load(text: string): Promise<Contract> {
  return loadContract(await filesWith({ 'openapi.yaml': text }));
}

/** Rules that a body breaks, as `$.a pattern`. */
export function broken({ validator, operations }: Contract, body: unknown, id = 't'): string[] {
  const operation = operations.get(id);
  if (!operation) throw new Error(`no operation ${id}`);
  const breaches = validator.body(operation, 'application/json', body);
  if (!breaches) throw new Error(`${id} takes no JSON`);
  return breaches.map(({ at, rule }) => `${at} ${rule}`);
}

/** The problems that a document is refused for. */
export async function refusal(text: string): Promise<readonly Problem[]> {
  try {
    await load(text);
  } catch (error) {
    if (error instanceof FileError) return error.problems;
    throw error;
  }
  throw new Error('it is not refused');
}

/** `CODE line:column` of each. */
export function places(problems: readonly Problem[]): string[] {
  return problems.map(({ code, line, column }) => `${code} ${line}:${column}`);
}
