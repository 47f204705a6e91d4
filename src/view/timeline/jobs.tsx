import { formatClockTime } from '../../audit/format.js';
import type { JobVerdict } from '../../audit/verdict.js';
import { formatMoment } from '../../time/format-moment.js';
import { clip } from '../printable.js';
import { useText } from '../text.js';
import { tellOthers, tellUnpolled } from './describe-job.js';
import { tellPolls } from './describe-mark.js';
import { Exchanges } from './exchanges.js';
import { type DrawnJob, type Ground, timelineId } from './ground.js';
import { Legend } from './legend.js';
import { MOST_MARKS } from './marks.js';
import { PollTable } from './polls.js';
import { Timeline } from './timeline.js';

interface JobsProps {
  /** What the page around it is about, so that it is not said again. */
  scenario: string;
  drawn: readonly DrawnJob<JobVerdict>[];
  /** So many more there are than are drawn. */
  leftOut: number;
  ground: Ground;
}

/** What the client did about each job. */
export function Jobs({ scenario, drawn, leftOut, ground }: JobsProps) {
  const { id, broken } = ground;
  const t = useText();
  const all = drawn.length + leftOut;
  const withWebhooks = drawn.some(({ job }) => job.webhooks) ? ' with-webhooks' : '';
  const withLanes = broken.length > 0 ? ' with-lanes' : '';
  return (
    <section class={`jobs${withWebhooks}${withLanes}`} aria-labelledby={`${id}-jobs`}>
      <h3 id={`${id}-jobs`}>{all === 1 ? t('Timeline') : t('Timelines')}</h3>
      {all === 0 && <p class="quiet">{t('No job was scheduled.')}</p>}
      {leftOut > 0 && (
        <p class="quiet">
          {t`${drawn.length} of ${all.toLocaleString('en')} jobs are drawn, first those that something was found about; ${leftOut.toLocaleString('en')} are left out.`}
        </p>
      )}
      <Legend jobs={drawn.map(({ job }) => job)} />
      {drawn.map((one) => (
        <Figure key={one.number} {...one} ground={ground} scenario={scenario} />
      ))}
    </section>
  );
}

function Figure(props: DrawnJob<JobVerdict> & Pick<JobsProps, 'ground' | 'scenario'>) {
  const { job, number, ground } = props;
  const { polls, webhooks = [], others = [] } = job;
  const t = useText();
  return (
    <figure class="job" id={timelineId(ground.id, number)}>
      <Caption {...props} />
      {polls.length === 0 && <p class="quiet">{tellUnpolled(job, t)}</p>}
      {polls.length + webhooks.length > 0 && <Timeline job={job} number={number} ground={ground} />}
      {polls.length > MOST_MARKS && (
        <p class="quiet">
          {t`${polls.length.toLocaleString('en')} polls: those that fall on the same spot are drawn as one mark, apart from those that break rules.`}
        </p>
      )}
      {others.length > 0 && <p class="quiet">{tellOthers(job, ground.pace, t)}</p>}
      <Exchanges job={job} number={number} ground={ground} />
      {polls.length > 0 && <PollTable job={job} ground={ground} />}
    </figure>
  );
}

function Caption(props: DrawnJob<JobVerdict> & Pick<JobsProps, 'ground' | 'scenario'>) {
  const { job, ground } = props;
  const { operation, scenario, title, submission, outcome } = job;
  const t = useText();
  return (
    <figcaption>
      <h4>
        {operation} <span class="job-id">{clip(job.job ?? '', 80)}</span>
      </h4>
      <p class="about">
        <b>{t(outcome)}</b> · {tellPolls(job, ground.pace, t)} · {t('requested at')}{' '}
        <time dateTime={formatMoment(submission.at)}>{formatClockTime(submission.at)}</time>
        {scenario !== undefined && scenario !== props.scenario && (
          <>
            {' '}
            · {t('scenario')} {clip(scenario, 80)}
            {title !== undefined && `: ${t(title)}`}
          </>
        )}
      </p>
    </figcaption>
  );
}
