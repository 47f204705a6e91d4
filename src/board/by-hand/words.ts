import { signal } from '@preact/signals';
import type { SandboxControl } from '../../sandbox/control/sandbox-control.js';
import type { JobState } from '../../sandbox/control/views.js';
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

/** The words of the API that a job is of. */
export function wordsFor({
  operation,
  api,
}: Pick<JobState, 'operation' | 'api'>): ApiWords | undefined {
  const apis = vocabulary.value?.apis;
  const own = apis?.find(({ name }) => name !== undefined && name === api);
  return own ?? apis?.find(({ operations }) => operations.includes(operation)) ?? apis?.[0];
}

/**
 * Operations that tell how far a job is, the likeliest first: of several that read what jobs make, that whose name has
 * most words in common with the operation that has scheduled it.
 */
export function pollsOf(job: Pick<JobState, 'operation' | 'api'>): readonly string[] {
  const { report, reads = [] } = wordsFor(job) ?? {};
  const own = wordsIn(job.operation);
  const alike = (id: string) => wordsIn(id).filter((word) => own.includes(word)).length;
  const others = reads.filter((id) => id !== report);
  return [...(report === undefined ? [] : [report]), ...others].toSorted(
    (a, b) => alike(b) - alike(a) || a.length - b.length,
  );
}

/** `getOrderStatus`: get, order, status. */
function wordsIn(id: string): string[] {
  return id.split(/(?=[A-Z])|[_-]/).map((word) => word.toLowerCase());
}
