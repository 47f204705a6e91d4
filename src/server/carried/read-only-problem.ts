import { ControlProblem } from '../../sandbox-error.js';

/** What whoever would change something is told where a file is only looked at. */
export function readOnlyProblem(file: string): ControlProblem {
  const what = `${file} is open to be looked at, and nothing in it can be changed`;
  const hint = `go on from it in a running sandbox: esoz-sandbox session load ${file}`;
  return new ControlProblem(409, 'SESSION_READ_ONLY', what, hint);
}
