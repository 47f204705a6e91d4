import type { Reply } from '../../audit/reply.js';
import type { JobVerdict } from '../../audit/verdict.js';
import { type Html, html } from './escape.js';
import { MOST_MARKS, type Shape, shapeOf } from './marks.js';
import { shape, swatch } from './symbols.js';
import { isKnown } from './webhooks.js';

const REPLIES: Readonly<Record<Reply, string>> = {
  open: 'open: it goes on',
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
  unknown: 'a state that nobody knows',
  unreadable: 'a body that cannot be read',
  gone: 'not found (404, 410)',
  refused: 'no access (401, 403)',
  rejected: 'bad request',
  failure: '5xx or 429',
  lost: 'no answer',
};

const SHAPES: Readonly<Record<Shape, string>> = {
  start: 'the request',
  circle: 'a poll, answered with a state',
  stroke: 'a poll among hundreds, answered with a state',
  diamond: 'answered 4xx',
  square: 'answered 5xx, or unreadable',
  cross: 'no answer',
};

/** What is to be seen in some timelines. */
export function legend(jobs: readonly JobVerdict[]): Html {
  const polls = jobs.flatMap((job) => job.polls);
  const webhooks = jobs.flatMap((job) => job.webhooks ?? []);
  if (polls.length + webhooks.length === 0) return html``;
  const shapes = new Map<Shape, Reply>();
  for (const job of jobs) {
    const dense = job.polls.length > MOST_MARKS;
    for (const poll of job.polls) {
      const name = shapeOf(poll, dense);
      if (!shapes.has(name)) shapes.set(name, poll.reply);
    }
  }
  if (!shapes.has('cross') && webhooks.some(({ status }) => status === 0)) {
    shapes.set('cross', 'lost');
  }
  const refused = webhooks.some((one) => one.status !== 0 && !isKnown(one));
  const replies = new Set([
    ...polls.map(({ reply }) => reply),
    ...webhooks.filter(isKnown).map(({ told }) => told),
  ]);
  const used = (Object.keys(SHAPES) as Shape[]).filter((name) => shapes.has(name));
  const told = (Object.keys(REPLIES) as Reply[]).filter((reply) => replies.has(reply));
  const marks = [...jobs.map(({ submission }) => submission), ...polls];
  return html`<ul class="legend" aria-label="Legend">
${item(shape('start', 'k-open'), SHAPES.start)}
${used.map((name) => item(shape(name, `k-${shapes.get(name)}`), SHAPES[name]))}
${webhooks.length > 0 && item(shape('hook', 'k-open'), 'a webhook, filled with what it told once it was taken')}
${refused && item(shape('hook', 'k-rejected'), 'a webhook that was not taken, or had a wrong signature')}
${marks.some(({ eta }) => eta !== undefined) && html`${item(shape('flag', 'flag'), 'an eta that was told')}${item(WAIT, 'before the eta: too early to ask')}`}
${[...marks, ...webhooks].some(({ breaks }) => breaks.length > 0) && item(shape('flaw', 'flaw'), 'a rule is broken')}
${told.map((reply) => item(swatch(reply), REPLIES[reply]))}
</ul>`;
}

const WAIT = html`<svg class="sample" width="28" height="14" aria-hidden="true"><rect class="wait" width="100%" height="100%"/></svg>`;

function item(sample: Html, text: string): Html {
  return html`<li>${sample} ${text}</li>`;
}
