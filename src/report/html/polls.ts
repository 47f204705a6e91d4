import { formatClockTime, formatCount } from '../../audit/format.js';
import type { JobVerdict, Mark } from '../../audit/verdict.js';
import { type Origin, since, tellEta, tellWait } from './describe-mark.js';
import { type Html, html } from './escape.js';
import type { Places } from './places.js';

/** Whoever wants more of them reads the journal. */
const MOST_ROWS = 200;

/** Every poll of a job, in figures. */
export function pollTable({ submission, polls }: JobVerdict, places: Places): Html {
  const origin = { start: submission.at, pace: places.pace };
  const more = polls.length - MOST_ROWS;
  return html`<details class="polls"><summary>${formatCount(polls.length, 'poll')} in figures</summary>
<div class="scroll" role="region" aria-label="Polls in figures" tabindex="0">
<table>
<thead><tr><th scope="col">#</th><th scope="col">Time, UTC</th><th scope="col">Since the request</th><th scope="col">Reply</th><th scope="col">Status</th><th scope="col">State</th><th scope="col">Eta</th><th scope="col">Breaks</th></tr></thead>
<tbody>${polls.slice(0, MOST_ROWS).map((poll) => row(poll, origin, places))}</tbody>
</table>
</div>
${more > 0 && html`<p class="quiet">and ${more.toLocaleString('en')} more; the journal holds them all</p>`}
</details>`;
}

function row(poll: Mark, origin: Origin, places: Places): Html {
  const { seq, at, reply, status, state, eta, breaks } = poll;
  const wrong = breaks.map((rule) => {
    const number = places.numberOf(rule);
    return html`<span>${number !== undefined && html`<b>${number}</b> `}${rule}</span> `;
  });
  return html`<tr${breaks.length > 0 && BREAKS}><th scope="row">${seq}</th><td>${formatClockTime(at)}</td><td>${since(origin, at)}</td><td>${reply}${tellWait(poll, origin)}</td><td>${status || '–'}</td><td>${state}</td><td>${eta !== undefined && tellEta(eta, origin)}</td><td>${wrong}</td></tr>`;
}

const BREAKS = html` class="breaks"`;
