import type { Reply } from '../../audit/reply.js';
import type { JobVerdict, Mark } from '../../audit/verdict.js';
import { isEnd } from '../../outcome.js';
import { say } from '../../say.js';
import type { Moment } from '../../time/moments.js';
import { asMark, isKnown } from './describe-webhook.js';
import { MOST_MARKS, toldBy } from './marks.js';
import type { Scale } from './scale.js';

/** What the client believed of its job, from one answer to the next; in per cent. */
export interface Belief {
  from: number;
  to: number;
  reply: Reply;
  label: string;
  /** The label is a state's own name. */
  named: boolean;
}

/** A moment that an answer has told the client to come back at. */
export interface ToldEta {
  moment: Moment;
  /** When it was told, and when the next answer took its place. */
  told: Moment;
  replaced: Moment;
}

/** Answers in the order in which they came, and webhooks that were taken; those that never came are left out. */
function answersOf({
  submission,
  polls,
  webhooks = [],
}: JobVerdict): { mark: Mark; came: Moment }[] {
  return [submission, ...polls, ...webhooks.filter(isKnown).map(asMark)]
    .flatMap((mark) => (mark.until === undefined ? [] : [{ mark, came: mark.until }]))
    .sort((a, b) => a.came - b.came);
}

/** Until a poll has named the job's state. */
const SCHEDULED = say`scheduled`;

function saysTheSame(before: Belief, reply: Reply, label: string): boolean {
  return before.reply === reply && (before.label === label || before.label === SCHEDULED);
}

/** @param end how far the last answer holds, in per cent */
export function beliefsOf(job: JobVerdict, scale: Scale, end = 100): Belief[] {
  const answers = answersOf(job);
  const dense = answers.length > MOST_MARKS;
  const beliefs: Belief[] = [];
  answers.forEach(({ mark, came }, i) => {
    const next = answers[i + 1]?.came;
    const from = scale.at(came);
    const to = next === undefined ? Math.max(from, end) : scale.at(next);
    const label = mark === job.submission && mark.reply === 'open' ? SCHEDULED : toldBy(mark);
    const named = label === mark.state;
    const before = beliefs.at(-1);
    if (before && saysTheSame(before, mark.reply, label)) {
      before.to = to;
      before.label = label;
      before.named = named;
    }
    // Among thousands, what is too short to be seen is left to the marks above.
    else if (before && dense && scale.spot(from) === scale.spot(to)) before.to = to;
    else beliefs.push({ from, to, reply: mark.reply, label, named });
  });
  return beliefs;
}

/** An end tells no time to come back at, whatever its eta says. */
export function etasOf(job: JobVerdict): ToldEta[] {
  const told = answersOf(job).filter(
    ({ mark: { eta, reply } }) => eta !== undefined && !isEnd(reply),
  );
  const over = answersOf(job).find(({ mark: { reply } }) => isEnd(reply));
  return told.map(({ mark, came }, i) => ({
    moment: mark.eta as Moment,
    told: came,
    replaced: Math.min(
      told[i + 1]?.came ?? Number.POSITIVE_INFINITY,
      over?.came ?? Number.POSITIVE_INFINITY,
    ),
  }));
}

/** When it was too early to ask: from each answer to its eta, unless another answer came before. */
export function waitsOf(etas: readonly ToldEta[], scale: Scale): { from: number; to: number }[] {
  const waits: { from: number; to: number }[] = [];
  for (const { moment, told, replaced } of etas) {
    const from = scale.at(told);
    const to = scale.at(Math.min(moment, replaced));
    if (to <= from) continue;
    const before = waits.at(-1);
    if (before && before.to >= from) before.to = Math.max(before.to, to);
    else waits.push({ from, to });
  }
  return waits;
}
