// All bad clients of our own, by name.
import { ENDS } from './faults/ends.mjs';
import { FAILURES } from './faults/failures.mjs';
import { TIME } from './faults/time.mjs';

export const FAULTS = { ...TIME, ...FAILURES, ...ENDS };
