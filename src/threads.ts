import { Worker, type WorkerOptions } from 'node:worker_threads';
import { asset } from './assets.js';

/** Programs of the package that run in threads of their own, each a file of `dist/`. */
type ThreadName = 'prism-worker' | 'dstu-worker' | 'lint-worker';

/** Begins a thread of the package. */
export function beginThread(name: ThreadName, options?: WorkerOptions): Worker {
  return new Worker(asset('dist', `${name}.js`), options);
}
