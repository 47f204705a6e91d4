import type { Api } from './api.js';
import type { Beginnings, World } from './pack.js';

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
