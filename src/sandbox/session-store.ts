import type { DroppedFact } from './facts/fact.js';
import type { Keeper } from './keeper.js';
import type { SessionParts } from './session-parts.js';

/** A session that was kept, as it stands. */
export interface FoundSession {
  parts: SessionParts;
  keeper: Keeper;
}

/** Where sessions are kept beyond the life of a process. */
export interface SessionStore {
  /** Brings a session back; undefined: there is none of this name. */
  find(name: string): Promise<FoundSession | undefined>;
  /**
   * Who keeps a session that begins now.
   * @param dropped how much it had let go before, where it goes on from another
   */
  begin(name: string, parts: SessionParts, dropped?: DroppedFact): Keeper;
  /** Nobody asks for the session now: what is still to be kept of it is kept, and nothing more remembered. */
  leave(name: string): void;
  /** Has a session something else than what is known of it here? Undefined: nobody else changes it. */
  isBehind?(name: string): Promise<boolean>;
  /** Whether it can keep and read now. @throws StoreUnavailable */
  answers?(): Promise<void>;
  /** Other servers that have the same sessions; undefined: there are none. */
  readonly others?: Others;
  /** Forgets a session and all it has. */
  end(name: string): Promise<void>;
  /** Of all sessions, in slices. */
  names(): AsyncIterable<readonly string[]>;
  /** Calls back once all that was to be kept until now is. */
  saved(then: (error?: Error) => void): void;
  /** What people may know of it. */
  describe(): StoreView;
  /** Keeps what is still to be kept. */
  close(): Promise<void>;
}

/** The servers that share a store. */
export interface Others {
  /** Of this server; no other one has it. */
  readonly name: string;
  /** Says something to all of them, this one too. @throws StoreUnavailable */
  say(text: string): Promise<void>;
  /** Begins to tell them what this one serves. @param notice told of what others serve otherwise */
  begin(notice: (text: string) => void): void;
}

/** A store as people see it. */
export interface StoreView {
  kind: 'memory' | 'file' | 'redis';
  folder?: string;
  /** Without its password. */
  url?: string;
  /** `strict`: what is answered outlives a power cut; `fast`: it outlives the process; the others are of Redis alone. */
  durability?: 'strict' | 'fast' | 'none' | 'unknown';
  /** Since when there is this store. */
  since?: number;
  /** How many times it was opened. */
  opened?: number;
  /** How many servers share it. */
  servers?: number;
  /** In what they differ. */
  differ?: readonly string[];
}
