import { ControlError } from '../control.js';

/** What went wrong, for people. */
export interface Told {
  message: string;
}

export function problemOf(error: unknown): Told {
  if (error instanceof ControlError) return { message: error.message };
  return { message: 'The sandbox does not answer. Is it still running?' };
}
