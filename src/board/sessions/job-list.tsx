import { useState } from 'preact/hooks';
import type { JobState } from '../../sandbox/control/views.js';
import { Legend } from '../../view/timeline/legend.js';
import { ExampleButton } from '../example/example-button.js';
import { ExampleTold } from '../example/example-told.js';
import { NextUp } from '../example/next-up.js';
import type { LiveSession } from '../live.js';
import { t } from '../text.js';
import type { ByJob } from './group-by-job.js';
import { jobOf } from './job-of.js';
import type { Judged } from './judgement.js';
import { LiveJob } from './live-job.js';

interface JobListProps {
  session: LiveSession;
  /** Those that are shown, oldest first. */
  jobs: readonly JobState[];
  /** How many there are. */
  all: number;
  byJob: ByJob;
  judged: Judged;
  /** When it was paused, or as it stood when. */
  at: number | undefined;
  /** Nothing can be done to it. */
  still: boolean;
}

/** So many of the newest jobs a legend is made for: what older ones look like is seldom asked. */
const EXPLAINED = 10;

const NONE: never[] = [];

/** The jobs of a session as time lines, newest first. */
export function JobList({ session, jobs, all, byJob, judged, at, still }: JobListProps) {
  const [explained, explain] = useState(false);
  const newest = jobs.slice(-EXPLAINED);
  return (
    <section class="jobs" aria-labelledby="jobs">
      <div class="jobs-head">
        <h2 id="jobs">
          {t('Jobs')}{' '}
          <span class="count">{jobs.length === all ? all : t`${jobs.length} of ${all}`}</span>
        </h2>
        {!still && <ExampleButton session={session.name} main={all === 0} />}
      </div>
      {!still && <NextUp session={session} />}
      {!still && <ExampleTold session={session} />}
      {jobs.length === 0 && <p class="quiet">{noJobs(all, still)}</p>}
      {[...jobs].reverse().map((job) => (
        <LiveJob
          key={job.id}
          {...{ session, job, judged, at }}
          exchanges={byJob.get(job.id) ?? NONE}
        />
      ))}
      {newest.length > 0 && (
        <details class="explained" onToggle={({ currentTarget }) => explain(currentTarget.open)}>
          <summary>{t('What the marks mean')}</summary>
          {explained && (
            <Legend jobs={newest.map((job) => jobOf(job, byJob.get(job.id) ?? NONE, judged))} />
          )}
        </details>
      )}
    </section>
  );
}

function noJobs(all: number, still: boolean): string {
  if (all > 0) return t('No job is what the filter asks for.');
  if (still) return t('No job had been scheduled yet.');
  return t(
    'No job has been scheduled yet: give your client the base URL above, or send an example.',
  );
}
