import { readFile } from 'node:fs/promises';
import { asset } from '../assets.js';
import { FAULT_NAMES } from '../faults/index.js';
import { BaselineFile } from '../formats/baseline/baseline-file.js';
import { BindingFile } from '../formats/binding/binding-file.js';
import { editorSchema, inWordsOf } from '../formats/editor-schema.js';
import type { ApiWords } from '../formats/editor-words.js';
import { ProfileFile } from '../formats/profile/profile-file.js';
import { referencePage } from '../formats/reference.js';
import { ScenarioFile } from '../formats/scenario/scenario-file.js';
import { SuiteFile } from '../formats/suite/suite-file.js';
import { TeamsFile } from '../formats/teams/teams-file.js';
import { apiWords } from './authoring/schema.js';
import { loadBare } from './load-setup.js';
import { packNames } from './pack-description.js';

/** Files that are written from the declarations of the formats, by their paths: schemas for editors, and the reference. */
export async function editorFiles(): Promise<Record<string, string>> {
  const read = await Promise.all(
    packNames().map(async (name) => ({ name, words: await wordsOfPack(name) })),
  );
  // An API without jobs has no scenarios.
  const known = read.filter(({ words }) => Object.keys(words.operations).length > 0);
  const names = known.map(({ name }) => name);
  const packs = known.map(({ words }) => words);
  const any = together(packs);
  const own = names.map((name, i) => [
    `scenarios/${name}/scenario.schema.json`,
    schemaText(editorSchema(ScenarioFile, packs[i] ?? any)),
  ]);
  return {
    'scenarios/scenario.schema.json': schemaText(editorSchema(ScenarioFile, any)),
    ...Object.fromEntries(own),
    'scenarios/suite.schema.json': schemaText(editorSchema(SuiteFile, any)),
    'scenarios/baseline.schema.json': schemaText(editorSchema(BaselineFile, any)),
    'scenarios/teams.schema.json': schemaText(editorSchema(TeamsFile, any)),
    'scenarios/profile.schema.json': schemaText(editorSchema(ProfileFile, any)),
    'spec/binding.schema.json': schemaText(editorSchema(BindingFile, any)),
    'spec/control/openapi.yaml': await withFaultNames(asset('spec', 'control', 'openapi.yaml')),
    'docs/reference/file-formats.md': inWordsOf(any, referencePage()),
  };
}

/** The control API's contract with the names of all faults in it. */
async function withFaultNames(file: string): Promise<string> {
  const text = await readFile(file, 'utf8');
  const names = FAULT_NAMES.map((name) => `        - ${name}\n`).join('');
  return text.replace(/(\n {4}FaultName:\n(?: {6}.*\n)*? {6}enum:\n)(?: {8}- .*\n)+/, `$1${names}`);
}

async function wordsOfPack(pack: string): Promise<ApiWords> {
  const [api] = await loadBare({ pack });
  return apiWords(api);
}

/** The words of every API that comes with the package, for files that may be in those of another one. */
function together(packs: readonly ApiWords[]): ApiWords {
  const all = <K extends 'operations' | 'states' | 'errors' | 'rules'>(key: K): ApiWords[K] =>
    Object.assign({}, ...packs.map((words) => words[key])) as ApiWords[K];
  return {
    of: 'any',
    operations: all('operations'),
    states: all('states'),
    envelopes: [...new Set(packs.flatMap(({ envelopes }) => envelopes))],
    scheduled: [...new Set(packs.flatMap(({ scheduled }) => scheduled))],
    errors: all('errors'),
    rules: all('rules'),
  };
}

/** Lists of `true` say how far a condition reaches: a line each would be ten thousand lines. */
function schemaText(schema: unknown): string {
  const text = JSON.stringify(schema, null, 2);
  return `${text.replace(/\[\s+true,[\s,true]*/g, (list) => list.replace(/\s+/g, ' '))}\n`;
}
