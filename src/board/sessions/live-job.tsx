import { memo } from 'preact/compat';
import { useMemo, useRef } from 'preact/hooks';
import { formatClockTime } from '../../audit/format.js';
import type { JobState, LightExchange } from '../../sandbox/control/views.js';
import { plain } from '../../view/printable.js';
import { tellOthers } from '../../view/timeline/describe-job.js';
import { tellPolls } from '../../view/timeline/describe-mark.js';
import type { Ground } from '../../view/timeline/ground.js';
import { Timeline } from '../../view/timeline/timeline.js';
import { type LiveSession, nowOf } from '../live.js';
import { printing } from '../printing.js';
import { linkTo } from '../route.js';
import { t } from '../text.js';
import { beat } from './beat.js';
import { drawnTo } from './drawn-to.js';
import { placeOf } from './filter-bar.js';
import { useInTurn } from './in-turn.js';
import { jobOf, stepsOf } from './job-of.js';
import type { Judged } from './judgement.js';
import { moveAmongMarks } from './move-among-marks.js';
import { useOnScreen } from './on-screen.js';

interface LiveJobProps {
  session: LiveSession;
  job: JobState;
  exchanges: readonly LightExchange[];
  judged: Judged;
  /** When it was paused. */
  at: number | undefined;
}

/** A job with its time line, which is drawn only while it is to be seen, each in its turn. */
export const LiveJob = memo(function LiveJob({ session, ...now }: LiveJobProps) {
  const { job, exchanges, judged, at } = now;
  const place = useRef<HTMLElement | null>(null);
  const onScreen = useOnScreen(place);
  const seen = onScreen || printing.value;
  const wanted = useMemo(() => now, [job, exchanges, judged, at]);
  const drawn = useInTurn(wanted, onScreen);
  const shown = printing.value ? wanted : drawn;
  return (
    <figure class="job" ref={place} id={`job-${job.id}`} onKeyDown={moveAmongMarks}>
      <Drawn session={session} seen={seen} {...shown} />
    </figure>
  );
});

const Drawn = memo(function Drawn(props: LiveJobProps & { seen: boolean }) {
  const { session, job, exchanges, judged, seen } = props;
  const known = useMemo(() => jobOf(job, exchanges, judged), [job, exchanges, judged]);
  const { pace } = session.view.peek().clock;
  return (
    <>
      <figcaption>
        <h3>
          {plain(job.operation)} <span class="job-id">{plain(job.id)}</span>
        </h3>
        <p class="about">
          <b class={`state k-${outcomeOf(job)}`}>{plain(job.state)}</b> ·{' '}
          {tellPolls(known, pace, t)} · {formatClockTime(known.submission.at)} ·{' '}
          <a href={linkTo(['scenarios', job.scenario])}>{plain(job.scenario)}</a>
          {job.error !== undefined && ` · ${plain(job.error)}`}
          <span class="only-this">
            {' · '}
            <a href={placeOf(session.name, { job: job.id })}>{t('only this job')}</a>
          </span>
        </p>
      </figcaption>
      <div class="life">{seen && <Life {...props} known={known} pace={pace} />}</div>
      {known.others && <p class="quiet">{tellOthers(known, pace, t)}</p>}
    </>
  );
});

function outcomeOf({ life, finished }: JobState): string {
  return (
    life?.findLast(({ outcome }) => outcome !== undefined)?.outcome ?? (finished ? 'done' : 'open')
  );
}

type Known = ReturnType<typeof jobOf>;

function Life(props: LiveJobProps & { known: Known; pace: number }) {
  const { session, job, judged, at, known, pace } = props;
  const steps = useMemo(() => stepsOf(job), [job]);
  const lives = job.finished === undefined && steps.length > 0;
  const now = lives ? (at ?? presentOf(session)) : undefined;
  const end = drawnTo(known, steps, now);
  const before = placeOf(session.name, { x: '' });
  const ground: Ground = {
    id: `j-${job.id}`,
    broken: judged.broken,
    spots: 200,
    most: 100,
    width: 360,
    pace,
    linkOf: ({ seq }) => (seq === 0 ? undefined : `${before}${seq}`),
    roving: true,
  };
  return <Timeline job={known} number={1} ground={ground} living={{ steps, now, end }} />;
}

/** Read while something is drawn that moves with it. */
function presentOf(session: LiveSession): number {
  if (session.view.value.clock.mode !== 'manual') void beat.value;
  return nowOf(session);
}
