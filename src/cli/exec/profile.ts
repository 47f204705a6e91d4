import { serveProfile } from '../../load/profile/apply.js';
import { type FoundProfile, readProfile } from '../../load/profile/read.js';
import type { ServerOptions } from '../../load/server-options.js';
import type { Apis } from '../../sandbox/api.js';
import { UsageError } from '../../sandbox-error.js';
import type { Choice } from './choose.js';

export interface ProfileFlags {
  /** One that comes with the package by its name, or a folder. */
  profile?: string;
}

/** @throws UsageError, FileError */
export async function prepareProfile({
  profile: name,
  suite,
  scenarios,
}: ProfileFlags & Choice): Promise<FoundProfile | undefined> {
  if (name === undefined) return undefined;
  if (suite !== undefined || scenarios !== undefined) {
    const other = suite === undefined ? '--scenarios' : '--suite';
    const hint = `a profile brings its own scenarios: leave ${other} out`;
    throw new UsageError(
      'USAGE_OPTION_CONFLICT',
      `--profile and ${other} exclude each other`,
      hint,
    );
  }
  return readProfile(name);
}

/** What is served for it, unless other files are named. */
export function servedFor(profile: FoundProfile | undefined, files: ServerOptions): ServerOptions {
  const isNamed = files.pack ?? files.spec ?? files.apis;
  return profile === undefined || isNamed ? files : { ...files, pack: profile.pack };
}

/** @throws FileError where today's words are not those that its scenarios were frozen in */
export async function playProfile(apis: Apis, profile: FoundProfile | undefined): Promise<void> {
  if (profile) await serveProfile(apis, profile);
}
