import { ask } from '../control.js';

/** What scenarios of an API may name. */
export interface Words {
  api: string;
  operations: { id: string; summary: string }[];
  states: { name: string; outcome: 'open' | 'done' | 'failed' | 'cancelled'; shapes: string[] }[];
  errors: { code: string; text: string }[];
  faults: { name: string; title: string }[];
  statuses: number[];
}

export type Schema = Record<string, unknown>;

/** Something that is wrong in the text. */
export interface Problem {
  code: string;
  severity: 'error' | 'warning';
  line: number;
  column: number;
  message: string;
  hint?: string;
}

/** An answer as it will be sent. */
export interface AnswerPreview {
  step?: number;
  operation: string;
  line: number;
  says?: string;
  after: number;
  status: number;
  headers: Record<string, string>;
  body: string;
  cut?: boolean;
  fault?: { name: string; title: string };
  off_contract?: boolean;
  breaches: { at: string; description: string }[];
}

export interface LintReport {
  file: string;
  api: string;
  name?: string;
  errors: number;
  problems: Problem[];
  answers: AnswerPreview[];
  saves: { file: string; hash: string | null } | { code: string; message: string };
}

/** What is served: the words of each API whose jobs live scenarios. */
export async function readAllWords(): Promise<Words[]> {
  const [vocabulary, { operations }] = await Promise.all([
    ask<Vocabulary>('GET', ['vocabulary']),
    ask<{ operations: { id: string; summary: string }[] }>('GET', ['health']),
  ]);
  const faults = vocabulary.faults.map(({ name, title }) => ({ name, title }));
  const summaryOf = (id: string) => operations.find((one) => one.id === id)?.summary ?? '';
  return vocabulary.apis
    .filter((api) => api.operations.length > 0)
    .map(({ name = '', operations: ids, states, errors, statuses = [] }) => ({
      api: name,
      operations: ids.map((id) => ({ id, summary: summaryOf(id) })),
      states: states.map(({ state, ...more }) => ({ name: state, ...more })),
      errors,
      faults,
      statuses,
    }));
}

interface Vocabulary {
  apis: {
    name?: string;
    operations: string[];
    statuses?: number[];
    states: { state: string; outcome: Words['states'][number]['outcome']; shapes: string[] }[];
    errors: Words['errors'];
  }[];
  faults: Words['faults'];
}

/** The schema of scenarios in the words of an API. */
export function readSchema(api: string): Promise<Schema> {
  return ask<Schema>('GET', ['schemas', 'scenario'], undefined, api === '' ? {} : { api });
}
