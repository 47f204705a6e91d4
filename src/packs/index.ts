import type { Pack } from '../sandbox/pack.js';

const LOADERS = {
  compositions: async () => (await import('./compositions/index.js')).compositions,
  'medical-events': async () => (await import('./medical-events/index.js')).medicalEvents,
  general: async () => (await import('./general/index.js')).general,
  oauth: async () => (await import('./oauth/index.js')).oauth,
} satisfies Record<string, () => Promise<Pack>>;

/** The packs that come with the sandbox. */
export const PACKS: readonly string[] = Object.keys(LOADERS);

/** The domain behaviour that a binding names; only that one is read. Undefined: there is none such. */
export async function loadPack(name: string): Promise<Pack | undefined> {
  return Object.hasOwn(LOADERS, name) ? LOADERS[name as keyof typeof LOADERS]() : undefined;
}
