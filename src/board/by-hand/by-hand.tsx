import { useEffect } from 'preact/hooks';
import { SpokenLanguage } from '../../view/text.js';
import type { LiveSession } from '../live.js';
import { t } from '../text.js';
import { ChaosHand } from './chaos-hand.js';
import { ClockHand } from './clock-hand.js';
import { JobHand } from './job-hand.js';
import { NextJob } from './next-job.js';
import { SendExample } from './send-example.js';
import { SessionHand } from './session-hand.js';
import { TokenHand } from './token-hand.js';
import { readWords } from './words.js';

/** So many jobs are offered to be played at a time: the newest. */
const MOST = 8;

/** Everything that a person does to a session by hand. */
export function ByHand({ session }: { session: LiveSession }) {
  useEffect(() => void readWords(), []);
  return (
    <SpokenLanguage.Provider value={t}>
      <Parts session={session} />
    </SpokenLanguage.Provider>
  );
}

function Parts({ session }: { session: LiveSession }) {
  const { view, jobs } = session;
  const all = [...jobs.value.values()];
  const open = all.filter((job) => job.finished === undefined);
  const shown = open.slice(-MOST).toReversed();
  const ended = all.filter((job) => job.finished !== undefined && job.by_hand !== undefined);
  const etas = all.filter((job) => job.finished === undefined).map(({ eta }) => eta);
  const now = view.value.clock.now;
  const nextEta = etas.filter((eta) => eta > now).toSorted()[0];
  return (
    <div class="by-hand">
      <SendExample view={view.value} jobs={all} />
      <section class="hand-part wide" aria-labelledby="open-jobs">
        <h2 id="open-jobs">{t('Open jobs')}</h2>
        {shown.length === 0 && (
          <p class="quiet">
            {t('No job is open. Hold the next one to play it from its beginning.')}
          </p>
        )}
        {shown.map((job) => (
          <JobHand key={job.id} place={view.value} job={job} />
        ))}
        {open.length > MOST && (
          <p class="quiet">{t`${open.length - MOST} older ones are not shown.`}</p>
        )}
        {ended.length > 0 && (
          <>
            <h3>{t('Ended by hand')}</h3>
            <p class="quiet">{t('What they answer can still be changed.')}</p>
            {ended
              .slice(-MOST)
              .toReversed()
              .map((job) => (
                <JobHand key={job.id} place={view.value} job={job} />
              ))}
          </>
        )}
      </section>
      <div class="hand-column">
        <NextJob view={view.value} />
        <ChaosHand view={view.value} />
      </div>
      <div class="hand-column">
        <ClockHand view={view.value} nextEta={nextEta} />
        <TokenHand view={view.value} />
        <SessionHand view={view.value} />
      </div>
    </div>
  );
}
