import { useEffect, useMemo, useRef } from 'preact/hooks';
import { SpokenLanguage } from '../../view/text.js';
import { Symbols } from '../../view/timeline/symbols.js';
import { type LiveSession, readSession } from '../live.js';
import { route } from '../route.js';
import { t } from '../text.js';
import { Beside } from './beside.js';
import { ExchangeDialog } from './exchange-dialog.js';
import { ExchangeList } from './exchange-list.js';
import { filterOf, filters, jobPasses, passes } from './filter.js';
import { FilterBar } from './filter-bar.js';
import { type ByJob, groupByJob } from './group-by-job.js';
import { JobList } from './job-list.js';
import { Judgement, useFresh } from './judgement.js';
import { SessionHead } from './session-head.js';
import { useWatched } from './watched.js';

/** One session as it lives: its jobs, what was asked and answered, the verdict beside it. */
export function SessionView({ session }: { session: LiveSession }) {
  const { name } = session;
  useEffect(() => void readSession(name), [name]);
  const judgement = useMemo(() => new Judgement(session), [session]);
  useFresh(judgement, session);
  const watched = useWatched(session);
  const filter = filterOf(route.value.query);
  const judged = judgement.judged.value;
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
        <SessionHead session={session} judgement={judgement} />
        <div class="session-body">
          <div class="session-main">
            {(watched.exchanges.length > 0 || watched.jobs.length > 0) && (
              <FilterBar session={name} filter={filter} watched={watched} />
            )}
            <JobList
              {...{ session, jobs, byJob, judged }}
              all={watched.jobs.length}
              at={watched.at}
            />
            <ExchangeList
              {...{ session: name, exchanges, judged }}
              all={watched.exchanges.length}
            />
          </div>
          <Beside session={session} judgement={judgement} />
        </div>
        <ExchangeDialog {...{ session, exchanges, judged }} verdict={judgement.verdict.value} />
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
