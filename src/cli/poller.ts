/** What a poller makes of a job's answers. */
export interface PolledJob {
  id: string;
  status: string;
  eta: string;
  href?: string | undefined;
  error?: string | undefined;
}

interface JobBody {
  data?: {
    id: string;
    status: string;
    eta: string;
    links?: { href?: string; error?: string }[];
  };
}

/** After so many answers in a row that say nothing of the job, the poller gives up. */
const PATIENCE = 8;
/** Least time between two polls, whatever `eta` says. */
const LEAST = 100;

/**
 * Polls a job as the method page wants it: wait until eta, ask, wait until the new eta. Waits longer
 * after each failure, or as Retry-After says; stops at once when the answer will not change.
 */
export async function pollUntilFinal(
  url: string,
  headers: Record<string, string>,
  eta: string,
  tell: (status: number, text: string) => void,
): Promise<PolledJob> {
  let wait = until(eta);
  for (let failures = 0; failures < PATIENCE; ) {
    await new Promise((done) => setTimeout(done, wait));
    const answer = await fetch(url, { headers });
    if (answer.status === 429 || answer.status >= 500) {
      failures += 1;
      await answer.arrayBuffer();
      const asked = Number(answer.headers.get('retry-after')) * 1000;
      wait = Math.max(asked || 0, LEAST * 2 ** failures);
      tell(answer.status, `waiting ${wait / 1000} s`);
      continue;
    }
    if (answer.status !== 200)
      throw new Error(`${url} answers ${answer.status}: ${await answer.text()}`);
    failures = 0;
    const { data } = (await answer.json()) as JobBody;
    if (!data) throw new Error(`${url} answers without data`);
    const [link] = data.links ?? [];
    tell(200, data.status === 'PENDING' ? `PENDING, eta ${data.eta.slice(11, 23)}` : data.status);
    if (data.status === 'DONE' || data.status === 'FAILED') {
      return { ...data, href: link?.href, error: link?.error };
    }
    wait = Math.max(until(data.eta), LEAST);
  }
  throw new Error(`${url} has failed ${PATIENCE} times in a row`);
}

function until(eta: string): number {
  return Math.max(0, Date.parse(eta) - Date.now());
}
