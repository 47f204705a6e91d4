import type { Api } from './api.js';
import type { World } from './pack.js';

/** What a new user needs to begin with, by names that the packs have given: `{ patient_id: '…' }`. */
export type Beginnings = Readonly<Record<string, string>>;

/** A pack whose world begins with something. */
interface Beginning {
  api: Api;
  begin(world: World): Beginnings | undefined;
}

/** The packs of a platform that have something to begin with, each once, in the order in which they are served. */
export function beginningsIn(apis: readonly Api[], world: string): Beginning[] {
  const first = apis.filter(
    (api, i) => api.world === world && apis.findIndex(({ from }) => from === api.from) === i,
  );
  return first.flatMap((api) => {
    const begin = api.platform === undefined ? undefined : api.pack?.begin;
    return begin ? [{ api, begin: (of: World) => begin(of) ?? undefined }] : [];
  });
}
