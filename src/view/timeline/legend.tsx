import type { ComponentChildren } from 'preact';
import type { Reply } from '../../audit/reply.js';
import type { JobVerdict } from '../../audit/verdict.js';
import { say } from '../../say.js';
import { useText } from '../text.js';
import { isKnown } from './describe-webhook.js';
import { MOST_MARKS, type Shape, shapeOf } from './marks.js';
import { Sample, Swatch } from './symbols.js';

const REPLIES: Readonly<Record<Reply, string>> = {
  open: say`open: it goes on`,
  done: say`done`,
  failed: say`failed`,
  cancelled: say`cancelled`,
  unknown: say`a state that nobody knows`,
  unreadable: say`a body that cannot be read`,
  gone: say`not found (404, 410)`,
  refused: say`no access (401, 403)`,
  rejected: say`bad request`,
  failure: say`5xx or 429`,
  lost: say`no answer`,
};

const SHAPES: Readonly<Record<Shape, string>> = {
  start: say`the request`,
  circle: say`a poll, answered with a state`,
  stroke: say`a poll among hundreds, answered with a state`,
  diamond: say`answered 4xx`,
  square: say`answered 5xx, or unreadable`,
  cross: say`no answer`,
};

/** What is to be seen in some timelines. */
export function Legend({ jobs }: { jobs: readonly JobVerdict[] }) {
  const t = useText();
  const polls = jobs.flatMap((job) => job.polls);
  const webhooks = jobs.flatMap((job) => job.webhooks ?? []);
  if (polls.length + webhooks.length === 0) return null;
  const shapes = shapesOf(jobs);
  const replies = new Set([
    ...polls.map(({ reply }) => reply),
    ...webhooks.filter(isKnown).map(({ told }) => told),
  ]);
  const used = (Object.keys(SHAPES) as Shape[]).filter((name) => shapes.has(name));
  const told = (Object.keys(REPLIES) as Reply[]).filter((reply) => replies.has(reply));
  const marks = [...jobs.map(({ submission }) => submission), ...polls];
  const refused = webhooks.some((one) => one.status !== 0 && !isKnown(one));
  const broken = [...marks, ...webhooks].some(({ breaks }) => breaks.length > 0);
  return (
    <ul class="legend" aria-label={t('Legend')}>
      <Item text={SHAPES.start}>
        <Sample shape="start" kind="k-open" />
      </Item>
      {used.map((name) => (
        <Item key={name} text={SHAPES[name]}>
          <Sample shape={name} kind={`k-${shapes.get(name)}`} />
        </Item>
      ))}
      {webhooks.length > 0 && (
        <Item text={say`a webhook, filled with what it told once it was taken`}>
          <Sample shape="hook" kind="k-open" />
        </Item>
      )}
      {refused && (
        <Item text={say`a webhook that was not taken, or had a wrong signature`}>
          <Sample shape="hook" kind="k-rejected" />
        </Item>
      )}
      {marks.some(({ eta }) => eta !== undefined) && (
        <>
          <Item text={say`an eta that was told`}>
            <Sample shape="flag" kind="flag" />
          </Item>
          <Item text={say`before the eta: too early to ask`}>
            <svg class="sample" width="28" height="14" aria-hidden="true">
              <rect class="wait" width="100%" height="100%" />
            </svg>
          </Item>
        </>
      )}
      {broken && (
        <Item text={say`a rule is broken`}>
          <Sample shape="flaw" kind="flaw" />
        </Item>
      )}
      {told.map((reply) => (
        <Item key={reply} text={REPLIES[reply]}>
          <Swatch reply={reply} />
        </Item>
      ))}
    </ul>
  );
}

/** The shapes of polls, each with a reply that it stands for; a webhook without an answer looks like such a poll. */
function shapesOf(jobs: readonly JobVerdict[]): ReadonlyMap<Shape, Reply> {
  const shapes = new Map<Shape, Reply>();
  for (const { polls, webhooks = [] } of jobs) {
    const dense = polls.length > MOST_MARKS;
    for (const poll of polls) {
      const name = shapeOf(poll, dense);
      if (!shapes.has(name)) shapes.set(name, poll.reply);
    }
    if (webhooks.some(({ status }) => status === 0)) shapes.set('cross', 'lost');
  }
  return shapes;
}

function Item({ text, children }: { text: string; children: ComponentChildren }) {
  const t = useText();
  return (
    <li>
      {children} {t(text)}
    </li>
  );
}
