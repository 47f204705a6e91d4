import { UsageError } from '../../sandbox-error.js';

type Client = typeof import('ioredis').Redis;

/**
 * Loads the client of Redis, which is optional at install.
 *
 * @param load only for tests: how it is loaded
 * @throws UsageError where it is not there
 */
export async function loadClient(load = () => import('ioredis')): Promise<Client> {
  try {
    return (await load()).Redis;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
    throw new UsageError(
      'STORE_ENGINE_MISSING',
      'a store in Redis needs the package ioredis, which is not installed',
      'install it beside the sandbox: npm install ioredis@6',
    );
  }
}
