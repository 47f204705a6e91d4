import { join } from 'node:path';
import { type ApiFiles, ownScenarios } from '../pack-description.js';

/** The folder of a person's own scenarios for an API, which need not be there yet; undefined: none was named. */
export function ownFolder(files: ApiFiles, binding: string): string | undefined {
  const { scenarioRoot } = files;
  return (
    ownScenarios(files, binding) ??
    (scenarioRoot === undefined ? undefined : join(scenarioRoot, binding))
  );
}
