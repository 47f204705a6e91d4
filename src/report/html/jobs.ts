import { formatClockTime } from '../../audit/format.js';
import type { JobVerdict } from '../../audit/verdict.js';
import { formatMoment } from '../../time/format-moment.js';
import type { Chapter } from '../report.js';
import { since, tellPolls } from './describe-mark.js';
import { clip, type Html, html } from './escape.js';
import { exchanges } from './exchanges.js';
import { legend } from './legend.js';
import { MOST_MARKS } from './marks.js';
import { type DrawnJob, MOST_TIMELINES, type Places, timelineId } from './places.js';
import { pollTable } from './polls.js';
import { timeline } from './timeline.js';
import { isKnown } from './webhooks.js';

/** What the client did about each job. */
export function jobs({ name }: Chapter, places: Places): Html {
  const { id, drawn, leftOut, broken } = places;
  const all = drawn.length + leftOut;
  const hasWebhooks = drawn.some(({ job }) => job.webhooks !== undefined);
  return html`<section class="jobs${hasWebhooks && ' with-webhooks'}${broken.length > 0 && ' with-lanes'}" aria-labelledby="${id}-jobs">
<h3 id="${id}-jobs">${all === 1 ? 'Timeline' : 'Timelines'}</h3>
${all === 0 && html`<p class="quiet">No job was scheduled.</p>`}
${leftOut > 0 && html`<p class="quiet">${MOST_TIMELINES} of ${all.toLocaleString('en')} jobs are drawn, first those that something was found about; ${leftOut.toLocaleString('en')} are left out.</p>`}
${legend(drawn.map(({ job }) => job))}
${drawn.map((one) => figure(one, places, name))}
</section>`;
}

function figure(drawn: DrawnJob, places: Places, chapter: string): Html {
  const { job, number } = drawn;
  const { operation, scenario, submission, polls, outcome, webhooks = [] } = job;
  return html`<figure class="job" id="${timelineId(places.id, number)}">
<figcaption>
<h4>${operation} <span class="job-id">${clip(job.job ?? '', 80)}</span></h4>
<p class="about"><b>${outcome}</b> · ${tellPolls(job, places.pace)} · requested at <time datetime="${formatMoment(submission.at)}">${formatClockTime(submission.at)}</time>${scenario !== undefined && scenario !== chapter && html` · scenario ${clip(scenario, 80)}${job.title !== undefined && html`: ${job.title}`}`}</p>
</figcaption>
${polls.length === 0 && html`<p class="quiet">${tellUnpolled(job)}</p>`}
${polls.length + webhooks.length > 0 && timeline(drawn, places)}
${polls.length > MOST_MARKS && html`<p class="quiet">${polls.length.toLocaleString('en')} polls: those that fall on the same spot are drawn as one mark, apart from those that break rules.</p>`}
${(job.others ?? []).length > 0 && html`<p class="quiet">${tellOthers(job, places.pace)}</p>`}
${exchanges(job, number, places)}
${polls.length > 0 && pollTable(job, places)}
</figure>`;
}

/** Requests that are told one by one. */
const MOST_TOLD = 8;

/** `Besides polls: listJobs #3 at +2 s (open), cancelJob #4 at +3 s (cancelled).` */
function tellOthers({ submission, others = [] }: JobVerdict, pace: number): string {
  const told = others.slice(0, MOST_TOLD).map(({ seq, at, operation, status, told: outcome }) => {
    return `${operation} #${seq} at ${since({ start: submission.at, pace }, at)} (${outcome ?? status})`;
  });
  const more = others.length > told.length ? `, and ${others.length - told.length} more` : '';
  return `Besides polls: ${told.join(', ')}${more}.`;
}

function tellUnpolled({ submission, outcome, others = [], webhooks = [] }: JobVerdict): string {
  const answer = submission.status === 0 ? 'no answer' : `the answer ${submission.status}`;
  const asked = others.length > 0 ? 'nobody polled its job' : 'nobody asked for its job';
  const told = webhooks.some((one) => isKnown(one) && one.told === outcome);
  const rest =
    outcome === 'no job'
      ? 'so there is no job to ask for'
      : `and ${told ? 'a webhook told the end of its job' : asked}`;
  return `Request #${submission.seq} got ${answer}, ${rest}.`;
}
