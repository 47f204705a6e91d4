import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { asset } from '../assets.js';
import type { Setup } from '../sandbox/setup.js';
import type { Scenario } from '../scenario/scenario.js';

/** Scenarios that were found good, by the hash of all that this depends on. */
export type Prepared = Readonly<Record<string, Scenario>>;

const FILE = asset('dist', 'documents', 'scenarios.json');

/**
 * The catalogue that comes with the package is read and checked when the package is built: parsing
 * sixty YAML files and compiling the validators that they are held to would be half of a start. What
 * is not in here, because a text has changed, is read and checked like any other file.
 */
export async function readPrepared(): Promise<Prepared> {
  try {
    return JSON.parse(await readFile(FILE, 'utf8')) as Prepared;
  } catch {
    return {};
  }
}

/** Written by the build. */
export async function writePrepared(prepared: Prepared): Promise<void> {
  await writeFile(FILE, JSON.stringify(prepared));
}

/** Changes with the scenario's text and with everything that it is checked against. */
export function preparedKey({ contract, binding, envelope }: Setup, text: string): string {
  const parts = [contract.digest, binding.digest, envelope, text];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
