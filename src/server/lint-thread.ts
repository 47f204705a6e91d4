import type { Worker } from 'node:worker_threads';
import type { ServedFiles } from '../load/pack-description.js';
import type { Apis } from '../sandbox/api.js';
import type { Linted, LintReport } from '../sandbox/control/lint-view.js';
import { beginThread } from '../threads.js';

/** What the thread is told. */
export interface ThreadQuestion {
  id: number;
  question: Linted;
}

/** What it tells. */
export type ThreadAnswer = { id: number } & ({ report: LintReport } | { failed: string });

interface Waiting {
  tell(report: LintReport): void;
  fail(error: Error): void;
}

/** No text may take longer, in milliseconds. */
const PATIENCE = 30_000;
/** A thread that nobody has asked for so long ends: it holds a second copy of what is served. */
const IDLE = 60_000;

/**
 * Looks at long texts in a thread, so that nobody who is answered has to wait for it. It reads what is served by itself,
 * anew when that has changed, and keeps no process alive that waits for nothing.
 */
export class LintThread {
  #worker: Worker | undefined;
  #seen: readonly unknown[] = [];
  #idle: NodeJS.Timeout | undefined;
  #count = 0;
  readonly #waiting = new Map<number, Waiting>();

  constructor(private readonly served: ServedFiles) {}

  /** Rejected: it has taken too long, or the thread could not read what is served. */
  ask(apis: Apis, question: Linted): Promise<LintReport> {
    const seen = apis.flatMap(({ contract, binding, catalogue }) => [contract, binding, catalogue]);
    const changed =
      seen.some((one, i) => one !== this.#seen[i]) || seen.length !== this.#seen.length;
    if (changed) this.#end(new Error('what is served has changed'));
    this.#seen = seen;
    this.#worker ??= this.#start();
    clearTimeout(this.#idle);
    this.#count += 1;
    const id = this.#count;
    const worker = this.#worker;
    worker.ref();
    const late = setTimeout(() => this.#end(new Error('it has taken too long')), PATIENCE);
    return new Promise<LintReport>((tell, fail) => {
      this.#waiting.set(id, { tell, fail });
      worker.postMessage({ id, question } satisfies ThreadQuestion);
    }).finally(() => clearTimeout(late));
  }

  #start(): Worker {
    const worker = beginThread('lint-worker', {
      workerData: filesOnly(this.served),
    });
    worker.on('message', (answer: ThreadAnswer) => this.#hear(answer));
    const gone = (error: Error) => {
      if (worker === this.#worker) this.#end(error);
    };
    worker.on('error', gone);
    worker.on('exit', (code) => gone(new Error(`the thread ended with ${code}`)));
    return worker;
  }

  #hear(answer: ThreadAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('report' in answer) waiting?.tell(answer.report);
    else waiting?.fail(new Error(answer.failed));
    if (this.#waiting.size > 0) return;
    this.#worker?.unref();
    this.#idle = setTimeout(() => this.#end(new Error('idle')), IDLE).unref();
  }

  #end(why: Error): void {
    const worker = this.#worker;
    this.#worker = undefined;
    for (const { fail } of this.#waiting.values()) fail(why);
    this.#waiting.clear();
    void worker?.terminate();
  }
}

/** Of the options of a server, those that a thread can be given. */
function filesOnly({ pack, spec, binding, scenarios, apis }: ServedFiles): ServedFiles {
  return structuredClone({ pack, spec, binding, scenarios, apis });
}
