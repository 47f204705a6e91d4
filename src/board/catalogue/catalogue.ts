import { signal } from '@preact/signals';
import type { ScenarioSummary } from '../../sandbox/control/scenario-views.js';
import { ask } from '../control.js';
import { t } from '../text.js';

/** Every scenario that can be named, with its life; undefined until they have come. */
export const catalogue = signal<readonly ScenarioSummary[] | undefined>(undefined);

/** Asks for them anew: files may have changed. */
export async function readCatalogue(): Promise<void> {
  const { scenarios } = await ask<{ scenarios: ScenarioSummary[] }>(
    'GET',
    ['scenarios'],
    undefined,
    { lives: 'true' },
  );
  catalogue.value = scenarios;
}

/** The name that is good everywhere: where several APIs have a scenario of it, with that of its API. */
export function fullName({ name, api }: ScenarioSummary): string {
  const alike = catalogue.value?.filter((other) => other.name === name) ?? [];
  return api !== undefined && alike.length > 1 ? `${api}/${name}` : name;
}

/** The groups of a catalogue as headings. */
export function groupTitle(group: string): string {
  return t(Object.hasOwn(GROUPS, group) ? (GROUPS[group] as string) : group);
}

const GROUPS: Readonly<Record<string, string>> = {
  happy: 'It goes well',
  slow: 'It takes its time',
  failed: 'The job fails',
  lost: 'The job is not to be found',
  refused: 'The request is refused',
  throttled: 'Too many requests',
  broken: 'Answers break on the way',
  odd: 'Answers are odd',
  own: 'Your own',
  recorded: 'Recorded',
};

/** Is every word of a search in a scenario's name, title or lesson, in either language? */
export function meets({ name, title, about, group }: ScenarioSummary, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const text = [name, title, about, t(title), t(about), group, groupTitle(group)]
    .join('\n')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

/** By their groups, in the order of the catalogue's first of each. */
export function byGroup(all: readonly ScenarioSummary[]): [string, ScenarioSummary[]][] {
  const groups = new Map<string, ScenarioSummary[]>();
  for (const each of all) groups.set(each.group, [...(groups.get(each.group) ?? []), each]);
  const order = Object.keys(GROUPS);
  const place = (group: string) => (order.includes(group) ? order.indexOf(group) : order.length);
  return [...groups].sort(([a], [b]) => place(a) - place(b));
}
