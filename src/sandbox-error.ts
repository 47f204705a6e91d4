import type { ErrorCode } from './error-codes.js';

/**
 * Something that a person has asked for and that cannot be. The message says what is wrong and what to do
 * next; the code stays the same when the words change, and has its place in `docs/errors.md`.
 */
export class SandboxError extends Error {
  override name = 'SandboxError';

  /**
   * @param what what is wrong, and where
   * @param hint what to do next; it ends the message
   */
  constructor(
    readonly code: ErrorCode,
    what: string,
    readonly hint?: string,
  ) {
    super(hint === undefined ? what : `${what}; ${hint}`);
  }
}

/** A way to start the sandbox, or a command, that cannot be. */
export class UsageError extends SandboxError {
  override name = 'UsageError';
}

/** What a session or its control API refuses. */
export class ControlProblem extends SandboxError {
  override name = 'ControlProblem';

  /** @param status what the control API answers with (RFC 9110 §15.5) */
  constructor(
    readonly status: number,
    ...mistake: Mistake
  ) {
    super(...mistake);
  }
}

/** A request that its contract would allow, and that lacks something all the same. */
export class MissingPart extends ControlProblem {
  override name = 'MissingPart';

  /** @param at its place in the body, a JSON path */
  constructor(
    readonly at: string,
    readonly description: string,
  ) {
    const what = 'the request does not keep the contract of the control API';
    super(422, 'CONTROL_BREAKS_CONTRACT', what);
  }
}

/** The parts of an error. */
type Mistake = [code: ErrorCode, what: string, hint?: string];

/**
 * Makes the error for what a check has found. One check serves a command line, the options of the Node
 * API and the control API, and each of them throws an error of its own kind.
 */
export type Refuse = (...mistake: Mistake) => Error;

/** For values among options. */
export const usageError: Refuse = (...mistake) => new UsageError(...mistake);

/** For values in a call that steers a session (RFC 9110 §15.5.21). */
export const unprocessable: Refuse = (...mistake) => new ControlProblem(422, ...mistake);
