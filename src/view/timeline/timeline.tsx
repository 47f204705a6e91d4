import { formatLength } from '../../audit/format.js';
import type { JobVerdict } from '../../audit/verdict.js';
import { say } from '../../say.js';
import type { Moment } from '../../time/moments.js';
import { useText } from '../text.js';
import { Bar } from './bar.js';
import { beliefsOf, etasOf, waitsOf } from './describe-exchange.js';
import { describe, tellMark, tellSpot } from './describe-mark.js';
import { describeWebhooks } from './describe-webhook.js';
import { Etas } from './etas.js';
import { type DrawnJob, type Ground, type Living, timelineId } from './ground.js';
import { Lanes, lanesOf } from './lanes.js';
import { AXIS, type Layout, layOut, ROW } from './layout.js';
import { Linked } from './linked.js';
import { type Spot, spotsOf } from './marks.js';
import { round, type Scale, scaleOf, ticksOf } from './scale.js';
import { Sign } from './sign.js';
import { Truth } from './truth.js';
import { hookRowsOf, Webhooks } from './webhooks.js';

interface TimelineProps extends DrawnJob<JobVerdict> {
  ground: Ground;
  /** In a page that shows it live. */
  living?: Living;
}

/** A life of a job as its client has seen it. Places are per cent, so that it fits any width. */
export function Timeline({ job, number, ground, living }: TimelineProps) {
  const t = useText();
  const { at: start } = job.submission;
  const { webhooks = [] } = job;
  const scale = scaleOf(start, living?.end ?? lastOf(job, start), ground.spots, ground.pace);
  const spots = spotsOf(job.polls, scale, ground.most);
  const etas = etasOf(job);
  const lanes = lanesOf(job, ground.broken, scale, t);
  const rows = Math.max(0, ...spots.map(({ row }) => row)) + 1;
  const rowOf = new Map(spots.map(({ first, row }) => [first.seq, row]));
  const hookRows = hookRowsOf(webhooks, scale);
  const layout = layOut({
    lanes: lanes.length,
    polls: rows,
    webhooks: Math.max(-1, ...hookRows.values()) + 1,
    truth: living !== undefined,
  });
  const reach = (seq: number) => {
    const hookRow = hookRows.get(seq);
    if (hookRow !== undefined) return layout.webhooks + hookRow * ROW + 2;
    return layout.polls + (rowOf.get(seq) ?? 0) * ROW + 2;
  };
  const id = timelineId(ground.id, number);
  const drawn = { scale, layout, ground };
  const now = living?.now === undefined ? undefined : scale.at(living.now);
  const leads = [job.submission, ...job.polls].some((mark) => ground.linkOf(mark) !== undefined);
  return (
    <svg
      class="timeline"
      role={leads ? 'group' : 'img'}
      aria-labelledby={`${id}-t`}
      aria-describedby={`${id}-d`}
      height={layout.axis + AXIS}
    >
      <title id={`${id}-t`}>{t`Timeline of ${job.operation}, job ${number}`}</title>
      <desc id={`${id}-d`}>
        {describe(job, ground.pace, t)}
        {describeWebhooks(job, ground.pace, t)}
      </desc>
      {waitsOf(etas, scale).map(({ from, to }) => (
        <rect
          key={from}
          class="wait"
          x={`${from}%`}
          y={layout.flags}
          width={`${round(to - from)}%`}
          height={layout.truth - layout.flags}
        />
      ))}
      <Axis scale={scale} layout={layout} />
      <Etas etas={etas} scale={scale} layout={layout} width={ground.width} />
      <RowName name={say`polls`} y={layout.polls + 12} />
      {living && <RowName name={say`state`} y={layout.truth + 15} />}
      {living && <Truth living={living} scale={scale} top={layout.truth} width={ground.width} />}
      <RowName name={say`told`} y={layout.bar + 15} />
      <Beliefs job={job} scale={scale} top={layout.bar} end={now} width={ground.width} />
      <text class="outcome" x="100%" dx="8" y={layout.bar + 15}>
        {t(job.outcome)}
      </text>
      <Submission job={job} {...drawn} />
      <Lanes lanes={lanes} reach={reach} />
      <g class="marks">
        {spots.map((spot) => (
          <Poll key={spot.first.seq} spot={spot} {...drawn} />
        ))}
      </g>
      {now !== undefined && now < 100 && (
        <line class="now" x1={`${now}%`} x2={`${now}%`} y1={layout.flags} y2={layout.axis} />
      )}
      {webhooks.length > 0 && (
        <Webhooks
          webhooks={webhooks}
          rows={hookRows}
          top={layout.webhooks}
          scale={scale}
          ground={ground}
        />
      )}
    </svg>
  );
}

