import { useEffect, useMemo, useRef } from 'preact/hooks';
import { SpokenLanguage } from '../../view/text.js';
import { Symbols } from '../../view/timeline/symbols.js';
import { type LiveSession, opened, readSession } from '../live.js';
import { route } from '../route.js';
import { t } from '../text.js';
import { Beside } from './beside.js';
import { ExchangeDialog } from './exchange-dialog.js';
import { ExchangeList } from './exchange-list.js';
import { filterOf, filters, jobPasses, passes } from './filter.js';
import { FilterBar } from './filter-bar.js';
import { type ByJob, groupByJob } from './group-by-job.js';
import { useInTurnOf } from './in-turn.js';
import { JobList } from './job-list.js';
import { Judgement, judgedBy, useFresh } from './judgement.js';
import { MomentBar } from './moment-bar.js';
import { SessionHead } from './session-head.js';
import { momentIn, useStood } from './stood.js';
import { useWatched, watchedAt } from './watched.js';

/** One session as it lives: its jobs, what was asked and answered, the verdict beside it. */
export function SessionView({ session }: { session: LiveSession }) {
  const { name } = session;
  useEffect(() => void readSession(name), [name]);
  const judgement = useMemo(() => new Judgement(session), [session]);
  useFresh(judgement, session);
  const now = useWatched(session);
  const { query } = route.value;
  const at = momentIn(query);
  const { stood, failed } = useStood(name, at);
  const watched = stood ? watchedAt(stood, now) : now;
  // Nothing can be done to what has been, or to what is only looked at.
  const still = stood !== undefined || opened.value !== undefined;
  const filter = filterOf(query);
  const judgedNow = useInTurnOf(judgement.judged);
  const judged = useMemo(() => stood && judgedBy(stood.verdict), [stood]) ?? judgedNow;
  const verdict = stood?.verdict ?? judgement.verdict.value;
  const byJob = useGrouped(watched.exchanges);
  const exchanges = filters(filter)
    ? watched.exchanges.filter((one) => passes(filter, one, judged.breaks))
    : watched.exchanges;
  const jobs = watched.jobs.filter((job) =>
    jobPasses(filter, job, byJob.get(job.id) ?? [], judged.breaks),
  );
  return (
    <SpokenLanguage.Provider value={t}>
      <Symbols />
      <section class="session" aria-labelledby="session-name">
        <SessionHead session={session} verdict={verdict} at={stood && watched.at} />
        {now.exchanges.length > 0 && <MomentBar {...{ session, at, failed }} />}
        <div class="session-body">
          <div class="session-main">
            {(watched.exchanges.length > 0 || watched.jobs.length > 0) && (
              <FilterBar session={name} filter={filter} watched={watched} still={still} />
            )}
            <JobList
              {...{ session, jobs, byJob, judged }}
              still={still}
              all={watched.jobs.length}
              at={watched.at}
            />
            <ExchangeList
              {...{ session: name, exchanges, judged }}
              all={watched.exchanges.length}
            />
          </div>
          <Beside session={session} judgement={judgement} past={stood?.verdict} />
        </div>
        <ExchangeDialog {...{ session, exchanges, judged, verdict }} />
      </section>
    </SpokenLanguage.Provider>
  );
}

function useGrouped(exchanges: Parameters<typeof groupByJob>[0]): ByJob {
  const before = useRef<ByJob>(new Map());
  return useMemo(() => {
    before.current = groupByJob(exchanges, before.current);
    return before.current;
  }, [exchanges]);
}
