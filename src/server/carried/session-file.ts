import type { Fact } from '../../sandbox/facts/fact.js';
import type { Moment } from '../../time/moments.js';

/** What a file says that it is. */
export const FILE_FORMAT = 'esoz-session';

/** Version of what is written; all up to it are read. */
export const FILE_VERSION = 1;

/** What the names of such files end in. */
export const FILE_ENDING = '.esoz';

/** An API that a session has been played with. */
export interface FileApi {
  name: string;
  pack?: string | undefined;
  platform?: string | undefined;
  contract: { title: string; version: string; sha256?: string | undefined };
  binding: { name: string; sha256?: string | undefined };
}

/** The first line of a file. Each line is JSON, in UTF-8; all of them together are compressed by Brotli (RFC 7932). */
export interface FileHeader {
  format: typeof FILE_FORMAT;
  version: number;
  /** Name of the session. */
  session: string;
  /** When the file was made, RFC 3339. */
  made: string;
  /** Version of the program. */
  program: string;
  /** Version of its facts. */
  facts: number;
  /** Credentials have stand-ins. */
  masked: boolean;
  /** The session's time when it was made. */
  now: Moment;
  /** Numbers of the exchanges that it has; the last is one less than the first: there are none. */
  exchanges: { first: number; last: number };
  apis: FileApi[];
  /** How what is served was named. */
  served: {
    pack?: string | readonly string[];
    spec?: string | readonly string[];
    binding?: string;
  };
}

/** Lines behind the facts: the verdict as it was when the file was made, and the last line, which tells whether all is there. */
export type FileLine =
  | Fact
  | { k: 'verdict'; verdict: unknown }
  | { k: 'end'; facts: number; sha256: string };

/** A session as a file has it. */
export interface SessionFile {
  header: FileHeader;
  facts: readonly Fact[];
  /** As the control API gave it. */
  verdict: unknown;
}
