// What adapters have in common. An adapter's file tells what its library must be said to do (`entry`, written down before it
// was run), and is the client itself when it is run as a program.
import { pathToFileURL } from 'node:url';
import { headers, pollUrl, readResult, schedule } from '../../clients/scheduled.mjs';

export { headers, pollUrl, schedule };

export const say = (line) => void process.stdout.write(`${line}\n`);
export const sleep = (ms) => new Promise((wake) => setTimeout(wake, ms));

/** Where the API lies for a client that is run. */
export const base = process.env.ESOZ_SANDBOX_URL ?? '';

/** Runs a client where its file is the program; says with what it has ended. */
export async function main(url, run) {
  if (url !== pathToFileURL(process.argv[1] ?? '').href) return;
  try {
    say(`ended: ${JSON.stringify(await run())}`);
  } catch (error) {
    say(`ended with ${error?.name ?? 'an error'}: ${error?.message ?? error}`);
  }
}

export const isFinal = (job) => job?.status === 'DONE' || job?.status === 'FAILED';

/** Reads the result of a job that is done, and says why another one has failed. */
export async function finish(body, job) {
  if (job.status === 'DONE') return readResult(body, job);
  const [error] = [job.error].flat();
  return say(`FAILED: ${error?.message ?? job.links?.[0]?.error ?? JSON.stringify(job)}`);
}

/** Asks for a job as a library's loop wants it: its state; throws a `status` where there is none. */
export async function askOnce(id) {
  const answer = await fetch(pollUrl(id), { headers });
  if (!answer.ok)
    throw Object.assign(new Error(`answered ${answer.status}`), { status: answer.status });
  return (await answer.json()).data;
}

/** Answers that end such a loop at once, as the READMEs of these libraries have it. */
export const isHopeless = ({ status }) => status === 401 || status === 403 || status === 404;

/**
 * A client that does right all that is not the library's: it waits for eta, and leaves one GET with all its repetitions to
 * the library. Where that gives up, so does the client.
 * @param get one GET by the library: `{ status, text }` of what came at last, whatever it was
 */
export async function pollByEta(get) {
  const { body, job } = await schedule();
  const sent = { ...headers };
  let missing = 0;
  let renewed = false;
  for (let { eta } = job; ; ) {
    await sleep(Math.max(Date.parse(eta) - Date.now() + 1, 1000));
    const { status, text } = await get(pollUrl(job.id), sent);
    const told = status === 200 ? JSON.parse(text).data : undefined;
    if (isFinal(told)) return finish(body, told);
    missing = status === 404 ? missing + 1 : 0;
    if (told) eta = told.eta;
    else if (status === 401 && !renewed) {
      renewed = true;
      sent.Authorization += '-renewed';
    } else if (status !== 404 || missing === 3) return say(`gave up at ${status}`);
  }
}

const RETRIES = 'test/conformance/suites/retries.yaml';

/** What a client of `pollByEta` plays: the basics, and what its library does about failures. */
export const ofRetries = (basics, retries) => [
  { suite: 'polling-basics', ...basics },
  { suite: RETRIES, ...retries },
];

/** An adapter in JavaScript. */
export const adapter = (name) => ['node', `test/conformance/others/${name}.mjs`];

/** What follows when a client has ended before its job. */
export const ENDED = ['reads-the-result', 'gives-up', 'reaches-the-end', 'expectations'];
