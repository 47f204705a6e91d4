import { setImmediate } from 'node:timers/promises';

/** Waits, one turn of the event loop after the other, until something holds. */
export async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await setImmediate();
}
