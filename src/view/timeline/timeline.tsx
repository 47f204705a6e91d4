import { formatLength } from '../../audit/format.js';
import type { JobVerdict } from '../../audit/verdict.js';
import type { Moment } from '../../time/moments.js';
import { useText } from '../text.js';
import { beliefsOf, etasOf, waitsOf } from './describe-exchange.js';
import { describe, tellMark, tellSpot } from './describe-mark.js';
import { describeWebhooks } from './describe-webhook.js';
import { Etas } from './etas.js';
import { roomWithin } from './fits.js';
import { type DrawnJob, type Ground, timelineId } from './ground.js';
import { Lanes, lanesOf } from './lanes.js';
import { AXIS, BAR, type Layout, layOut, ROW } from './layout.js';
import { Linked } from './linked.js';
import { type Spot, spotsOf } from './marks.js';
import { round, type Scale, scaleOf, ticksOf } from './scale.js';
import { Webhooks } from './webhooks.js';

/** A life of a job as its client has seen it. Places are per cent, so that it fits any width. */
export function Timeline({ job, number, ground }: DrawnJob<JobVerdict> & { ground: Ground }) {
  const t = useText();
  const { at: start } = job.submission;
  const { webhooks = [] } = job;
  const scale = scaleOf(start, lastOf(job, start), ground.spots, ground.pace);
  const spots = spotsOf(job.polls, scale);
  const etas = etasOf(job);
  const lanes = lanesOf(job, ground.broken, scale);
  const rows = Math.max(0, ...spots.map(({ row }) => row)) + 1;
  const rowOf = new Map(spots.map(({ first, row }) => [first.seq, row]));
  const layout = layOut(lanes.length, rows, webhooks.length > 0);
  const hooked = new Set(webhooks.map(({ seq }) => seq));
  const reach = (seq: number) =>
    hooked.has(seq) ? layout.webhooks + 2 : layout.polls + (rowOf.get(seq) ?? 0) * ROW + 2;
  const id = timelineId(ground.id, number);
  const drawn = { scale, layout, ground };
  return (
    <svg
      class="timeline"
      role="img"
      aria-labelledby={`${id}-t`}
      aria-describedby={`${id}-d`}
      height={layout.axis + AXIS}
    >
      <title id={`${id}-t`}>{t`Timeline of ${job.operation}, job ${number}`}</title>
      <desc id={`${id}-d`}>
        {t(describe(job, ground.pace))}
        {t(describeWebhooks(job, ground.pace))}
      </desc>
      {waitsOf(etas, scale).map(({ from, to }) => (
        <rect
          key={from}
          class="wait"
          x={`${from}%`}
          y={layout.flags}
          width={`${round(to - from)}%`}
          height={layout.bar - layout.flags}
        />
      ))}
      <Axis scale={scale} layout={layout} />
      <Etas etas={etas} scale={scale} layout={layout} />
      <RowName name="polls" y={layout.polls + 12} />
      <RowName name="told" y={layout.bar + 15} />
      <Beliefs job={job} scale={scale} top={layout.bar} />
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
      {webhooks.length > 0 && (
        <Webhooks webhooks={webhooks} scale={scale} top={layout.webhooks} ground={ground} />
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
function Beliefs({ job, scale, top }: { job: JobVerdict; scale: Scale; top: number }) {
  return (
    <>
      {beliefsOf(job, scale).map(({ from, to, reply, label }) => (
        <Bar key={from} from={from} to={to} kind={reply} label={label} top={top} />
      ))}
    </>
  );
}

/** A piece of a bar, named where there is room. */
export function Bar(props: { from: number; to: number; kind: string; label: string; top: number }) {
  const { from, to, kind, label, top } = props;
  const t = useText();
  const told = t(label);
  const room = roomWithin(told, to - from);
  return (
    <svg class={`bar k-${kind}`} x={`${from}%`} y={top} width={`${round(to - from)}%`} height={BAR}>
      <title>{told}</title>
      <rect width="100%" height="100%" />
      {room !== 'never' && (
        <text class={room} x="7" y="15">
          {told}
        </text>
      )}
    </svg>
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
  const took = formatLength(((until ?? start) - start) * scale.pace);
  return (
    <g class={`mark k-${submission.reply}`}>
      {to > 1 && <line class="whisker" x1="0" x2={`${to}%`} y1={y} y2={y} />}
      <Linked mark={submission} ground={ground}>
        <use href="#m-start" x="0" y={y}>
          <title>{t(`${operation} ${tellMark(submission, scale)}; took ${took}`)}</title>
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
      {to > from && !open && <use href="#m-cap" x={`${to}%`} y={y} />}
      <Linked mark={first} ground={ground}>
        <use href={`#m-${shape}`} x={`${from}%`} y={y}>
          <title>{t(tellSpot(spot, scale))}</title>
        </use>
      </Linked>
    </g>
  );
}
