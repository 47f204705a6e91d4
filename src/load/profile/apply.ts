import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EVERY_RULE } from '../../audit/rules/index.js';
import { FileError, hindrances } from '../../problem.js';
import type { Apis } from '../../sandbox/api.js';
import type { Suite } from '../../scenario/suite.js';
import { readScenarios } from '../scenario-files.js';
import type { FoundProfile } from './read.js';

/**
 * Puts the scenarios of a profile in the place of those that are served.
 * @throws FileError where today's words are not those that they were frozen in
 */
export async function serveProfile(apis: Apis, { folder }: FoundProfile): Promise<void> {
  const within = join(folder, 'scenarios');
  const names = (await readdir(within)).filter((name) => name.endsWith('.yaml')).sort();
  const files = names.map((name) => join(within, name));
  const { catalogues, problems } = await readScenarios(apis, files, [within]);
  const hindered = hindrances(problems.filter(({ severity }) => severity !== 'warning'));
  if (hindered.length > 0) throw new FileError(hindered);
  for (const api of apis) api.catalogue = catalogues.get(api) ?? new Map();
}

/** Played like a suite. */
export function suiteOf(profile: FoundProfile): Suite {
  const { name, title, about, folder, scenarios, pace, timeout, timeoutEndless } = profile;
  const off = EVERY_RULE.filter((rule) => !profile.rules.includes(rule.name));
  return {
    ...{ name, title, about, scenarios, pace, timeout, timeoutEndless },
    file: join(folder, 'profile.yaml'),
    tolerances: Object.fromEntries(off.map((rule) => [rule.name, 'off' as const])),
    problems: profile.problems,
  };
}
