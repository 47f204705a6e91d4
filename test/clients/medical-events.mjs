// A client of the medical events API: it submits the package of an encounter, polls the job as its answers say, and
// reads the encounter. With `--every 3000` it asks every three seconds instead, whatever the answers say.
import { pathToFileURL } from 'node:url';

const PATIENT = '7c3da506-804d-4550-8993-bf17f9ee0402';
/** Least time between two polls. */
const LEAST = 1000;
/** Between two polls where no near eta says when: etas of this API lie hours ahead and are no promise. */
const USUAL = 2500;
const NEAR = 30_000;
/** After so long it gives up. */
const PATIENCE = 30 * 60_000;

/** @returns what has become of the job: processed, failed, unknown or refused */
export async function run({ send, wait, now, body, patient = PATIENT, every, pace = 1 }) {
  const path = `/patients/${patient}/encounter_package`;
  let answer = await send('POST', path, body);
  for (let i = 0; i < 3 && answer?.retryAfter !== undefined; i += 1) {
    await wait(answer.retryAfter);
    answer = await send('POST', path, body);
  }
  if (answer?.status === 201) return 'processed';
  if (answer?.status !== 202) return 'refused';
  const { eta, links } = answer.body.data;
  const met = { failures: 0, missing: 0, refused: 0, renewals: 0 };
  const job = await poll({
    met,
    send,
    wait,
    now,
    every,
    pace,
    url: `/jobs/${lastPart(links[0].href)}`,
    eta,
  });
  if (job?.status !== 'processed') return job?.status ?? 'unknown';
  const id = lastPart(job.links?.[0]?.href) ?? ownId(body);
  const read = await send('GET', `/patients/${patient}/encounters/${id}`, undefined, met.renewals);
  return read?.status === 200 ? 'processed' : 'unknown';
}

/** The job's last answer; undefined: the client has given up. */
async function poll({ met, send, wait, now, every, pace, url, eta }) {
  const least = LEAST / pace;
  const began = now();
  const untilNext = (told) => {
    const ahead = Date.parse(told) - now();
    return Math.max(least, ahead <= NEAR / pace ? ahead : USUAL / pace);
  };
  let pause = every ?? untilNext(eta);
  while (now() + pause - began < PATIENCE / pace) {
    await wait(pause);
    const answer = await send('GET', url, undefined, met.renewals);
    // What is processed comes as 303: to some client libraries that is a redirect without a target.
    const job = [200, 303].includes(answer?.status) ? answer.body?.data : undefined;
    if (FINAL.includes(job?.status)) return job;
    if (job) {
      met.failures = 0;
      met.refused = 0;
      pause = untilNext(job.eta);
    } else pause = pauseAfter(answer, met, least);
    if (pause === undefined) return undefined;
    pause = every ?? pause;
  }
  return undefined;
}

/** How long to wait after an answer that says nothing of the job; undefined: it is time to give up. */
function pauseAfter(answer, met, least) {
  const { status, retryAfter } = answer ?? {};
  if (status === 404) {
    met.missing += 1;
    return met.missing < 3 ? least : undefined;
  }
  if (status === 401 && met.refused === 0) {
    met.refused += 1;
    met.renewals += 1;
    return least;
  }
  if (status >= 400 && status < 500 && status !== 429) return undefined;
  met.failures += 1;
  if (met.failures === 8) return undefined;
  return retryAfter ?? least * 2 ** met.failures;
}

const FINAL = ['processed', 'failed', 'failed_with_error'];

const lastPart = (href) => href?.split('/').at(-1);

/** The id under which the encounter was signed. */
function ownId({ signed_data: data }) {
  return JSON.parse(Buffer.from(data, 'base64').toString()).encounter.id;
}

async function main() {
  const { ESOZ_SANDBOX_URL: base, ESOZ_PACE = '1' } = process.env;
  const pace = Number(ESOZ_PACE);
  const every = process.argv[2] === '--every' ? Number(process.argv[3]) / pace : undefined;
  const example = `${new URL(base).origin}/__sandbox/examples/submitEncounterPackage`;
  const send = async (method, path, body, renewals = 0) => {
    try {
      const answer = await fetch(`${base}/api${path}`, {
        method,
        headers: {
          Authorization: `Bearer token-${renewals}`,
          'api-key': 'key',
          'Content-Type': 'application/json',
        },
        // Who follows a 303 with a Location gets the result in the place of the job.
        redirect: 'manual',
        signal: AbortSignal.timeout(10_000),
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const retry = answer.headers.get('retry-after');
      return {
        status: answer.status,
        retryAfter: retry === null ? undefined : Number(retry) * 1000,
        body: await answer.json().catch(() => undefined),
      };
    } catch {
      return undefined;
    }
  };
  const wait = (time) => new Promise((done) => setTimeout(done, time));
  const body = await (await fetch(example)).json();
  process.stdout.write(`${await run({ send, wait, now: Date.now, body, every, pace })}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
