import { ControlProblem } from '../../sandbox-error.js';

/** Says what is to be installed. @throws ControlProblem, or the error itself where it is another one */
export function missing(error: NodeJS.ErrnoException): never {
  if (error.code !== 'ERR_MODULE_NOT_FOUND' && error.code !== 'MODULE_NOT_FOUND') throw error;
  const what = 'figures for Prometheus need the package prom-client, which is not installed';
  const hint = 'install it beside the sandbox: npm install prom-client@15';
  throw new ControlProblem(501, 'CONTROL_METRICS_MISSING', what, hint);
}
