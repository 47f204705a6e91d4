import { signal } from '@preact/signals';
import type { SandboxControl } from '../../sandbox/control/sandbox-control.js';
import type { VocabularyView } from '../../sandbox/control/vocabulary-view.js';
import { ask } from '../control.js';

export type ApiWords = VocabularyView['apis'][number] & { name?: string };
export type Operation = ReturnType<SandboxControl['health']>['operations'][number];

/** What can be played, and what can be asked for; undefined until it has come. */
export const vocabulary = signal<VocabularyView | undefined>(undefined);
export const operations = signal<readonly Operation[]>([]);

let reading: Promise<void> | undefined;

/** Asks for them once. */
export function readWords(): Promise<void> {
  reading ??= Promise.all([
    ask<VocabularyView>('GET', ['vocabulary']),
    ask<{ operations: Operation[] }>('GET', ['health']),
  ]).then(
    ([words, health]) => {
      vocabulary.value = words;
      operations.value = health.operations;
    },
    () => {
      reading = undefined;
    },
  );
  return reading;
}

/** The words of the API whose operation has scheduled a job. */
export function wordsFor(operation: string): ApiWords | undefined {
  const apis = vocabulary.value?.apis;
  return apis?.find((api) => api.operations.includes(operation)) ?? apis?.[0];
}
