import type { Reply } from '../../audit/reply.js';
import type { LivedStep } from '../../sandbox/job-view.js';
import { say } from '../../say.js';
import type { Moment } from '../../time/moments.js';
import { useText } from '../text.js';
import { Bar } from './bar.js';
import type { Living } from './ground.js';
import type { Scale } from './scale.js';

/** The states of a job as they were, whatever its client was told; what is still to come of a step is faint. */
export function Truth(props: {
  living: Living;
  scale: Scale;
  top: number;
  width: number | undefined;
}) {
  const { living, scale, top, width } = props;
  const t = useText();
  const { steps, now, end } = living;
  const common = { top, width };
  return (
    <>
      {together(steps).map((step) => {
        const from = scale.at(step.from);
        const to = scale.at(lastedUntil(step, now ?? scale.end));
        const planned = scale.at(Math.min(step.until ?? 0, end));
        const kind = kindOf(step);
        const label = step.state ?? t(labelOf(step));
        return (
          <g key={step.step}>
            <Bar from={from} to={to} kind={kind} label={label} {...common} />
            {planned > to && (
              <Bar from={to} to={planned} kind={`${kind} to-come`} label="" {...common} />
            )}
          </g>
        );
      })}
    </>
  );
}

/** Steps that say the same one after the other are one piece. */
function together(steps: readonly LivedStep[]): LivedStep[] {
  const pieces: LivedStep[] = [];
  for (const step of steps) {
    const before = pieces.at(-1);
    if (before && labelOf(before) === labelOf(step) && before.outcome === step.outcome) {
      pieces[pieces.length - 1] = { ...step, from: before.from };
    } else pieces.push(step);
  }
  return pieces;
}

function lastedUntil({ until, from }: LivedStep, now: Moment): Moment {
  return Math.max(from, Math.min(until ?? Number.POSITIVE_INFINITY, now));
}

/** `PENDING`, `503`, `no answer`. */
function labelOf({ state, answer, fault }: LivedStep): string {
  return state ?? (answer ? String(answer) : (fault ?? say`no answer`));
}

function kindOf({ outcome, answer = 0 }: LivedStep): Reply {
  if (outcome !== undefined) return outcome;
  return replyByStatus(answer);
}

/** What a status means to who polls, where no state is told. */
export function replyByStatus(status: number): Reply {
  if (status < 200) return 'lost';
  if (status === 401 || status === 403) return 'refused';
  if (status === 404 || status === 410) return 'gone';
  if (status === 429 || status >= 500) return 'failure';
  return status >= 400 ? 'rejected' : 'unknown';
}
