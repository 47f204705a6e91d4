import { getAsset } from 'node:sea';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** Begins a thread of the package: its program lies in the executable as text. */
export function beginThread(name: string, options?: WorkerOptions): Worker {
  return new Worker(getAsset(`dist/${name}.cjs`, 'utf8'), { ...options, eval: true });
}
