import type { Kit } from '../../hunt/ingredient.js';
import type { Find } from '../../hunt/plan.js';
import type { Api } from '../../sandbox/api.js';
import type { MachineMs } from '../../time/moments.js';

/** What was hunted, and what was written of it. */
export interface Ended {
  api: Api;
  kit: Kit;
  texts: ReadonlyMap<Find, FindText>;
  took: MachineMs;
}

/** The scenario of a find. */
export interface FindText {
  name: string;
  text: string;
  /** Where it is written; absent: nowhere. */
  file?: string;
}

/** Why a client could not be hunted, what it printed, and what to do. */
export interface Unplayed {
  why: string;
  output: string;
  next: string;
}