/** So much further than the last event an eta may lie to be drawn, in lengths of the timeline. */
const REACH = 3;

/** The last event, or an eta that lies not far behind it: a client that came too early should see it. */
export function lastOf(job: JobVerdict, start: Moment): Moment {
  const { submission, polls, webhooks = [] } = job;
  const moments = [submission, ...polls, ...webhooks].map(({ at, until = at }) => until);
  const last = latest(moments, start);
  const limit = last > start ? start + (last - start) * REACH : Number.POSITIVE_INFINITY;
  const etas = etasOf(job).map(({ moment }) => moment);
  return latest(
    etas.filter((moment) => moment <= limit),
    last,
  );
}

function latest(moments: readonly Moment[], least: Moment): Moment {
  return moments.reduce((a, b) => Math.max(a, b), least);
}

function RowName({ name, y }: { name: string; y: number }) {
  const t = useText();
  return (
    <text class="row-name" x="-18" y={y}>
      {t(name)}
    </text>
  );
}

function Axis({ scale, layout: { flags, axis } }: { scale: Scale; layout: Layout }) {
  const t = useText();
  return (
    <g class="axis">
      <line x1="0" x2="100%" y1={axis} y2={axis} />
      {ticksOf(scale).map(({ at, label }) => (
        <>
          <line class="grid" x1={`${at}%`} x2={`${at}%`} y1={flags} y2={axis + 4} />
          <text x={`${at}%`} y={axis + 17}>
            {t(label)}
          </text>
        </>
      ))}
    </g>
  );
}

/** What the client believed, a bar from each answer to the next. */
function Beliefs(props: {
  job: JobVerdict;
  scale: Scale;
  top: number;
  end: number | undefined;
  width: number | undefined;
}) {
  const { job, scale, top, end, width } = props;
  const t = useText();
  return (
    <>
      {beliefsOf(job, scale, end).map(({ from, to, reply, label, named }) => (
        <Bar
          key={from}
          from={from}
          to={to}
          kind={reply}
          label={named ? label : t(label)}
          top={top}
          width={width}
        />
      ))}
    </>
  );
}

interface Drawn {
  scale: Scale;
  layout: Layout;
  ground: Ground;
}

function Submission({ job, scale, layout, ground }: Drawn & { job: JobVerdict }) {
  const { submission, operation } = job;
  const t = useText();
  const { at: start, until } = submission;
  const to = until === undefined ? 100 : scale.at(until);
  const y = layout.polls + ROW / 2;
  const took = t(formatLength(((until ?? start) - start) * scale.pace));
  const told = `${operation} ${t`${tellMark(submission, scale, t)}; took ${took}`}`;
  return (
    <g class={`mark k-${submission.reply}`}>
      {to > 1 && <line class="whisker" x1="0" x2={`${to}%`} y1={y} y2={y} />}
      <Linked mark={submission} ground={ground} told={told} first>
        <use href="#m-start" x="0" y={y}>
          <title>{told}</title>
        </use>
      </Linked>
    </g>
  );
}

function Poll({ spot, scale, layout, ground }: Drawn & { spot: Spot }) {
  const { from, to, shape, row, first, breaks } = spot;
  const t = useText();
  const y = layout.polls + row * ROW + ROW / 2;
  const open = first.until === undefined;
  const told = tellSpot(spot, scale, t);
  return (
    <g class={`mark k-${first.reply}${breaks ? ' breaks' : ''}`} data-seq={first.seq}>
      {to > from && (
        <line
          class={open ? 'whisker open' : 'whisker'}
          x1={`${from}%`}
          x2={`${to}%`}
          y1={y}
          y2={y}
        />
      )}
      {to > from && !open && <line x1={`${to}%`} x2={`${to}%`} y1={y - 4} y2={y + 4} />}
      <Linked mark={first} ground={ground} told={told}>
        <Sign shape={shape} at={from} y={y}>
          <title>{told}</title>
        </Sign>
      </Linked>
    </g>
  );
}
