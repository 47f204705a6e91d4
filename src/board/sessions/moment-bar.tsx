import type { LightExchange } from '../../sandbox/control/views.js';
import { plain } from '../../view/printable.js';
import type { LiveSession } from '../live.js';
import { go } from '../route.js';
import { t } from '../text.js';
import { placeOf } from './filter-bar.js';

interface MomentBarProps {
  session: LiveSession;
  /** Number of the exchange after which it is shown; undefined: as it is now. */
  at: number | undefined;
  /** Why that moment cannot be shown. */
  failed: string | undefined;
}

/** Goes through the moments of a session: right after each of its exchanges, and now. */
export function MomentBar({ session, at, failed }: MomentBarProps) {
  const exchanges = session.exchanges.value;
  const dropped = session.view.value.dropped.exchanges;
  // What has been let go cannot be stood at.
  const first = dropped === 0 ? 0 : dropped + 1;
  const now = (exchanges.at(-1)?.seq ?? 0) + 1;
  const here = Math.min(Math.max(at ?? now, first), now);
  const told = tell(at, exchanges);
  const show = (seq: number) => {
    if (seq < first || seq > now) return;
    const asked = seq === now ? undefined : String(seq);
    go(placeOf(session.name, { at: asked }), { replace: true });
  };
  return (
    <fieldset class={at === undefined ? 'moments' : 'moments past'}>
      <legend class="spoken">{t('Moments of the session')}</legend>
      <Step label={t('One exchange back')} sign="←" off={here <= first} go={() => show(here - 1)} />
      <input
        type="range"
        min={first}
        max={now}
        step={1}
        value={here}
        aria-label={t('Moment of the session')}
        aria-valuetext={told}
        onInput={({ currentTarget }) => show(currentTarget.valueAsNumber)}
      />
      <Step label={t('One exchange on')} sign="→" off={here >= now} go={() => show(here + 1)} />
      <output class="moment">{told}</output>
      {at !== undefined && (
        <button type="button" onClick={() => show(now)}>
          {t('Back to now')}
        </button>
      )}
      {failed !== undefined && (
        <p class="wrong" role="alert">
          {failed}
        </p>
      )}
    </fieldset>
  );
}

function Step(props: { label: string; sign: string; off: boolean; go(): void }) {
  const { label, sign, off, go: move } = props;
  // Not `disabled`: who comes to the end by this button keeps the focus.
  return (
    <button type="button" aria-label={label} title={label} aria-disabled={off} onClick={move}>
      {sign}
    </button>
  );
}

function tell(at: number | undefined, exchanges: readonly LightExchange[]): string {
  if (at === undefined) return t('now');
  if (at === 0) return t('as it began');
  const found = exchanges.find(({ seq }) => seq === at);
  if (!found) return t`right after #${at}`;
  const { method, operation, path, status, state = '', at: came } = found;
  const answer = status === 0 ? '' : ` → ${status} ${state}`.trimEnd();
  const what = plain(`${method} ${operation ?? path}${answer}`);
  return `${t`right after #${at}`} · ${came.slice(11, 19)} · ${what}`;
}
