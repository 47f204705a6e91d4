import type { JobVerdict, Mark, ShownExchange } from '../../audit/verdict.js';
import { type Html, html } from './escape.js';
import { type Places, timelineId } from './places.js';

/** Where request and answer of a mark stand. */
export function exchangeId(chapter: string, { seq }: Mark): string {
  return `${chapter}-exchange-${seq}`;
}

/** Requests and answers of a time line's marks; each is to be seen while its mark was the last one chosen. */
export function exchanges({ submission, polls }: JobVerdict, number: number, places: Places): Html {
  const back = timelineId(places.id, number);
  return html`${[submission, ...polls].map(
    (mark) =>
      mark.exchange &&
      html`<div class="chosen" id="${exchangeId(places.id, mark)}">
<p class="about"><b>#${mark.seq}</b> as it was sent and answered · <a href="#${back}">close</a></p>
${pair(mark.exchange)}
</div>`,
  )}`;
}

/** A request and its answer side by side. */
export function pair({ request, response }: ShownExchange): Html {
  return html`<div class="pair">${panel('Request', request)}${panel('Answer', response)}</div>`;
}

/** A text of several lines under its name. */
export function panel(name: string, text: string): Html {
  return html`<div class="panel"><p class="about">${name}</p><pre tabindex="0">${text}</pre></div>`;
}
