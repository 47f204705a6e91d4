/** What a draft has looked for and what lies in the store alone: it is decided again once that is there. */
export interface Wants {
  /** Keys of jobs. */
  jobs: Set<string>;
  /** Jobs whose steps time has ended by now. */
  due: boolean;
  /** All jobs there are, as far as anybody is shown so many. */
  all: boolean;
  /** The journal as far as it goes back. */
  journal: boolean;
}

export function nothingWanted(): Wants {
  return { jobs: new Set(), due: false, all: false, journal: false };
}
