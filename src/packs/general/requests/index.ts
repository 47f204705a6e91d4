import type { Pack } from '../../../sandbox/pack.js';

/** Requests that a person confirms and a doctor signs, by operationId: no job stands behind them. */
export const REQUESTS: Pack['reads'] = {};
