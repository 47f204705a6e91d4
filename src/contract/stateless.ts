import { Worker } from 'node:worker_threads';
import { asset } from '../assets.js';
import type { Headers } from './gate.js';

/** An answer that Prism made up from the contract. */
interface SampleAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export type SampleOutcome = SampleAnswer | { status: number; problem: string };

/** A request for an operation without state; the path stands without any prefix. */
export interface SampleRequest {
  method: string;
  path: string;
  query: Record<string, unknown>;
  headers: Headers;
  body: string | undefined;
}

/** Answers operations that have no state. */
export interface Stateless {
  answer(request: SampleRequest): Promise<SampleOutcome>;
  /** Makes itself ready to answer. */
  begin(): void;
  close(): Promise<void>;
}

/**
 * Prism in a thread of its own, started when it is first needed: importing it takes over a second,
 * which must delay neither the start nor any poll.
 * @param file the contract
 * @param seed makes what Prism invents repeatable
 */
export function makeStateless(file: string, seed?: number): Stateless {
  let thread: Worker | undefined;
  let count = 0;
  const waiting = new Map<number, (outcome: SampleOutcome) => void>();
  const start = () => {
    const worker = new Worker(asset('dist', 'prism-worker.js'), { workerData: { file, seed } });
    worker.unref();
    worker.on('message', ({ id, outcome }: { id: number; outcome: SampleOutcome }) => {
      waiting.get(id)?.(outcome);
      waiting.delete(id);
    });
    worker.on('error', (error) => {
      thread = undefined;
      const problem = `Prism cannot answer from ${file}: ${error.message}`;
      for (const tell of waiting.values()) tell({ status: 500, problem });
      waiting.clear();
    });
    return worker;
  };
  return {
    begin: () => {
      thread ??= start();
    },
    answer: (request) =>
      new Promise((tell) => {
        thread ??= start();
        count += 1;
        waiting.set(count, tell);
        thread.postMessage({ id: count, request });
      }),
    close: async () => {
      await thread?.terminate();
    },
  };
}
