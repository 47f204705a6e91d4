import { formatLength } from '../../audit/format.js';
import type { JobVerdict, Mark } from '../../audit/verdict.js';
import type { Moment } from '../../time/moments.js';
import { beliefsOf, etasOf, waitsOf } from './describe-exchange.js';
import { describe, tellMark, tellSpot } from './describe-mark.js';
import { type Html, html } from './escape.js';
import { drawEtas } from './etas.js';
import { exchangeId } from './exchanges.js';
import { roomWithin } from './fits.js';
import { drawLanes, lanesOf } from './lanes.js';
import { AXIS, BAR, type Layout, layOut, ROW } from './layout.js';
import { type Spot, spotsOf } from './marks.js';
import { type DrawnJob, type Places, timelineId } from './places.js';
import { round, type Scale, scaleOf, ticksOf } from './scale.js';
import { describeWebhooks, drawWebhooks, hookRowsOf } from './webhooks.js';

/** A life of a job as its client has seen it. Places are per cent, so that it fits any width. */
export function timeline({ job, number }: DrawnJob, places: Places): Html {
  const { at: start } = job.submission;
  const scale = scaleOf(start, lastOf(job, start), places.spots, places.pace);
  const spots = spotsOf(job.polls, scale);
  const etas = etasOf(job);
  const lanes = lanesOf(job, places, scale);
  const rows = Math.max(0, ...spots.map(({ row }) => row)) + 1;
  const rowOf = new Map(spots.map(({ first, row }) => [first.seq, row]));
  const { webhooks = [] } = job;
  const hookRows = hookRowsOf(webhooks, scale);
  const layout = layOut(lanes.length, rows, Math.max(-1, ...hookRows.values()) + 1);
  const reach = (seq: number) => {
    const hookRow = hookRows.get(seq);
    if (hookRow !== undefined) return layout.webhooks + hookRow * ROW + 2;
    return layout.polls + (rowOf.get(seq) ?? 0) * ROW + 2;
  };
  const id = timelineId(places.id, number);
  const { flags, bar, axis } = layout;
  return html`<svg class="timeline" role="img" aria-labelledby="${id}-t" aria-describedby="${id}-d" height="${axis + AXIS}">
<title id="${id}-t">Timeline of ${job.operation}, job ${number}</title>
<desc id="${id}-d">${describe(job, places.pace)}${describeWebhooks(job, places.pace)}</desc>
${waitsOf(etas, scale).map(
  ({ from, to }) =>
    html`<rect class="wait" x="${from}%" y="${flags}" width="${round(to - from)}%" height="${bar - flags}"/>`,
)}
${drawAxis(scale, layout)}
${drawEtas(etas, scale, layout)}
<text class="row-name" x="-18" y="${layout.polls + 12}">polls</text>
<text class="row-name" x="-18" y="${bar + 15}">told</text>
${beliefsOf(job, scale).map((belief) => {
  const { from, to, reply, label } = belief;
  const room = roomWithin(label, to - from);
  return html`<svg class="bar k-${reply}" x="${from}%" y="${bar}" width="${round(to - from)}%" height="${BAR}"><title>${label}</title><rect width="100%" height="100%"/>${room !== 'never' && html`<text class="${room}" x="7" y="15">${label}</text>`}</svg>`;
})}
<text class="outcome" x="100%" dx="8" y="${bar + 15}">${job.outcome}</text>
${drawSubmission(job, scale, layout, places)}
${drawLanes(lanes, reach)}
<g class="marks">${spots.map((spot) => drawSpot(spot, scale, layout.polls, places))}</g>
${webhooks.length > 0 && drawWebhooks(webhooks, hookRows, scale, layout.webhooks)}
</svg>`;
}

/** So much further than the last event an eta may lie to be drawn, in lengths of the timeline. */
const REACH = 3;

/** The last event, or an eta that lies not far behind it: a client that came too early should see it. */
function lastOf(job: JobVerdict, start: Moment): Moment {
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

function drawAxis(scale: Scale, { flags, axis }: Layout): Html {
  return html`<g class="axis"><line x1="0" x2="100%" y1="${axis}" y2="${axis}"/>${ticksOf(
    scale,
  ).map(
    ({ at, label }) =>
      html`<line class="grid" x1="${at}%" x2="${at}%" y1="${flags}" y2="${axis + 4}"/><text x="${at}%" y="${axis + 17}">${label}</text>`,
  )}</g>`;
}

function drawSubmission(
  { submission, operation }: JobVerdict,
  scale: Scale,
  layout: Layout,
  places: Places,
): Html {
  const { at: start, until } = submission;
  const to = until === undefined ? 100 : scale.at(until);
  const y = layout.polls + ROW / 2;
  const took = formatLength(((until ?? start) - start) * scale.pace);
  const use = html`<use href="#m-start" x="0" y="${y}"><title>${operation} ${tellMark(submission, scale)}; took ${took}</title></use>`;
  return html`<g class="mark k-${submission.reply}">${to > 1 && html`<line class="whisker" x1="0" x2="${to}%" y1="${y}" y2="${y}"/>`}${linked(use, submission, places)}</g>`;
}

function drawSpot(spot: Spot, scale: Scale, top: number, places: Places): Html {
  const { from, to, shape, row, first, breaks } = spot;
  const y = top + row * ROW + ROW / 2;
  const open = first.until === undefined;
  const whisker =
    to > from &&
    html`<line class="whisker${open && ' open'}" x1="${from}%" x2="${to}%" y1="${y}" y2="${y}"/>${!open && html`<use href="#m-cap" x="${to}%" y="${y}"/>`}`;
  const use = html`<use href="#m-${shape}" x="${from}%" y="${y}"><title>${tellSpot(spot, scale)}</title></use>`;
  return html`<g class="mark k-${first.reply}${breaks && ' breaks'}" data-seq="${first.seq}">${whisker}${linked(use, first, places)}</g>`;
}

/** Leads to request and answer, where the verdict holds them. */
function linked(shown: Html, mark: Mark, places: Places): Html {
  if (!mark.exchange) return shown;
  return html`<a href="#${exchangeId(places.id, mark)}" aria-label="Request and answer of #${mark.seq}">${shown}</a>`;
}
