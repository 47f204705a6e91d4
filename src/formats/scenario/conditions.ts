import type { When } from '../../scenario/scenario.js';
import { type ScenarioFile, WHEN } from './scenario-file.js';

/** A scenario's conditions with their places: a single one is a list of one. */
export function conditionsOf({ when }: ScenarioFile): { path: (string | number)[]; when: When }[] {
  const entries = Array.isArray(when)
    ? when.map((entry, i) => ({ path: ['when', i], entry }))
    : when
      ? [{ path: ['when'], entry: when }]
      : [];
  return entries.flatMap(({ path, entry }) => {
    if (!entry) return [];
    const part = (name: (typeof WHEN)[number]) =>
      flatten('', (entry[name] ?? {}) as Record<string, unknown>);
    const headers = part('headers').map(([key, value]) => [key.toLowerCase(), value]);
    const parts = WHEN.map((name) => [
      name,
      Object.fromEntries(name === 'headers' ? headers : part(name)),
    ]);
    return [{ path, when: Object.fromEntries(parts) as unknown as When }];
  });
}

/** `{ subject: { value: 1 } }` as `[['subject.value', 1]]`. */
export function flatten(path: string, value: Record<string, unknown>): [string, unknown][] {
  return Object.entries(value).flatMap(([key, inner]) => {
    const name = path === '' ? key : `${path}.${key}`;
    const deeper = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
    return deeper ? flatten(name, inner as Record<string, unknown>) : [[name, inner]];
  });
}
