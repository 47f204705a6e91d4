/**
 * Names that stand for several packs, which are served at one address and share one world of resources. A pack that is
 * not there is left out.
 */
const PLATFORMS: Readonly<Record<string, readonly string[]>> = {
  esoz: ['compositions', 'medical-events', 'oauth', 'general'],
};

export const PLATFORM_NAMES: readonly string[] = Object.keys(PLATFORMS);

/** The packs that a name stands for, in the order in which they answer; undefined: it is no platform. */
export function packsOf(platform: string): readonly string[] | undefined {
  return Object.hasOwn(PLATFORMS, platform) ? PLATFORMS[platform] : undefined;
}
