import type { Call } from './call.js';
import { changeOf } from './causes.js';
import type { ShowExchange } from './show-exchange.js';
import type { Finding } from './verdict.js';

/** So many of a finding's proofs hold request and answer. */
const PROOFS_WHOLE = 2;
/** So many findings that ask for one change hold them whatever else was found: the next would show the same. */
const FIRST_OF_EACH = 3;
/** As long as a verdict holds fewer exchanges than this, further findings hold them too. */
const MOST = 150;

/** A finding, and the calls that it points at. */
export interface Proven {
  finding: Finding;
  calls: readonly Call[];
}

/**
 * Gives the proofs of findings their requests and answers, wherever in the journal they stand: first to some of each
 * thing that there is to change, then to the others as long as there is room.
 */
export function showProofs(found: readonly Proven[], show: ShowExchange): void {
  const shown = new Map<string, number>();
  const others: Proven[] = [];
  for (const one of found) {
    const change = changeOf(one.finding);
    const number = (shown.get(change) ?? 0) + 1;
    shown.set(change, number);
    if (number <= FIRST_OF_EACH) showProofsOf(one, show, Number.POSITIVE_INFINITY);
    else if (others.length < MOST) others.push(one);
  }
  for (const one of others) showProofsOf(one, show, MOST);
}

function showProofsOf({ finding, calls }: Proven, show: ShowExchange, most: number): void {
  finding.evidence.slice(0, PROOFS_WHOLE).forEach((proof, i) => {
    const exchange = show(calls[i] as Call, most);
    if (exchange) proof.exchange = exchange;
  });
}
