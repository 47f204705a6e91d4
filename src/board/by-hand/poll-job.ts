import type { JobState, SessionView } from '../../sandbox/control/views.js';
import { ask } from '../control.js';
import { answerTo } from './answer-to.js';
import { exampleOf, type Got } from './send.js';
import { withToken } from './token.js';
import { pollsOf, readWords } from './words.js';

/** Where a session is: its name and its base URL. */
export interface Place {
  name: string;
  url: string;
  auth?: SessionView['auth'];
}

/** Polls a job once, as a client would. @param by the operation; left out: the likeliest */
export async function pollOnce(place: Place, job: JobState, by?: string): Promise<Got> {
  await readWords();
  const [usual = ''] = pollsOf(job);
  const about = { session: place.name, job: job.id, api: job.api };
  return answerTo(place, await withToken(place, await exampleOf(by ?? usual, about)));
}

/**
 * Polls a job until its end has been told, each time once its eta has come.
 * @param goesOn false: it is to stop
 */
export async function pollToEnd(
  place: Place,
  job: string,
  goesOn: () => boolean,
  tell: (got: Got) => void,
): Promise<void> {
  const look = () => ask<JobState>('GET', ['sessions', place.name, 'jobs', job]);
  for (let now = await look(); goesOn(); now = await look()) {
    await waitForEta(place.name, now.eta, goesOn);
    if (!goesOn()) return;
    const got = await pollOnce(place, now);
    tell(got);
    const { finished } = await look();
    if (finished !== undefined && got.status >= 200 && got.status < 400) return;
  }
}

/** Looks at the session's clock until it has come to a moment. */
async function waitForEta(session: string, eta: string, goesOn: () => boolean): Promise<void> {
  while (goesOn()) {
    const { now } = await ask<{ now: string }>('GET', ['sessions', session, 'clock']);
    const ahead = Date.parse(eta) - Date.parse(now);
    if (ahead <= 0) return;
    await new Promise((done) => setTimeout(done, Math.min(Math.max(50, ahead), 500)));
  }
}
