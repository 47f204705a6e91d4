import type { Exchange } from '../../sandbox/journal.js';
import type { Process } from '../../scenario/process.js';

/** What an exchange has said, as conditions look at it. */
export interface SaidParts {
  path: Readonly<Record<string, string>>;
  query: Readonly<Record<string, unknown>>;
  /** By names in small letters. */
  headers: Readonly<Record<string, string>>;
  /** Parsed; undefined: none came, or it was too long to be kept. */
  body: unknown;
  /** What stands in the container of its body; undefined: there is none, or it cannot be read. */
  signed: unknown;
  /** Its answer without the API's envelope. */
  answer: unknown;
}

/** A process that a session is held to. */
export interface ProcessFacts {
  process: Process;
  saidIn(exchange: Exchange): SaidParts;
  /** What the client's command has printed; undefined: nobody sees what its user is shown. */
  output?: string | undefined;
  /** A person has seen that the client shows what has failed. */
  seen?: boolean | undefined;
}
