import type { Entry } from './list.mjs';

/** How one server did. */
export interface Result {
  /** It does not start, in its own words; nothing else is there then. */
  problem?: string;
  counts: { good: number; refusal: number; wrong: number; error: number };
  examples: { sent: number; refused: number };
  faults: { operation: string; kind: string; verdict: string; why: string }[];
}

export function runOne(
  entry: Entry,
  folder: string,
  limit: number,
): Promise<{ missing?: true; operations: number; asked: number; sandbox: Result; prism: Result }>;
