import type { Change } from './change.js';
import { copyClock, type ForwardTime, makeClock, onlyForward } from './clock.js';
import { type Exchange, Journal, type LaterExchange } from './journal.js';
import type { Setup } from './setup.js';
import { beginState, copyState, type SessionState } from './state.js';

/** What a session consists of. */
export interface SessionParts {
  state: SessionState;
  journal: Journal;
  /** The machine's time, as this session has seen it: it never goes back. */
  time: ForwardTime;
  /** Told of what had to go because there was too much of it. */
  onDrop: (what: 'job' | 'resource', id: string) => void;
  /** Told of what the session has gained elsewhere. */
  onHeard: (gained: Change | Exchange | LaterExchange) => void;
  /** Somebody waits for what becomes of a job: all of them stay in memory. */
  pinned: () => boolean;
}

/** Those of a session that begins now. */
export function beginParts(name: string, setup: Setup): SessionParts {
  const time = onlyForward(setup.wall, setup.steady);
  const clock = makeClock(setup.clock, time);
  const parts: SessionParts = {
    state: beginState(name, setup, clock, (what, id) => parts.onDrop(what, id)),
    journal: new Journal(setup.limits.journal),
    time,
    onDrop: () => {},
    onHeard: () => {},
    pinned: () => false,
  };
  return parts;
}

/** The same parts, of a session that keeps all in memory and whose time has gone on as far. */
export function copyParts({ state, journal, time: seen }: SessionParts): SessionParts {
  const { wall, steady } = state.setup;
  const time = onlyForward(wall, steady);
  time.notBefore(seen());
  const copied = copyClock(state.clock, time);
  const parts: SessionParts = {
    state: copyState(state, copied, (what, id) => parts.onDrop(what, id)),
    journal: journal.copy(),
    time,
    onDrop: () => {},
    onHeard: () => {},
    pinned: () => false,
  };
  return parts;
}
