import type { JobVerdict, Mark, WebhookMark } from '../../audit/verdict.js';
import { useText } from '../text.js';
import { tellMark } from './describe-mark.js';
import { tellWebhook } from './describe-webhook.js';
import type { BrokenRule } from './ground.js';
import { LANE } from './layout.js';
import type { Scale } from './scale.js';

type Flawed = Mark | WebhookMark;

/** One broken rule of a timeline, with the exchanges that break it. */
export interface Lane extends BrokenRule {
  flaws: { at: number; seq: number; tells: string }[];
}

/** In the order of their numbers. */
export function lanesOf(
  { submission, polls, webhooks = [] }: JobVerdict,
  broken: readonly BrokenRule[],
  scale: Scale,
): Lane[] {
  const marks = [submission, ...polls, ...webhooks];
  return broken.flatMap((one) => {
    const wrong = marks.filter(({ breaks }) => breaks.includes(one.rule));
    return wrong.length === 0 ? [] : [{ ...one, flaws: flawsOf(wrong, one.rule, scale) }];
  });
}

/** One for each spot: more could not be told apart. */
function flawsOf(wrong: readonly Flawed[], rule: string, scale: Scale): Lane['flaws'] {
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
      marks.length > 1 ? `${marks.length} exchanges from #${first.seq}` : tell(first, scale);
    return { at: scale.at(first.at), seq: first.seq, tells: `${rule}: ${tells}` };
  });
}

function tell(mark: Flawed, scale: Scale): string {
  return 'event' in mark ? tellWebhook(mark, scale) : tellMark(mark, scale);
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
  const t = useText();
  const stems = lanes.reduce((sum, { flaws }) => sum + flaws.length, 0) <= MOST_STEMS;
  return (
    <>
      {lanes.map(({ rule, number, severity, flaws }, i) => {
        const y = i * LANE + LANE / 2;
        const dense = flaws.length > MOST_TRIANGLES;
        return (
          <g key={rule} class={`lane ${severity}`}>
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
                <use
                  class="flaw"
                  data-seq={seq}
                  href={`#m-${dense ? 'stroke' : 'flaw'}`}
                  x={`${at}%`}
                  y={y}
                >
                  <title>{t(tells)}</title>
                </use>
              </>
            ))}
          </g>
        );
      })}
    </>
  );
}
