/** Runtimes that a probe is written for. */
export type RuntimeName = 'node' | 'python' | 'php' | 'java' | 'mono';

/**
 * A small client in the language of a runtime. It prints a line for each thing that it has measured by its own clock,
 * `NAME MILLISECONDS`: `sleep` and `wait` of a second (a thread that waits for another one's sign with a time-out),
 * `ask` of each of five requests to `$ESOZ_PROBE/ask?at=NOW`, and `limit` of a request to `$ESOZ_PROBE/hang` that it gives
 * up after five seconds.
 */
export interface Program {
  /** What people call it. */
  title: string;
  /** Its text, and the name of its file. */
  file: string;
  text: string;
  /** What makes a program of it, at true time; undefined: nothing has to. */
  compile?: (file: string, folder: string, runtime: string) => string[];
  run: (file: string, folder: string, runtime: string) => string[];
}
