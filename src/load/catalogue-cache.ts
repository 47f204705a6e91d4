import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { asset } from '../assets.js';
import type { Api } from '../sandbox/api.js';
import type { Scenario } from '../scenario/scenario.js';
import type { Suite } from '../scenario/suite.js';

/** What was found good when the package was built, each by the hash of all that this depends on. */
export interface Prepared {
  scenarios: Readonly<Record<string, Scenario>>;
  /** Keys of bindings whose own answers keep their contracts. */
  bindings: readonly string[];
}

export const NOTHING_PREPARED: Prepared = { scenarios: {}, bindings: [] };

/** Suites that were found good, by the hash of their text; whether there are their scenarios is looked at again. */
export type PreparedSuites = Readonly<Record<string, Suite>>;

const FILE = asset('dist', 'documents', 'scenarios.json');
const SUITES = asset('dist', 'documents', 'suites.json');

/**
 * The catalogue that comes with the package is read and checked when the package is built: parsing
 * sixty YAML files and compiling the validators that they are held to would be half of a start. What
 * is not in here, because a text has changed, is read and checked like any other file.
 */
export function readPrepared(): Promise<Prepared> {
  reading ??= readPreparedNow().finally(() => {
    reading = undefined;
  });
  return reading;
}

/** Several APIs that are loaded at a time read it once. */
let reading: Promise<Prepared> | undefined;

async function readPreparedNow(): Promise<Prepared> {
  try {
    const { scenarios, bindings } = JSON.parse(await readFile(FILE, 'utf8')) as Partial<Prepared>;
    return scenarios && bindings ? { scenarios, bindings } : NOTHING_PREPARED;
  } catch {
    return NOTHING_PREPARED;
  }
}

export async function forgetPrepared(): Promise<void> {
  await rm(FILE, { force: true });
}

/** Written by the build. */
export async function writePrepared(prepared: Prepared, suites: PreparedSuites): Promise<void> {
  await writeFile(FILE, JSON.stringify(prepared));
  await writeFile(SUITES, JSON.stringify(suites));
}

export async function readPreparedSuites(): Promise<PreparedSuites> {
  try {
    return JSON.parse(await readFile(SUITES, 'utf8')) as PreparedSuites;
  } catch {
    return {};
  }
}

export function suiteKey(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Changes with the scenario's text and with everything that it is checked against. */
export function preparedKey({ contract, binding, envelope }: Api, text: string): string {
  const parts = [contract.digest, binding.digest, envelope, text];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Changes with the binding's text and with the contract that its answers are held to. */
export function bindingKey(api: Api): string {
  return preparedKey(api, '');
}
