import { callbacksOf } from '../contract/callbacks.js';
import type { Contract } from '../contract/contract.js';
import type { Json } from '../contract/json.js';
import type { GuessedJobs } from './guess.js';

/**
 * The callbacks of what schedules, as lines of a binding. One that is sent what the report answers is played; of
 * others only a person knows what they say.
 */
export function callbackLines(
  { document }: Pick<Contract, 'document'>,
  { schedules, report }: GuessedJobs,
): string[] {
  const found = new Map(
    schedules.flatMap(({ operation }) => [...callbacksOf(document, operation)]),
  );
  if (found.size === 0) return [];
  const told = schemaOf(Object.values(report.operation.answers).map(({ content }) => content));
  const same = [...found].filter(([, { operation }]) => {
    const own = schemaOf([operation.body?.content ?? {}]);
    return own !== undefined && own === told;
  });
  const others = [...found.keys()].filter((name) => !same.some(([known]) => known === name));
  return [
    '',
    ...(same.length > 0
      ? [
          '# Callbacks of the document that get what the report answers, when the job is at its end.',
          'webhooks:',
          ...same.map(([name]) => `  - callback: ${JSON.stringify(name)}`),
        ]
      : []),
    ...others.flatMap((name) => [
      `# Question: when is the callback ${JSON.stringify(name)} called, and with what? It is not played as long as nobody says so:`,
      ...(same.length > 0 ? [] : ['# webhooks:']),
      `#   - { callback: ${JSON.stringify(name)}, on: [done, failed], data: { id: "{job}", status: "{state}" } }`,
    ]),
  ];
}

/** The schema of the first JSON body, as a text; undefined: there is none. */
function schemaOf(contents: readonly Readonly<Record<string, Json>>[]): string | undefined {
  for (const content of contents) {
    for (const [type, schema] of Object.entries(content)) {
      if (/\bjson$/.test(type) && Object.keys(schema).length > 0) return JSON.stringify(schema);
    }
  }
  return undefined;
}
