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
