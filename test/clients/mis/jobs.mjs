import { Refused } from './platform.mjs';

/** Milliseconds between two looks at a job, whatever its eta is, and how many there are before it gives up. */
const PAUSE = 2000;
const LOOKS = 15;
const OPEN = ['pending', 'processing', 'accepted', 'queued'];
const GOOD = ['processed', 'completed', 'success', 'active'];

/** It has looked long enough: nobody knows what has become of the job. */
class TimedOut extends Error {}

/** The job is over, and not well. */
class Failed extends Error {}

/**
 * Waits for what an answer has begun. It is a job when its first link has `/jobs/` in it, in these letters; any other
 * answer is taken for the end.
 * @returns what is told of the job in the end, or of what was done at once
 */
export async function resolve(platform, data, sleep) {
  const href = data?.links?.[0]?.href;
  if (typeof href !== 'string' || !href.includes('/jobs/')) return data;
  const id = href.split('/').at(-1);
  let job = data;
  for (let look = 0; look < LOOKS; look += 1) {
    await sleep(PAUSE);
    job = await read(platform, id, href);
    if (!OPEN.includes(statusOf(job))) return ended(job);
  }
  throw new TimedOut(`job ${id} is ${statusOf(job)} after ${LOOKS} looks`);
}

/** Where it is not known below /api, the link itself is tried. */
async function read(platform, id, href) {
  try {
    return (await platform.get(`/api/jobs/${id}`)).data;
  } catch (problem) {
    if (!(problem instanceof Refused) || problem.status !== 404) throw problem;
    return (await platform.get(href)).data;
  }
}

function ended(job) {
  if (GOOD.includes(statusOf(job))) return job;
  throw new Failed(whyOf(job.error));
}

/** An error is a text, or has a list of places, or a message. */
function whyOf(error) {
  if (typeof error === 'string') return error;
  const places = (error?.invalid ?? []).flatMap(({ entry, rules = [] }) =>
    rules.map(({ description }) => `${entry}: ${description}`),
  );
  return places.length > 0 ? places.join(' | ') : (error?.message ?? 'the request failed');
}

function statusOf(job) {
  return String(job?.status ?? '').toLowerCase();
}

/** Milliseconds between two looks of the queue that waits for approvals. */
const QUEUED = 5000;

/**
 * The same by a queue: it comes back every five seconds for as long as the job is open, and takes what stands in
 * `response_data`. What goes wrong on the way ends it.
 */
export async function resolveInQueue(platform, data, sleep) {
  const id = data.links[0].href.split('/').at(-1);
  for (let look = 0; look < 100; look += 1) {
    await sleep(QUEUED);
    const job = await read(platform, id, data.links[0].href);
    if (OPEN.includes(statusOf(job))) continue;
    if (job.status_code === 200) return job.response_data ?? job.data;
    throw new Failed(whyOf(job.error));
  }
  throw new TimedOut(`job ${id} is open still`);
}
