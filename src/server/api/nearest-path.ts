import { distance } from 'fastest-levenshtein';
import type { Api } from '../../sandbox/api.js';
import { prefixOf } from '../http/address.js';

/** A longer path is no slip, and comparing it would take its time. */
const MAX_LENGTH = 300;

/** A path is near when so many of its characters at most have to be changed. */
const allowedChanges = (path: string) => Math.max(2, Math.floor(path.length / 3));

/**
 * The path of the contracts that is likest to one that they do not know. Parameters cost nothing: each
 * stands for whatever the request has in its place.
 */
export function nearestPath(path: string, apis: readonly Api[]): string | undefined {
  if (path.length > MAX_LENGTH) return undefined;
  let best: { path: string; changes: number } | undefined;
  for (const { contract, binding } of apis) {
    const prefix = prefixOf(path, binding.prefixes);
    const asked = path.slice(prefix.length);
    for (const template of new Set(contract.routes.map((o) => o.path))) {
      const changes = distance(asked.toLowerCase(), likened(template, asked).toLowerCase());
      if (changes > allowedChanges(template)) continue;
      if (!best || changes < best.changes) best = { path: prefix + template, changes };
    }
  }
  return best?.path;
}

/** The template with what a path has in the places of its parameters, from the front as far as both go. */
function likened(template: string, asked: string): string {
  const given = asked.split('/');
  return template
    .split('/')
    .map((part, i) => (part.includes('{') ? (given[i] ?? '') : part))
    .join('/');
}
