import type { JobVerdict, Mark, WebhookMark } from '../../audit/verdict.js';
import { inEnglish, type Say } from '../text.js';
import { tellMark } from './describe-mark.js';
import { tellWebhook } from './describe-webhook.js';
import type { BrokenRule } from './ground.js';
import { LANE } from './layout.js';
import type { Scale } from './scale.js';
import { Sign } from './sign.js';

type Flawed = Mark | WebhookMark;

/** What is broken of a timeline under one number, with the exchanges that break it. */
export interface Lane extends BrokenRule {
  flaws: { at: number; seq: number; tells: string }[];
}

/** In the order of their numbers. */
export function lanesOf(
  { submission, polls, webhooks = [] }: JobVerdict,
  broken: readonly BrokenRule[],
  scale: Scale,
  t: Say = inEnglish,
): Lane[] {
  const marks = [submission, ...polls, ...webhooks];
  const numbers = new Set(broken.map(({ number }) => number));
  return [...numbers].flatMap((number) => {
    const [one, ...more] = broken.filter((each) => each.number === number);
    if (!one) return [];
    const rules = [one, ...more].map(({ rule }) => rule);
    const wrong = marks.filter(({ breaks }) => rules.some((rule) => breaks.includes(rule)));
    if (wrong.length === 0) return [];
    return [{ ...one, flaws: flawsOf(wrong, rules, scale, t) }];
  });
}

/** One for each spot: more could not be told apart. */
function flawsOf(
  wrong: readonly Flawed[],
  rules: readonly string[],
  scale: Scale,
  t: Say,
): Lane['flaws'] {
  const bySpot = new Map<number, Flawed[]>();
  for (const mark of wrong) {
    const spot = scale.spot(scale.at(mark.at));
    const same = bySpot.get(spot);
    if (same) same.push(mark);
    else bySpot.set(spot, [mark]);
  }
  return [...bySpot.values()].map((marks) => {
    const [first] = marks as [Flawed];
    const tells =
      marks.length > 1 ? t`${marks.length} exchanges from #${first.seq}` : tell(first, scale, t);
    const broken = rules.filter((rule) => marks.some(({ breaks }) => breaks.includes(rule)));
    return { at: scale.at(first.at), seq: first.seq, tells: `${broken.join(', ')}: ${tells}` };
  });
}

function tell(mark: Flawed, scale: Scale, t: Say): string {
  return 'event' in mark ? tellWebhook(mark, scale, t) : tellMark(mark, scale, t);
}

/** With more of them in a lane, triangles would hide each other. */
const MOST_TRIANGLES = 80;
/** With more of them, the lines from flaw to poll are a fence. */
const MOST_STEMS = 40;

/** @param reach how far down a line from a flaw to its poll goes, by the poll's number */
export function Lanes({
  lanes,
  reach,
}: {
  lanes: readonly Lane[];
  reach: (seq: number) => number;
}) {
  const stems = lanes.reduce((sum, { flaws }) => sum + flaws.length, 0) <= MOST_STEMS;
  return (
    <>
      {lanes.map(({ rule, number, severity, flaws }, i) => {
        const y = i * LANE + LANE / 2;
        const dense = flaws.length > MOST_TRIANGLES;
        return (
          <g key={number} class={`lane ${severity}`}>
            <text class="lane-name" x="-36" y={y + 4}>
              {rule}
            </text>
            <use href="#m-badge" x="-20" y={y} />
            <text class="lane-number" x="-20" y={y + 4}>
              {number}
            </text>
            <line class="lane-line" x1="0" x2="100%" y1={y} y2={y} />
            {flaws.map(({ at, seq, tells }) => (
              <>
                {stems && <line class="stem" x1={`${at}%`} x2={`${at}%`} y1={y} y2={reach(seq)} />}
                <Sign shape={dense ? 'stroke' : 'flaw'} at={at} y={y} flawOf={seq}>
                  <title>{tells}</title>
                </Sign>
              </>
            ))}
          </g>
        );
      })}
    </>
  );
}
