import type { Verdict } from '../../src/index.js';
import { send } from './client.js';
import { type Conclusions, openConclusions } from './conclusion-life.js';
import { ENCOUNTER, PATIENT } from './conclusions.js';

/** What a verdict says of each step: `create done`, `sign wrong: …`. */
export function stepsOf({ process }: Verdict): string[] {
  return (process?.steps ?? []).map(({ step, outcome, told }) =>
    outcome === 'done' || told === undefined ? `${step} ${outcome}` : `${step} ${outcome}: ${told}`,
  );
}

/** The same without what was wrong. */
export function outcomesOf({ process }: Verdict): Record<string, string> {
  return Object.fromEntries((process?.steps ?? []).map(({ step, outcome }) => [step, outcome]));
}

/** Lets the default session play a suite. @returns its verdict */
export async function chooseSuite({ url }: { url: string }, suite: string, course?: string) {
  const session = `${url}/__sandbox/sessions/default`;
  const chosen = await send('PUT', session, { body: { suite, ...(course ? { course } : {}) } });
  if (chosen.status !== 200) throw new Error(chosen.text);
  return async (query = ''): Promise<Verdict> => {
    const { status, text, json } = await send('GET', `${session}/verdict?run=over${query}`);
    if (status !== 200) throw new Error(text);
    return json;
  };
}

/** A session that plays a suite, and a client that takes conclusions through their lives. */
export async function openProcess(suite: string, course?: string, options = {}) {
  const opened = await openConclusions(options);
  const verdict = await chooseSuite(opened.sandbox, suite, course);
  return { ...opened, verdict, read: reader(opened) };
}

function reader({ client }: Conclusions) {
  return async (id: string, patient = PATIENT, encounter = ENCOUNTER) =>
    (await client.read(patient, encounter, id)).json.data;
}

export type OpenedProcess = Awaited<ReturnType<typeof openProcess>>;
