import { signal } from '@preact/signals';
import type { JobState } from '../../sandbox/control/views.js';
import { messageOf } from '../act.js';
import { answerTo } from '../by-hand/answer-to.js';
import { type Place, pollToEnd } from '../by-hand/poll-job.js';
import { exampleOf, type Got } from '../by-hand/send.js';
import { withToken } from '../by-hand/token.js';
import { readWords, vocabulary } from '../by-hand/words.js';
import { catalogue, fullName, readCatalogue } from '../catalogue/catalogue.js';
import { ask } from '../control.js';
import { sessions } from '../live.js';

/** What the client that the page plays is doing in a session. */
export interface Example {
  doing: 'sending' | 'polling' | 'over';
  polls: number;
  /** The last answer. */
  got?: Got;
  /** Why it could not go on. */
  problem?: string;
}

/** By the names of sessions; it goes on whatever part of the page is looked at. */
export const examples = signal<ReadonlyMap<string, Example>>(new Map());

/** Operations whose next job lives a scenario that the catalogue does not have. */
const schedules = new Map<string, string>();

/** The page has queued a scenario for jobs of an API or of an operation. */
export function notePlayed(
  scenario: string,
  { operation, api }: { operation?: string; api?: string },
) {
  const first = vocabulary.value?.apis.find(({ name }) => name === api)?.operations[0];
  const known = operation ?? first;
  if (known === undefined) schedules.delete(scenario);
  else schedules.set(scenario, known);
}

/** Sends the example of an operation that the session's next scenario is for, and polls its job to the end. */
export async function playExample(place: Place): Promise<void> {
  const { name } = place;
  if (isGoing(name)) return;
  set(name, { doing: 'sending', polls: 0 });
  try {
    const example = await exampleOf(await operationFor(name), { session: name });
    const got = await answerTo(place, await withToken(place, example));
    set(name, { doing: 'polling', polls: 0, got });
    const job = got.status >= 200 && got.status < 300 ? await newestJob(name) : undefined;
    if (job !== undefined)
      await pollToEnd(
        place,
        job,
        () => isGoing(name),
        (last) => change(name, ({ polls }) => ({ polls: polls + 1, got: last })),
      );
  } catch (error) {
    change(name, () => ({ problem: messageOf(error) }));
  }
  change(name, () => ({ doing: 'over' }));
}

export function stopExample(session: string): void {
  change(session, () => ({ doing: 'over' }));
}

export function isGoing(session: string): boolean {
  const example = examples.value.get(session);
  return example !== undefined && example.doing !== 'over';
}

function set(session: string, example: Example): void {
  examples.value = new Map(examples.value).set(session, example);
}

function change(session: string, changed: (before: Example) => Partial<Example>): void {
  const before = examples.value.get(session);
  if (before) set(session, { ...before, ...changed(before) });
}

async function newestJob(session: string): Promise<string | undefined> {
  const path = ['sessions', session, 'jobs'];
  const { jobs } = await ask<{ jobs: JobState[] }>('GET', path, undefined, { limit: '1' });
  return jobs.at(-1)?.id;
}

/** An operation whose job will live what waits in the session's queue; else the first that schedules one. */
async function operationFor(session: string): Promise<string> {
  await readWords();
  const apis = vocabulary.value?.apis ?? [];
  const first = apis.find(({ operations }) => operations.length > 0)?.operations[0] ?? '';
  const next = sessions.value.get(session)?.view.value.queue[0];
  if (!next) return first;
  if (next.operation !== undefined) return next.operation;
  const noted = schedules.get(next.scenario);
  if (noted !== undefined) return noted;
  if (!catalogue.value) await readCatalogue();
  const known = catalogue.value?.find((one) => fullName(one) === next.scenario);
  const ofItsApi = apis.find(({ name }) => name === known?.api)?.operations[0];
  return known?.operations?.[0] ?? ofItsApi ?? first;
}
