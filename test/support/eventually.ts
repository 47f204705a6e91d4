import { setImmediate } from 'node:timers/promises';

/** Waits, one turn of the event loop after the other, until something holds. */
export async function eventually(holds: () => boolean): Promise<void> {
  while (!holds()) await setImmediate();
}
