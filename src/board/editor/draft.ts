import { computed, signal } from '@preact/signals';
import type { LintReport } from '../../sandbox/control/lint-view.js';
import { ask, ControlError } from '../control.js';
import type { Schema, Words } from './words.js';
import { readSource } from './yaml-source.js';

/** The scenario that is being written. Its text is all there is; blocks and YAML show it, each in its way. */
export const text = signal('');
export const api = signal<string | undefined>(undefined);
/** Words of every API that is served. */
export const all = signal<readonly Words[]>([]);
export const words = signal<Words | undefined>(undefined);
export const schema = signal<Schema | undefined>(undefined);
/** The name by which it was opened: its file may be in a folder below. */
export const opened = signal<string | undefined>(undefined);
/** Hash of the text that was read or saved last; null: there was none. */
export const over = signal<string | null>(null);
/** What stands in the file, as far as the page knows. */
export const saved = signal<string | undefined>(undefined);
export const report = signal<LintReport | undefined>(undefined);
/** Why nothing can be said of the text. */
export const failed = signal<string | undefined>(undefined);

export const unsaved = computed(() => text.value !== saved.value);

/** A scenario as its text says it. */
export interface Said {
  scenario?: unknown;
  title?: unknown;
  about?: unknown;
  operations?: unknown;
  when?: unknown;
  refuse?: unknown;
  life?: unknown;
  expect?: unknown;
  off_contract?: unknown;
}

const read = computed<Said | undefined>(() => {
  const document = readSource(text.value);
  if (document.errors.length > 0) return undefined;
  try {
    const value: unknown = document.toJS();
    if (value === null || value === undefined) return {};
    return typeof value === 'object' && !Array.isArray(value) ? (value as Said) : undefined;
  } catch {
    // An anchor that nothing has.
    return undefined;
  }
});

/** Half of a line is no YAML yet: blocks wait as they are. */
export const readable = computed(() => read.value !== undefined);

let last: Said = {};

/** What the text says, or has said when it could be read last. */
export const said = computed<Said>(() => {
  last = read.value ?? last;
  return last;
});

let asked = 0;

/**
 * Asks what is wrong with the text, and what its steps answer; an answer that comes late is not shown.
 * @returns the answer, late or not; undefined: there is none
 */
export async function lint(): Promise<LintReport | undefined> {
  asked += 1;
  const mine = asked;
  const body = {
    yaml: text.value,
    ...(api.value === undefined ? {} : { api: api.value }),
    ...(opened.value === undefined ? {} : { name: opened.value }),
  };
  try {
    const found = await ask<LintReport>('POST', ['lint'], body);
    if (mine === asked) {
      report.value = found;
      failed.value = undefined;
    }
    return found;
  } catch (error) {
    if (mine === asked) failed.value = tell(error);
    return undefined;
  }
}

export function tell(error: unknown): string {
  if (error instanceof ControlError) return error.message;
  return (error as Error).message;
}

/** Who types is not asked after each letter. */
const PAUSE = 350;
let timer: ReturnType<typeof setTimeout> | undefined;

export function lintSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void lint(), PAUSE);
}

/** The text is another one now. */
export function write(next: string): void {
  if (next === text.value) return;
  text.value = next;
  lintSoon();
}
