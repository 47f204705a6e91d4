import { UsageError } from '../sandbox-error.js';

export type FastCheck = typeof import('fast-check');

/**
 * Loads what lives are drawn and shrunk with: it is optional at install.
 *
 * @param load only for tests: how it is loaded
 * @throws UsageError where it is not there
 */
export async function loadFastCheck(load = () => import('fast-check')): Promise<FastCheck> {
  try {
    return await load();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const missing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
    throw new UsageError(
      'HUNT_ENGINE_MISSING',
      missing
        ? 'hunt needs the package fast-check, which is not installed'
        : `the package fast-check cannot be loaded: ${message.split('\n', 1)[0]}`,
      'install it beside the sandbox: npm install fast-check@4',
    );
  }
}
