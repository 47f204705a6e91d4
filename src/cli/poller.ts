import type { ToldJob } from '../sandbox/tour.js';
import { t } from '../texts/spoken.js';

/** What is to be polled, and how its answers are read. */
interface Polling {
  url: string;
  headers: Record<string, string>;
  /** The one that the request was answered with. */
  eta: string;
  /** Between two polls, in milliseconds, where etas are no promise; undefined: they are kept. */
  pause: number | undefined;
  read(body: unknown): ToldJob;
  tell(status: number, text: string): void;
}

/** After so many answers in a row that say nothing of the job, the poller gives up. */
const PATIENCE = 8;
/** Least time between two polls, whatever `eta` says. */
const LEAST = 100;

/**
 * Polls a job as the method pages want it: wait until eta, ask, wait until the new eta. Waits longer
 * after each failure, or as Retry-After says; stops at once when the answer will not change.
 */
export async function pollUntilFinal(polling: Polling): Promise<ToldJob> {
  const { url, headers, eta, pause, read, tell } = polling;
  let wait = pause ?? until(eta);
  for (let failures = 0; failures < PATIENCE; ) {
    await new Promise((done) => setTimeout(done, wait));
    const answer = await fetch(url, { headers, redirect: 'manual' });
    if (answer.status === 429 || answer.status >= 500) {
      failures += 1;
      await answer.arrayBuffer();
      const asked = Number(answer.headers.get('retry-after')) * 1000;
      wait = Math.max(asked || 0, LEAST * 2 ** failures);
      tell(answer.status, t`waiting ${wait / 1000} s`);
      continue;
    }
    if (answer.status !== 200 && answer.status !== 303)
      throw new Error(`${url} answers ${answer.status}: ${await answer.text()}`);
    failures = 0;
    const job = read(await answer.json());
    tell(answer.status, job.over ? job.status : `${job.status}, eta ${job.eta.slice(11, 23)}`);
    if (job.over) return job;
    wait = Math.max(pause ?? until(job.eta), LEAST);
  }
  throw new Error(`${url} has failed ${PATIENCE} times in a row`);
}

function until(eta: string): number {
  return Math.max(0, Date.parse(eta) - Date.now());
}
