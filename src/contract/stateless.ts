import { Worker } from 'node:worker_threads';
import { asset } from '../assets.js';
import type { ErrorCode } from '../error-codes.js';
import type { Contract } from './contract.js';
import type { Headers } from './gate.js';
import type { Operation } from './operation.js';

/** An answer that Prism made up from the contract, and that keeps it. */
interface SampleAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** What had to be changed of what the contract shows. */
  note: string | undefined;
}

/** Why there is none; `code` as docs/errors.md has it. */
interface NoSample {
  status: number;
  code: ErrorCode;
  problem: string;
}

export type SampleOutcome = SampleAnswer | NoSample;

/** A request for an operation without state. */
export interface SampleRequest {
  /** The one that answers, whatever else the path might mean. */
  operation: Pick<Operation, 'method' | 'path'>;
  path: string;
  query: Record<string, unknown>;
  headers: Headers;
  body: string | undefined;
}

/** What the thread is told: a contract, once, and requests for it. */
export type ThreadMessage =
  | { contract: number; text: string }
  | { id: number; contract: number; request: SampleRequest };

/** Answers operations that have no state. */
export interface Stateless {
  answer(contract: Contract, request: SampleRequest): Promise<SampleOutcome>;
  /** Makes itself ready to answer. */
  begin(contract: Contract): void;
  close(): Promise<void>;
}

/**
 * Prism in a thread of its own, started when it is first needed: importing it takes over a second,
 * which must delay neither the start nor any poll. What it answers is held to the contract in that thread,
 * where the validators of large schemas hold nobody up.
 * @param seed makes what Prism invents repeatable
 */
export function makeStateless(seed?: number): Stateless {
  let thread: Thread | undefined;
  const open = () => {
    thread ??= startThread(seed, () => {
      thread = undefined;
    });
    return thread;
  };
  return {
    begin: (contract) => {
      open().know(contract);
    },
    answer: (contract, request) => open().ask(contract, request),
    close: async () => {
      await thread?.worker.terminate();
    },
  };
}

interface Thread {
  worker: Worker;
  know(contract: Contract): number;
  ask(contract: Contract, request: SampleRequest): Promise<SampleOutcome>;
}

function startThread(seed: number | undefined, onEnd: () => void): Thread {
  const worker = new Worker(asset('dist', 'prism-worker.js'), { workerData: { seed } });
  const waiting = new Map<number, (outcome: SampleOutcome) => void>();
  const known = new Map<Contract, number>();
  let count = 0;
  const send = (message: ThreadMessage) => worker.postMessage(message);
  const know = (contract: Contract) => {
    let number = known.get(contract);
    if (number === undefined) {
      number = known.size;
      known.set(contract, number);
      // As text: a document of 13 MB is copied so in a fifth of the time.
      send({ contract: number, text: JSON.stringify(contract.document) });
    }
    return number;
  };
  worker.unref();
  worker.on('message', ({ id, outcome }: { id: number; outcome: SampleOutcome }) => {
    waiting.get(id)?.(outcome);
    waiting.delete(id);
  });
  worker.on('error', (error) => {
    onEnd();
    for (const tell of waiting.values()) {
      tell({
        status: 500,
        code: 'SANDBOX_FAILED',
        problem: `Prism cannot answer: ${error.message}`,
      });
    }
    waiting.clear();
  });
  return {
    worker,
    know,
    ask: (contract, request) =>
      new Promise((tell) => {
        const number = know(contract);
        count += 1;
        waiting.set(count, tell);
        send({ id: count, contract: number, request });
      }),
  };
}
