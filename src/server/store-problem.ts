import { StoreUnavailable } from '../store/store.js';

/** Seconds after which a client may ask again that was told that nothing can be kept or read. */
export const RETRY_AFTER = '1';

/** The store can keep or read nothing now; it heals by itself. */
export function isUnavailable(error: unknown): error is StoreUnavailable {
  return error instanceof StoreUnavailable;
}
