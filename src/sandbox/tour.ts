/** A request of a tour, by its operation; the job of one that schedules is polled to its end. */
export interface TourRequest {
  operation: string;
  /** Path parameters. */
  params?: Readonly<Record<string, string>>;
  body?: unknown;
}

/** A job as an answer tells it. */
export interface ToldJob {
  id: string;
  status: string;
  eta: string;
  /** Nothing more will come. */
  over: boolean;
  href?: string | undefined;
  error?: string | undefined;
}

export interface TourChapter {
  title: string;
  /** Played for the first job of the chapter; left out: the binding's. */
  scenario?: string;
  /**
   * Requests one after the other. Each is answered with what came in the end: the job, or the body.
   * @param example gives the contract's example of a body
   */
  requests(example: (operation: string) => unknown): Generator<TourRequest, void, unknown>;
}

/** What the demo of a pack plays. */
export interface Tour {
  chapters: readonly TourChapter[];
  /** Reads a job out of an answer's body. */
  job(body: unknown): ToldJob;
  /** What is worth telling of what was read, in a few words. */
  tell(body: unknown): string;
}
