import type { Worker } from 'node:worker_threads';
import type { ErrorCode } from '../error-codes.js';
import { beginThread } from '../threads.js';
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

/** What the thread is told: a contract, once; requests for it; and that nobody will ask for it again. */
export type ThreadMessage =
  | { know: number; text: string; seed: number | undefined }
  | { id: number; contract: number; request: SampleRequest }
  | { forget: number };

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
 * where the validators of large schemas hold nobody up. All sandboxes of a process share the thread.
 * @param seed makes what Prism invents repeatable
 */
export function makeStateless(seed?: number): Stateless {
  const known = new Map<Contract, number>();
  const asked = new Set<number>();
  let used: Thread | undefined;
  /** The thread that runs now, and what it calls the contract. */
  const open = (contract: Contract) => {
    const thread = takeThread(used);
    if (thread !== used) known.clear();
    used = thread;
    const number = known.get(contract) ?? thread.know(contract, seed);
    known.set(contract, number);
    return { thread, number };
  };
  return {
    begin: (contract) => {
      open(contract);
    },
    answer: async (contract, request) => {
      const { thread, number } = open(contract);
      const { id, outcome } = thread.ask(number, request);
      asked.add(id);
      return outcome.finally(() => asked.delete(id));
    },
    close: async () => {
      if (used) leaveThread(used, [...known.values()], asked);
      used = undefined;
      known.clear();
    },
  };
}

interface Thread {
  worker: Worker;
  users: number;
  /** Of a thread that nobody uses: when it ends. */
  ending: NodeJS.Timeout | undefined;
  know(contract: Contract, seed: number | undefined): number;
  forget(contract: number): void;
  ask(contract: number, request: SampleRequest): { id: number; outcome: Promise<SampleOutcome> };
  /** Nobody waits for this answer any more. */
  drop(id: number): void;
}

let running: Thread | undefined;

/** How long a thread that nobody uses waits for the next sandbox, in milliseconds of the machine. */
const LINGERS = 5000;

/** @param used what the caller has taken before */
function takeThread(used: Thread | undefined): Thread {
  running ??= startThread(() => {
    running = undefined;
  });
  if (running === used) return running;
  clearTimeout(running.ending);
  running.users += 1;
  return running;
}

function leaveThread(thread: Thread, contracts: readonly number[], asked: Iterable<number>): void {
  for (const id of asked) thread.drop(id);
  for (const contract of contracts) thread.forget(contract);
  thread.users -= 1;
  if (thread !== running || thread.users > 0) return;
  const end = () => {
    if (thread.users > 0) return;
    running = undefined;
    void thread.worker.terminate();
  };
  thread.ending = setTimeout(end, LINGERS).unref();
}

function startThread(onEnd: () => void): Thread {
  const worker = beginThread('prism-worker');
  const waiting = new Map<number, (outcome: SampleOutcome) => void>();
  let contracts = 0;
  let count = 0;
  const send = (message: ThreadMessage) => worker.postMessage(message);
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
    users: 0,
    ending: undefined,
    know: (contract, seed) => {
      contracts += 1;
      // As text: a document of 13 MB is copied so in a fifth of the time.
      send({ know: contracts, text: JSON.stringify(contract.document), seed });
      return contracts;
    },
    forget: (contract) => send({ forget: contract }),
    ask: (contract, request) => {
      count += 1;
      const id = count;
      const outcome = new Promise<SampleOutcome>((tell) => {
        waiting.set(id, tell);
        send({ id, contract, request });
      });
      return { id, outcome };
    },
    drop: (id) => waiting.delete(id),
  };
}
