import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { parseScenario } from '../../src/formats/scenario/parse.js';
import { FileError } from '../../src/problem.js';
import type { Vocabulary } from '../../src/scenario/vocabulary.js';
import { compositionsVocabulary } from '../support/vocabulary.js';

export const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
export const schema = read('scenarios/compositions/scenario.schema.json');
export const ajv = new Ajv({ strict: false, allErrors: true });
export const validate = ajv.compile(schema);

/** What an editor does with the schema. */
export const schemaTakes = (text: string) => validate(parse(text));

let words: Vocabulary;

/** What the parser goes by; to be awaited before {@link parserTakes}. */
export async function loadWords(): Promise<void> {
  words = await compositionsVocabulary();
}

/** What the sandbox does at its start. */
export function parserTakes(text: string): boolean {
  try {
    parseScenario('own.yaml', text, words);
    return true;
  } catch (error) {
    if (error instanceof FileError) return false;
    throw error;
  }
}

export const DONE = '\nlife: [{ state: DONE }]';
export const steps = (...all: string[]) =>
  `scenario: own\nlife:\n${all.map((s) => `  - ${s}\n`).join('')}`;
export const answer = (fields: string) => steps(`answer: { ${fields} }`);
