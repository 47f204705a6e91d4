import type { Wanted } from '../../test/conformance/clients.mjs';
import type { Said } from './play.mjs';

export function judge(
  reading: { finds: Wanted[]; may?: string[]; cause?: Wanted | undefined },
  said: Said,
): { agrees: boolean; differences: string[] };
export function signature(said: Said): string;
