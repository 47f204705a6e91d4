import { formatClockTime, formatCount } from '../../audit/format.js';
import type { JobVerdict, Mark } from '../../audit/verdict.js';
import { say } from '../../say.js';
import { useText } from '../text.js';
import { type Origin, since, tellEta, tellWait } from './describe-mark.js';
import type { Ground } from './ground.js';

/** Whoever wants more of them reads the journal. */
const MOST_ROWS = 200;

const COLUMNS = [
  say`#`,
  say`Time, UTC`,
  say`Since the request`,
  say`Reply`,
  say`Status`,
  say`State`,
  say`Eta`,
  say`Breaks`,
];

/** Every poll of a job, in figures. */
export function PollTable({ job, ground }: { job: JobVerdict; ground: Ground }) {
  const { submission, polls } = job;
  const t = useText();
  const origin = { start: submission.at, pace: ground.pace };
  const more = polls.length - MOST_ROWS;
  return (
    <details class="polls">
      <summary>{t`${t(formatCount(polls.length, 'poll'))} in figures`}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by the keyboard */}
      <section class="scroll" aria-label={t('Polls in figures')} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {COLUMNS.map((name) => (
                <th key={name} scope="col">
                  {t(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {polls.slice(0, MOST_ROWS).map((poll) => (
              <Row key={poll.seq} poll={poll} origin={origin} ground={ground} />
            ))}
          </tbody>
        </table>
      </section>
      {more > 0 && (
        <p class="quiet">{t`and ${more.toLocaleString('en')} more; the journal holds them all`}</p>
      )}
    </details>
  );
}

function Row({ poll, origin, ground }: { poll: Mark; origin: Origin; ground: Ground }) {
  const { seq, at, reply, status, state, eta, breaks } = poll;
  const t = useText();
  return (
    <tr class={breaks.length > 0 ? 'breaks' : undefined}>
      <th scope="row">{seq}</th>
      <td>{formatClockTime(at)}</td>
      <td>{since(origin, at, t)}</td>
      <td>{`${t(reply)}${tellWait(poll, origin, t)}`}</td>
      <td>{status || '–'}</td>
      <td>{state}</td>
      <td>{eta !== undefined && tellEta(eta, origin, t)}</td>
      <td>
        {breaks.map((rule) => (
          <span key={rule}>
            <b>{ground.broken.find((one) => one.rule === rule)?.number}</b> {rule}{' '}
          </span>
        ))}
      </td>
    </tr>
  );
}
