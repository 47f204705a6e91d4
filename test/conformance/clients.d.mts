/** A rule that must be found, or several of which one is enough. */
export type Wanted = string | string[];

/** What a client plays, and what the verdict must be. */
export interface Play {
  /** A suite by name or file, or scenarios by name. */
  suite?: string;
  scenarios?: string[];
  finds: Wanted[];
  /** The one thing to change, by its id in the JSON report; of several one is enough. */
  cause?: Wanted;
  /** What else may be found: symptoms of the same, or what chance decides. */
  may?: string[];
  why: string;
  env?: Record<string, string>;
  /** Longest that the command may take for one scenario. */
  timeout?: string;
}

export interface Entry {
  name: string;
  kind: 'other' | 'good' | 'bad';
  what: string;
  /** npm packages whose versions the page names. */
  packages?: string[];
  /** Debian packages whose versions the page names. */
  debian?: string[];
  command: string[];
  /** Folder of an API of its own; left out, it is a client of compositions. */
  pack?: string;
  /** What the sandbox cannot say of this API. */
  remark?: string;
  plays: Play[];
}

export const ENTRIES: Entry[];
