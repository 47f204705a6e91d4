import { ask } from '../control.js';

/** What scenarios of an API may name, as the control API tells it. */
export interface Words {
  api: string;
  operations: { id: string; summary: string; schedules: boolean }[];
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

/** Names of the APIs that have jobs; words and schema of one. */
export async function readWords(
  api: string | undefined,
): Promise<{ words: Words; schema: Schema }> {
  const query: Record<string, string> = api === undefined ? {} : { api };
  const [words, schema] = await Promise.all([
    ask<Words>('GET', ['words', 'scenario'], undefined, query),
    ask<Schema>('GET', ['schemas', 'scenario'], undefined, query),
  ]);
  return { words, schema };
}
