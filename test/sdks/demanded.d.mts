import type { Entry } from '../conformance/clients.mjs';

export interface Sdk extends Entry {
  /** What its binding is an example of. */
  shows: string;
}

export const SDKS: Sdk[];
