import { readFileSync } from 'node:fs';
import { asset } from '../../assets.js';
import type { ServedFiles } from '../../load/pack-description.js';
import type { FoundProfile } from '../../load/profile/read.js';
import type { MadeWith } from '../../report/report.js';
import type { Apis } from '../../sandbox/api.js';
import { describeApi } from '../../server/carried/file-of.js';

/** What a run is made with, as its JSON report tells it. */
export async function madeWith(
  apis: Apis,
  served: ServedFiles,
  profile: FoundProfile | undefined,
  loosened: Pick<MadeWith, 'tolerances'> & { anyExit?: boolean | undefined },
): Promise<MadeWith> {
  const { version } = JSON.parse(readFileSync(asset('package.json'), 'utf8')) as {
    version: string;
  };
  const described = await Promise.all(apis.map((api) => describeApi(api, served)));
  return {
    sandbox: version,
    at: new Date().toISOString(),
    ...(profile ? { profile: pick(profile) } : {}),
    ...(Object.keys(loosened.tolerances ?? {}).length > 0
      ? { tolerances: loosened.tolerances }
      : {}),
    ...(loosened.anyExit ? { anyExit: true } : {}),
    apis: described.map(({ name, contract }) => ({ name, contract })),
  };
}

function pick({ name, hash, scenarios }: FoundProfile): NonNullable<MadeWith['profile']> {
  return { name, hash, scenarios };
}
