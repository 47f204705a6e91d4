import { UsageError } from '../../sandbox-error.js';

export type Engine = typeof import('classic-level').ClassicLevel;

/**
 * Loads the embedded database: it is optional at install, and has a binary for each platform.
 *
 * @param load only for tests: how it is loaded
 * @throws UsageError where it is not there, or not for this platform
 */
export async function loadEngine(load = () => import('classic-level')): Promise<Engine> {
  try {
    return (await load()).ClassicLevel;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND')
      throw new UsageError(
        'STORE_ENGINE_MISSING',
        'a store in a folder needs the package classic-level, which is not installed',
        'install it beside the sandbox: npm install classic-level@3',
      );
    throw new UsageError(
      'STORE_ENGINE_MISSING',
      `the package classic-level cannot be loaded on ${process.platform}-${process.arch}: ${firstLine(message)}`,
      'take a platform that it has a binary for (Linux and macOS on x64 or arm64 but for Alpine on arm64, Windows on x64), or --store memory',
    );
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] as string;
}
