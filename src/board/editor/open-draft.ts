import { batch } from '@preact/signals';
import { ask } from '../control.js';
import { stateFor } from './change-life.js';
import {
  all,
  api,
  failed,
  lint,
  opened,
  over,
  report,
  saved,
  schema,
  tell,
  text,
  unsaved,
  words,
} from './draft.js';
import { readAllWords, readSchema } from './words.js';

interface ScenarioText {
  name: string;
  file: string;
  api?: string;
  yaml?: string;
  hash?: string;
}

let from: string | undefined;
/** The address changes to it, and what it names is there already. */
let stays: string | undefined;

/** The text that is open bears this name from now on: its address opens nothing anew. */
export function stayAt(name: string): void {
  from = keyOf(name, undefined);
  stays = from;
}

function keyOf(name: string | undefined, job: string | undefined): string {
  return JSON.stringify([name, job]);
}

/**
 * Opens what the address names: a scenario of the catalogue, what a job has lived, or a new one. Who comes back to what
 * is not saved yet finds it as it was.
 */
export async function openDraft(
  name: string | undefined,
  job: string | undefined,
  wanted?: string,
): Promise<void> {
  const key = keyOf(name, job);
  if (stays === key) {
    stays = undefined;
    return;
  }
  if (from === key && unsaved.value && text.value !== '') {
    if (wanted === undefined || wanted === api.value) return;
    await useApi(wanted);
    await lint();
    return;
  }
  from = key;
  batch(() => {
    text.value = '';
    saved.value = undefined;
    opened.value = undefined;
    over.value = null;
    failed.value = undefined;
  });
  try {
    all.value = await readAllWords();
    if (name !== undefined) await openScenario(name);
    else {
      await useApi(wanted);
      text.value = job === undefined ? template() : await lived(job);
      await lint();
    }
  } catch (error) {
    failed.value = tell(error);
  }
}

/** The same text in the words of another API. @param name undefined: the first */
export async function useApi(name: string | undefined): Promise<void> {
  const known = all.value.find((each) => each.api === name) ?? all.value[0];
  if (!known) return;
  const read = await readSchema(known.api);
  batch(() => {
    api.value = known.api === '' ? undefined : known.api;
    words.value = known;
    schema.value = read;
  });
}

/** Reads a scenario's file again, whatever has been changed here. */
export async function openScenario(name: string): Promise<void> {
  const found = await ask<ScenarioText>('GET', ['scenarios', name]);
  await useApi(found.api);
  batch(() => {
    opened.value = name;
    text.value = found.yaml ?? template(found.name);
  });
  await lint();
  const saves = report.value?.saves;
  // What comes with the package is a pattern: it is saved as a file of one's own.
  const own = saves !== undefined && 'file' in saves && saves.file === found.file;
  batch(() => {
    over.value = own ? (found.hash ?? null) : null;
    saved.value = own ? found.yaml : undefined;
  });
}

async function lived(job: string): Promise<string> {
  const [session = '', id = ''] = job.split('/');
  return ask<string>('GET', ['sessions', session, 'jobs', id, 'scenario']);
}

/** Where everybody begins: an open state, then done. */
function template(name = 'my-scenario'): string {
  const state = (outcome: string) => stateFor(words.value ?? { states: [] }, outcome);
  return [
    `scenario: ${name}`,
    'life:',
    `  - state: ${state('open')}`,
    '    for: 2 polls',
    `  - state: ${state('done')}`,
    '',
  ].join('\n');
}
