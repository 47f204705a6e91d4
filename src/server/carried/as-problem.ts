import { UnservedApi } from '../../sandbox/facts/fold.js';
import { ControlProblem } from '../../sandbox-error.js';

/** What folding the facts of a session has met, as people are told of it. */
export function asProblem(name: string, error: unknown): unknown {
  if (!(error instanceof UnservedApi)) return error;
  const what = `session "${name}" has a job of the API "${error.api}", which is not served here`;
  const hint = 'serve it as before: --pack, --spec, --binding';
  return new ControlProblem(409, 'SESSION_UNSERVED_API', what, hint);
}
