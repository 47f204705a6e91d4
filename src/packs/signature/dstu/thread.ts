import type { Worker } from 'node:worker_threads';
import { beginThread } from '../../../threads.js';
import type { Answer, Question } from './question.js';

/** What the thread is told. */
export interface ThreadQuestions {
  id: number;
  questions: readonly Question[];
}

/** What it tells. */
export interface ThreadAnswers {
  id: number;
  answers: readonly Answer[];
}

interface Waiting {
  tell(answers: readonly Answer[]): void;
  fail(error: Error): void;
}

/** The one thread of this process, from the first question on; it keeps no process alive that waits for nothing. */
let thread: { worker: Worker; waiting: Map<number, Waiting> } | undefined;
let count = 0;

/** Rejected: the thread has ended. */
export function askThread(questions: readonly Question[]): Promise<readonly Answer[]> {
  thread ??= start();
  const { worker, waiting } = thread;
  count += 1;
  const id = count;
  return new Promise((tell, fail) => {
    waiting.set(id, { tell, fail });
    worker.ref();
    worker.postMessage({ id, questions } satisfies ThreadQuestions);
  });
}

function start(): NonNullable<typeof thread> {
  const worker = beginThread('dstu-worker');
  const waiting = new Map<number, Waiting>();
  const end = (error: Error) => {
    thread = undefined;
    for (const { fail } of waiting.values()) fail(error);
    waiting.clear();
  };
  worker.on('message', ({ id, answers }: ThreadAnswers) => {
    waiting.get(id)?.tell(answers);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
  });
  worker.on('error', end);
  worker.on('exit', (code) => end(new Error(`the thread for DSTU 4145 ended with ${code}`)));
  return { worker, waiting };
}
