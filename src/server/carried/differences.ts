import type { ServedFiles } from '../../load/pack-description.js';
import type { Apis } from '../../sandbox/api.js';
import { describeApi } from './file-of.js';
import type { SessionFile } from './session-file.js';

/** What is served otherwise now than when a file was made, in a line each. */
export async function differencesOf(
  { header }: SessionFile,
  apis: Apis,
  served: ServedFiles,
): Promise<string[]> {
  const now = await Promise.all(apis.map((api) => describeApi(api, served)));
  return header.apis.flatMap(({ name, contract, binding }) => {
    const found = now.find((one) => one.name === name);
    if (!found) return [`the API ${name} of this file is not served`];
    const other = [
      ...(found.contract.sha256 === contract.sha256 ? [] : ['contract']),
      ...(found.binding.sha256 === binding.sha256 ? [] : ['binding']),
    ];
    return other.map(
      (what) => `the ${what} of ${name} is another one than when this file was made`,
    );
  });
}
